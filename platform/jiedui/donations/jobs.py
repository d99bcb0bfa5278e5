"""Every night: wishes whose last day is past are closed, claims of which nothing came released."""

from __future__ import annotations

from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.donations.actions.claims import let_go
from jiedui.donations.actions.wishes import let_run_out
from jiedui.donations.queries.claims import over
from jiedui.donations.queries.wishes import run_out

RUN_OUT, RELEASE = "donations.run out", "donations.release claims"


@jobs.handles(RUN_OUT, jobs.Timer(RUN_OUT, minute="25", hour="0"))
def close_what_ran_out(job_id: int, *, county: int) -> dict[str, int]:
    """Each wish in a write of its own."""
    with db.read():
        ids = run_out(county, clock.today())
    closed = 0
    for number in ids:
        with db.write():
            closed += let_run_out(number)
    return {"closed": closed}


@jobs.handles(RELEASE, jobs.Timer(RELEASE, minute="40", hour="0"))
def release_claims(job_id: int, *, county: int) -> dict[str, int]:
    """The claims of each gift in a write of their own; others may give to these wishes again."""
    with db.read():
        ended = over(county)
    released = 0
    for gift, claims in ended.items():
        with db.write():
            released += let_go(gift, claims, by=SYSTEM)
    return {"released": released}
