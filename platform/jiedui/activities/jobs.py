"""Every night: campaigns whose closing day is over are settled."""

from __future__ import annotations

from jiedui.activities.actions import settle
from jiedui.activities.queries.seasons import unsettled
from jiedui.core import db, jobs

CLOSING = "activities.closing"


@jobs.handles(CLOSING, jobs.Timer(CLOSING, minute="20", hour="0"))
def closing(job_id: int, *, county: int) -> dict[str, int]:
    """Each campaign in a write of its own."""
    with db.read():
        ids = unsettled(county)
    left_out = 0
    for number in ids:
        with db.write():
            left_out += settle(number)
    return {"left_out": left_out}
