"""Every morning: the quarter's review stands open in every township, with every file in it. On the
first day of a quarter that opens it; on every other day it makes up for what was missed and puts in
files that came since."""

from __future__ import annotations

from jiedui.care.actions import reviews as actions
from jiedui.care.queries import reviews as queries
from jiedui.core import db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.regions import queries as regions

KIND = "care.reviews"


@jobs.handles(KIND, jobs.Timer(KIND, minute="40", hour="0"))
def open_reviews(_job: int, county: int) -> dict[str, int]:
    """Each township in a write of its own, so that nobody waits for long."""
    quarter = queries.current()
    with db.read():
        path = regions.get(county).path
        townships = [one.id for one in regions.townships(path)]
    for number in townships:
        with db.write():
            actions.open_review(regions.get(number), quarter, by=SYSTEM)
    return {"townships": len(townships)}
