"""Every morning: referrals whose next step has not come are told to the office's head."""

from __future__ import annotations

from jiedui.core import db, jobs
from jiedui.counselling.actions.referrals import tell_overdue
from jiedui.counselling.queries.referrals import overdue

CLOCKS = "counselling.clocks"


@jobs.handles(CLOCKS, jobs.Timer(CLOCKS, minute="50", hour="7"))
def clocks(job_id: int, *, county: int) -> dict[str, int]:
    """Each in a write of its own, so that one that fails leaves the others done."""
    with db.read():
        ids = overdue(county)
    told = 0
    for number in ids:
        with db.write():
            told += tell_overdue(number)
    return {"told": told}
