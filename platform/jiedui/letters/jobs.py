"""Letters are carried when they are due; every minute somebody looks what is."""

from __future__ import annotations

from jiedui.core import carriers, clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.carriers.ways import NotCarried, Posted, Way, Why
from jiedui.letters import actions, queries
from jiedui.letters.actions import CARRY
from jiedui.letters.exchange import Nobody, message

MOST = 500  # messages in one job; what is left goes with the next


@jobs.handles(CARRY)
def carry(_job: int) -> dict[str, int]:
    """Carry what is due, one person after another. Runs twice without harm: each message is
    claimed first."""
    sent = 0
    for _turn in range(MOST):
        with db.note():
            going = actions.claim()
        if going is None:
            break
        if going:
            sent += _carry_one([one.id for one in going])
    return {"messages": sent}


def _carry_one(ids: list[int]) -> int:
    with db.read():
        going = queries.several(ids)
        way, claimed_at = going[0].way, going[0].claimed_at or clock.now()
        try:
            posted: Posted | None = message(going, going[0].account, way)
        except Nobody:
            posted = None
    failed = _hand_over(way, posted)
    with db.note():
        actions.settle(ids, claimed_at, failed)
    return failed is None


def _hand_over(way: Way, posted: Posted | None) -> NotCarried | None:
    if posted is None:
        return NotCarried(Why.no_address, again=False)
    try:
        carriers.carry(way, posted)
    except NotCarried as failed:
        return failed
    return None


@jobs.each_sweep
def look() -> None:
    """Free what a killed worker left, and ask for the carrying when something is due."""
    with db.read():
        stuck, due = queries.any_cut_off(), queries.any_due()
    if stuck:
        with db.note():
            actions.free_cut_off()
    if due:
        with db.write():
            jobs.ask(CARRY, by=SYSTEM)
