"""Tries to sign in are counted before they are judged.

Each try is written down as a failure and committed, then counted, then judged: of any number that
come at once exactly as many are judged as the rule allows. A try that was good is put right
afterwards; one that had to wait leaves nothing, so that nobody waits for ever.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from jiedui.access import queries
from jiedui.access.models import SignInTry
from jiedui.access.rules import (
    CODE_TRIES,
    REGISTRATIONS_WITHIN,
    AccessRefusal,
    Step,
    blocked,
)
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Refusal
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

A_DAY = timedelta(days=1)


def begin(index: str, address: str, step: Step) -> int:
    """Write a try of this name from this address down; returns its number. Refuses when there were
    too many of late. The address is kept as a keyed fingerprint only."""
    place = crypto.blind_index("address", address)
    with db.note():
        tried = SignInTry(phone_index=index, address=place, at=clock.now(), good=False, step=step)
        db.session.add(tried)
        db.session.flush()
        number = tried.id
    # Counted in a note of its own: the request already holds a connection that reads, and a crowd
    # whose every member wants a second one of the same pool waits for itself.
    with db.note():
        too_many = _too_many(index, place, step)
        if too_many:
            forget(number)
    if too_many:
        raise Refusal(AccessRefusal.too_many_tries)
    return number


def _too_many(index: str, place: str, step: Step) -> bool:
    """Whether there were too many before this one, which stands among them."""
    ours, here = queries.recent_failures(index, place)
    if blocked(ours - 1, here - 1, known_here=queries.known_here(index, place)):
        return True
    return step is Step.code and queries.wrong_codes(index) > CODE_TRIES


def count_registration(phone: str, address: str, *, from_one: int, in_all: int) -> None:
    """Write down that somebody registers, whether or not the number is known. Refuses when there
    were too many: `from_one` address within an hour, `in_all` within a day. A step of the act; the
    county's registrations go one after another here, so that none slips through beside another."""
    place = crypto.blind_index("address", address)
    for region in regions.counties()[:1]:
        db.lock(Region, region.id, referred=True)
    here = queries.registrations(place, REGISTRATIONS_WITHIN)
    if here >= from_one or queries.registrations(None, A_DAY) >= in_all:
        raise Refusal(AccessRefusal.too_many_registrations)
    db.session.add(
        SignInTry(
            phone_index=queries.phone_index(phone), address=place, at=clock.now(), good=False,
            step=Step.registering,
        )
    )  # fmt: skip


def succeed(number: int) -> None:
    """The try was good; a step of the act it opens."""
    db.session.execute(update(SignInTry).where(SignInTry.id == number).values(good=True))


def forget(number: int) -> None:
    """The try counts neither way: it had to wait, or was the second step of a good one."""
    db.session.execute(delete(SignInTry).where(SignInTry.id == number))
