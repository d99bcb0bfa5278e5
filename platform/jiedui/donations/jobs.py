"""Every night: wishes whose last day is past are closed."""

from __future__ import annotations

from jiedui.core import clock, db, jobs
from jiedui.donations.actions.wishes import let_run_out
from jiedui.donations.queries.wishes import run_out

RUN_OUT = "donations.run out"


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
