"""What the calendar does for pairings each night: clocks that ran out, trials that are over."""

from __future__ import annotations

from collections.abc import Callable

from jiedui.core import clock, db, jobs
from jiedui.pairings.actions import answers, life, waiting
from jiedui.pairings.queries import life as find

NIGHTLY = "pairings.nightly"


@jobs.handles(NIGHTLY, jobs.Timer(NIGHTLY, minute="20", hour="1"))
def nightly(job_id: int, *, county: int) -> dict[str, int]:
    """Let go what was not answered in time; make active what has been tried long enough. Each in
    a write of its own, so that one that fails leaves the others done."""
    with db.read():
        late = find.out_of_time(county)
        tried = find.in_trial_since(county, life.trial_began_by(county))
    return {"expired": _each(answers.run_out, late), "active": _each(life.finish_trial, tried)}


def _each(act: Callable[[int], bool], ids: list[int]) -> int:
    done = 0
    for number in ids:
        with db.write():
            done += act(number)
    return done


MONTHLY = "pairings.monthly"


@jobs.handles(MONTHLY, jobs.Timer(MONTHLY, minute="30", hour="8"))
def monthly(job_id: int, *, county: int) -> dict[str, int]:
    """On the first working day of a month, or whenever the machine runs again in it: who has had
    nobody. Asked for every day, it writes once."""
    if not clock.is_working_day(clock.today()):
        return {"told": 0}
    with db.read():
        villages = waiting.villages_to_tell(county)
    told = 0
    for village in villages:
        with db.write():
            told += waiting.tell_village(village)
    return {"told": told}
