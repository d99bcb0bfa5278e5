"""Every night: campaigns whose closing day is over are settled, overdue faults at schools told."""

from __future__ import annotations

from jiedui.activities.actions import settle
from jiedui.activities.actions.safety import tell_overdue
from jiedui.activities.queries.safety import overdue
from jiedui.activities.queries.seasons import unsettled
from jiedui.core import db, jobs

CLOSING = "activities.closing"
OVERDUE = "activities.safety overdue"


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


@jobs.handles(OVERDUE, jobs.Timer(OVERDUE, minute="30", hour="6"))
def overdue_faults(_job: int, *, county: int) -> dict[str, int]:
    """Each finding in a write of its own; whoever was told is not told again."""
    with db.read():
        ids = overdue(county)
    letters = 0
    for number in ids:
        with db.write():
            letters += tell_overdue(number)
    return {"letters": letters}
