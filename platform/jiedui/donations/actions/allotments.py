"""What of a gift goes to a wish: allocated, sent, come, thanked for; or taken back."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.donations.actions import deciding
from jiedui.donations.actions.books import locked
from jiedui.donations.actions.deciding import Wanted, decide, give_back, held, wish_becomes
from jiedui.donations.models import Allotment, Gift, GiftDecision, MaterialWish
from jiedui.donations.rules.books import (
    ALLOTMENT_MOVES,
    AllotmentState,
    GiftForm,
    GiftRefusal,
    Thanks,
)
from jiedui.donations.rules.deciding import HELD, DecidingRefusal
from jiedui.donations.rules.wishes import WishState


def allot(gift: Gift, wish: MaterialWish, amount: int, evidence: str, *, by: Actor) -> Allotment:
    """Give an amount of a gift to a wish, as a decision of its own. Refuses a use beyond purpose,
    term or balance, a wish that is not open or of another county, and who is tied to either."""
    one = Wanted(gift, wish, amount)
    stocks = held([one])
    fault = deciding.fault(one, stocks[gift.id].in_stock, by=by)
    if fault is not None:
        raise Refusal(fault, "amount" if fault is GiftRefusal.dearer_than_wish else "wish")
    return decide([one], stocks, evidence, by=by)[1][0]


def _move(one: Allotment, new: AllotmentState, version: int | None) -> None:
    db.lock(Allotment, one.id)
    fresh(one.version, version)
    if not ALLOTMENT_MOVES.allows(one.state, new):
        raise Refusal(GiftRefusal.not_now)
    one.state = new


def dispatch(one: Allotment, *, by: Actor, version: int | None = None) -> None:
    """It was sent; whoever raised the wish hears of it. Refuses what a second person has not
    agreed to."""
    db.lock(Allotment, one.id)
    decision = db.lock(GiftDecision, one.decision_id) if one.decision_id else None
    if decision is not None and decision.state in HELD:
        raise Refusal(DecidingRefusal.second_missing)
    _move(one, AllotmentState.dispatched, version)
    one.dispatched_at = clock.now()
    audit.record(Act.gift_dispatched, one, by=by)
    _letter(LetterKind.gift_sent, one, one.wish.raised_by)


def take_back(one: Allotment, evidence: str, *, by: Actor, version: int | None = None) -> None:
    """It does not go there after all: the amount is in stock again, by an entry that reverses,
    and the wish is open. Refuses what has come."""
    stock = locked(one.gift)
    db.lock(MaterialWish, one.wish_id)
    db.lock(Allotment, one.id)
    fresh(one.version, version)
    give_back(one, stock, evidence, by=by)


def move(
    one: Allotment, wish: MaterialWish, evidence: str, *, by: Actor, version: int | None = None
) -> Allotment:
    """What was allotted goes to another wish: back by an entry that reverses, and out again as a
    decision of its own, within the same earmark. Refuses what has come, and all that allotting
    refuses."""
    goods = one.gift.form is GiftForm.goods
    new = Wanted(one.gift, wish, 1 if goods else min(one.amount, wish.price))
    stocks = held([Wanted(one.gift, one.wish, one.amount), new])
    db.lock(Allotment, one.id)
    fresh(one.version, version)
    stock = stocks[one.gift_id]
    give_back(one, stock, evidence, by=by)
    fault = deciding.fault(new, stock.in_stock, by=by)
    if fault is not None:
        raise Refusal(fault, "wish")
    return decide([new], stocks, evidence, by=by)[1][0]


def deliver(
    one: Allotment, thanks: Thanks | None, *, by: Actor, version: int | None = None
) -> None:
    """Whoever is responsible in the village says that it came, and perhaps a word of thanks.
    Refuses whoever decided on it, and what was never sent."""
    if {by.account_id, by.acts_as} & {one.decided_by, one.decided_as}:
        raise Refusal(GiftRefusal.decided_by_self)
    came(one, by.account_id, version, by=by)
    if thanks is not None:
        ALLOTMENT_MOVES.require(one.state, AllotmentState.thanked)
        one.state, one.thanks = AllotmentState.thanked, thanks


def came(one: Allotment, confirmed_by: int, version: int | None, *, by: By) -> None:
    """It has come, by the word of `confirmed_by`, who did not decide on it. A step of an act."""
    db.lock(MaterialWish, one.wish_id)
    _move(one, AllotmentState.delivered, version)
    one.confirmed_by, one.confirmed_at = confirmed_by, clock.now()
    wish_becomes(one.wish, WishState.fulfilled)
    one.wish.ended_at = clock.now()
    audit.record(Act.gift_delivered, one, by=by)
    _letter(LetterKind.gift_delivered, one, one.decided_by)


def _letter(kind: LetterKind, one: Allotment, to: int) -> None:
    about = (Allotment.__tablename__, one.id)
    outbox.post(kind, to=to, county_id=one.county_id, about=about)
