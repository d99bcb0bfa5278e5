"""A letter leaves: claimed and committed first, then carried, then settled.

Each try is carried once at most: whoever carries has first written that they do. Between the claim
and the settling a worker may die, and then nobody knows whether the message went out. Such a try
counts as failed and the letter is tried again after half an hour: a report that nobody hears of is
worse than one that comes twice, and its reference is the same both times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiedui.access.models import Account
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.carriers.ways import NotCarried, Why
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.letters import queries
from jiedui.letters.actions.posting import soon
from jiedui.letters.models import Delivery
from jiedui.letters.rules import (
    MOVES,
    DeliveryState,
    LetterRefusal,
    awake,
    pause_after,
)


def claim() -> list[Delivery] | None:
    """Take what is due to one person by one way, and say so; None when nothing is due. What has
    become needless (read, passed on, account closed) is put aside, and at night what is not urgent
    is put off: the list may be empty."""
    taken = queries.take_due()
    if not taken:
        return None
    now, going = clock.now(), []
    for one in taken:
        if _needless(one):
            _move(one, DeliveryState.needless)
            continue
        if _put_off(one, now):
            continue
        _move(one, DeliveryState.going)
        one.claimed_at, one.tries = now, one.tries + 1
        going.append(one)
    return going


def _put_off(one: Delivery, now: datetime) -> bool:
    """What was due while no worker was there does not go out at night when one comes back."""
    morning = awake(clock.local(now), queries.hours(one.county_id))
    if one.urgent or morning <= now:
        return False
    one.next_try = morning
    return True


def _needless(one: Delivery) -> bool:
    account = db.session.get(Account, one.account_id)
    if account is None or not account.is_active or one.letter.to_account_id != one.account_id:
        return True
    if one.letter.kind is LetterKind.address_asked:
        choice = queries.choice_of(one.account_id)
        return choice is None or choice.code is None  # confirmed or taken back meanwhile
    return one.letter.read_at is not None


def _move(one: Delivery, new: DeliveryState) -> None:
    MOVES.require(one.state, new)
    one.state, one.claimed_at = new, None


def settle(ids: Sequence[int], claimed_at: datetime, failed: NotCarried | None) -> None:
    """Write down what came of a try. One that was cut off and is another's by now is left."""
    for number in ids:
        one = db.lock(Delivery, number)
        if one is None or one.state is not DeliveryState.going or one.claimed_at != claimed_at:
            continue
        if failed is None:
            _move(one, DeliveryState.sent)
            one.sent_at, one.error = clock.now(), None
        else:
            _fail(one, failed.why, again=failed.again)


def _fail(one: Delivery, why: Why, *, again: bool) -> None:
    one.error = why
    pause = pause_after(one.tries) if again else None
    if pause is None:
        _move(one, DeliveryState.given_up)
        return
    _move(one, DeliveryState.failed)
    one.next_try = _later(one, pause)


def _later(one: Delivery, pause: timedelta) -> datetime:
    """The next try keeps the quiet hours too."""
    then = clock.now() + pause
    return then if one.urgent else awake(clock.local(then), queries.hours(one.county_id))


def free_cut_off() -> int:
    """What a killed worker left is tried again; returns how many."""
    found = queries.cut_off()
    for one in found:
        _fail(one, Why.cut_off, again=True)
    return len(found)


def try_again(delivery: Delivery, *, by: By) -> None:
    """Somebody has put right what stood in the way. Refuses what was not given up."""
    one = db.lock(Delivery, delivery.id)
    if one is None or one.state is not DeliveryState.given_up:
        raise Refusal(LetterRefusal.not_given_up)
    _move(one, DeliveryState.waiting)
    one.tries, one.error, one.next_try = 0, None, clock.now()
    audit.record(Act.letter_tried_again, one, by=by, way=one.way.value)
    soon(one.county_id)
