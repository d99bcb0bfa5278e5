"""Every night the next eight weeks are planned, and what is past is compared with what was held."""

from __future__ import annotations

from jiedui.contact.actions import plan as actions
from jiedui.contact.actions.dates import NIGHTLY
from jiedui.contact.queries import plan as queries
from jiedui.core import db, jobs

PART = 40  # pairings, or sessions, in one act


@jobs.handles(NIGHTLY, jobs.Timer(NIGHTLY, minute="50", hour="1"))
def nightly(job_id: int, *, county: int) -> dict[str, int]:
    """In parts, so that nobody waits for long."""
    with db.read():
        pairs, past = queries.going_on(county), queries.past_open(county)
    planned = settled = 0
    for at in range(0, len(pairs), PART):
        with db.write():
            planned += sum(actions.plan_ahead(number) for number in pairs[at : at + PART])
    for at in range(0, len(past), PART):
        with db.write():
            settled += actions.settle(past[at : at + PART])
    return {"planned": planned, "settled": settled}
