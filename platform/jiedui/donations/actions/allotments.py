"""What of a gift goes to a wish: allocated, sent, come, thanked for; or taken back."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.donations.actions.books import locked, post, reverse
from jiedui.donations.models import Allotment, Gift, MaterialWish
from jiedui.donations.queries.gifts import entry_of
from jiedui.donations.rules.books import (
    ALLOTMENT_MOVES,
    Account,
    AllotmentState,
    GiftRefusal,
    Thanks,
    Use,
    use_fault,
)
from jiedui.donations.rules.wishes import WISH_MOVES, WishState


def allot(gift: Gift, wish: MaterialWish, amount: int, evidence: str, *, by: Actor) -> Allotment:
    """Give an amount of a gift to a wish. Refuses a use beyond purpose, term or balance, and a
    wish that is not open or of another county."""
    stock = locked(gift)
    db.lock(MaterialWish, wish.id)
    use = Use(gift.form, gift.kind, gift.until, stock.in_stock, wish.kind, wish.price, amount)
    fault = use_fault(use, clock.today())
    if fault is not None:
        raise Refusal(fault, "amount" if fault is GiftRefusal.dearer_than_wish else "wish")
    if wish.state is not WishState.open or wish.county_id != gift.county_id:
        raise Refusal(GiftRefusal.wish_not_open, "wish")
    one = Allotment(
        county_id=gift.county_id, gift=gift, wish=wish, amount=amount,
        state=AllotmentState.allocated, decided_by=by.account_id, decided_as=by.acts_as,
        decided_at=clock.now(),
    )  # fmt: skip
    _wish_becomes(wish, WishState.granted)
    db.session.add(one)
    db.session.flush()
    post(gift, stock, (Account.stock, Account.allocated), amount, evidence, by=by, allotment=one)
    audit.record(Act.gift_allotted, one, by=by, gift=gift.id, amount=amount)
    return one


def _wish_becomes(wish: MaterialWish, new: WishState) -> None:
    WISH_MOVES.require(wish.state, new)
    wish.state = new


def _move(one: Allotment, new: AllotmentState, version: int | None) -> None:
    db.lock(Allotment, one.id)
    fresh(one.version, version)
    if not ALLOTMENT_MOVES.allows(one.state, new):
        raise Refusal(GiftRefusal.not_now)
    one.state = new


def dispatch(one: Allotment, *, by: Actor, version: int | None = None) -> None:
    """It was sent; whoever raised the wish hears of it."""
    _move(one, AllotmentState.dispatched, version)
    one.dispatched_at = clock.now()
    audit.record(Act.gift_dispatched, one, by=by)
    _letter(LetterKind.gift_sent, one, one.wish.raised_by)


def take_back(one: Allotment, evidence: str, *, by: Actor, version: int | None = None) -> None:
    """It does not go there after all: the amount is in stock again, by an entry that reverses,
    and the wish is open. Refuses what has come."""
    stock = locked(one.gift)
    db.lock(MaterialWish, one.wish_id)
    _move(one, AllotmentState.taken_back, version)
    entry = entry_of(one.id)
    if entry is None:
        raise Refusal(GiftRefusal.not_now)
    reverse(entry, stock, evidence, by=by)
    _wish_becomes(one.wish, WishState.open)
    audit.record(Act.gift_allotment_taken_back, one, by=by)


def deliver(
    one: Allotment, thanks: Thanks | None, *, by: Actor, version: int | None = None
) -> None:
    """Whoever is responsible in the village says that it came, and perhaps a word of thanks.
    Refuses whoever decided on it, and what was never sent."""
    if {by.account_id, by.acts_as} & {one.decided_by, one.decided_as}:
        raise Refusal(GiftRefusal.decided_by_self)
    db.lock(MaterialWish, one.wish_id)
    _move(one, AllotmentState.delivered, version)
    one.confirmed_by, one.confirmed_at = by.account_id, clock.now()
    _wish_becomes(one.wish, WishState.fulfilled)
    one.wish.ended_at = clock.now()
    audit.record(Act.gift_delivered, one, by=by)
    if thanks is not None:
        ALLOTMENT_MOVES.require(one.state, AllotmentState.thanked)
        one.state, one.thanks = AllotmentState.thanked, thanks
    _letter(LetterKind.gift_delivered, one, one.decided_by)


def _letter(kind: LetterKind, one: Allotment, to: int) -> None:
    about = (Allotment.__tablename__, one.id)
    outbox.post(kind, to=to, county_id=one.county_id, about=about)
