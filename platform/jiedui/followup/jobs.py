"""Every morning: what of pairings does not come, and who is to know."""

from __future__ import annotations

from jiedui.core import db, jobs
from jiedui.followup.actions import tell_what_is_due
from jiedui.followup.queries import watched

CLOCKS = "followup.clocks"


@jobs.handles(CLOCKS, jobs.Timer(CLOCKS, minute="40", hour="7"))
def clocks(job_id: int, *, county: int) -> dict[str, int]:
    """Each pairing in a write of its own, so that one that fails leaves the others done."""
    with db.read():
        ids = watched(county)
    told = 0
    for number in ids:
        with db.write():
            told += tell_what_is_due(number)
    return {"told": told}
