"""Every morning: tell the upper rooms whose checks and papers have run out, and the offices of
lists that the police do not answer."""

from __future__ import annotations

from jiedui.core import db, jobs
from jiedui.helpers import actions, queries
from jiedui.helpers.actions.checks import tell_of_waiting_checks
from jiedui.helpers.actions.sheets import HelperList
from jiedui.helpers.models import Helper
from jiedui.helpers.queries.checks import untold_batches
from jiedui.helpers.rules import GateState, HelperState
from jiedui.intake.exchange import register


@jobs.handles("helpers.run_out", jobs.Timer("helpers.run_out", minute="30", hour="0"))
def run_out(_job: int, county: int) -> dict[str, int]:
    """Each helper in an act of their own, so that none holds the county up. It tells of every
    check that has run out, not only of yesterday's: a worker may have been away for days."""
    with db.read():
        people = queries.standings(
            (Helper.county_id == county) & (Helper.state == HelperState.registered)
        )
    told = 0
    for one in people:
        if one.cleared or GateState.expired not in one.gates.values():
            continue
        with db.write():
            told += actions.run_out(one.id)
    return {"told": told}


@jobs.handles("helpers.checks", jobs.Timer("helpers.checks", minute="35", hour="7"))
def checks(_job: int, county: int) -> dict[str, int]:
    """Lists for the police that wait too long: the heads of the offices are told."""
    with db.read():
        waiting = untold_batches(county)
    told = 0
    for number in waiting:
        with db.write():
            told += tell_of_waiting_checks(number)
    return {"told": told}


register(HelperList())
