"""Every morning: agreements whose last day is past have run out."""

from __future__ import annotations

from jiedui.care import queries
from jiedui.care.actions import after_signing
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM


@jobs.handles("care.agreements", jobs.Timer("care.agreements", minute="20", hour="0"))
def run_out(_job: int, county: int) -> dict[str, int]:
    """What has run out already is not found again."""
    with db.write():
        past = queries.past_their_day(county, clock.today())
        count = after_signing.expire(past, by=SYSTEM)
    return {"ended": count}
