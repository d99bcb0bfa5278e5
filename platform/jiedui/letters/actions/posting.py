"""A letter was posted: whether, by which way and when it leaves the house."""

from __future__ import annotations

from jiedui.core import carriers, clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.outbox import URGENT, Letter
from jiedui.letters import queries
from jiedui.letters.models import Delivery
from jiedui.letters.rules import DeliveryState, leaves_at

CARRY = "letters.carry"


def on_posted(letter: Letter) -> None:
    """Write down, in the letter's own transaction, that it is to leave; nothing where the person
    reads in the portal only, or the installation has no such way. A step of the posting act."""
    if not carriers.ways():
        return
    way, pace = queries.plan(letter)
    if way not in carriers.ways():
        return
    now, urgent = clock.now(), letter.kind in URGENT
    hours = queries.hours(letter.county_id)
    leaves = leaves_at(clock.local(now), hours, pace, urgent=urgent)
    db.session.add(
        Delivery(
            county_id=letter.county_id,
            account_id=letter.to_account_id,
            letter=letter,
            way=way,
            urgent=urgent,
            state=DeliveryState.waiting,
            next_try=leaves,
            made_at=now,
        )
    )
    if leaves <= now:
        soon(letter.county_id)


def soon(county_id: int) -> None:
    """Ask for the carrying when this transaction is through, once for all its letters."""
    if CARRY not in db.session.info:
        db.session.info[CARRY] = jobs.ask(CARRY, by=SYSTEM, county_id=county_id).id
