"""A gift is offered, accepted by a named receiver, received with an official receipt, sent back,
written off. The portal takes no payment: it writes down what the receiver has."""

from __future__ import annotations

import secrets

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.numbers import number_from
from jiedui.donations.actions.books import locked, post
from jiedui.donations.models import Gift, GiftStock
from jiedui.donations.rules.books import (
    GIFT_MOVES,
    LEAVES,
    RECEIVERS,
    Account,
    GiftForm,
    GiftRefusal,
    GiftSaid,
    GiftState,
    RefuseReason,
    gift_fault,
)
from jiedui.partners import queries as partners
from jiedui.regions import queries as regions
from jiedui.regions.rules import Level


def offer(said: GiftSaid, *, by: Actor) -> Gift:
    """Write down what somebody offers. Refuses an offer without giver, kind, condition or amount,
    and a unit of another county."""
    if said.unit_id and partners.get_unit(said.unit_id).county_id != by.county_id:
        raise Refusal(GiftRefusal.giver_missing, "unit")
    return write_down(said, by.county_id, by=by)


def write_down(said: GiftSaid, county_id: int, *, by: By) -> Gift:
    """A gift that is offered, with its empty stock. A step of an act that knows who gives. Refuses
    an offer without giver, kind, condition or amount, and a place of another county."""
    fault = gift_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    goods, (low, high) = said.form is GiftForm.goods, said.span or (None, None)
    lies = _township(said.lies_id, county_id) if goods else None
    gift = Gift(
        county_id=county_id, number=number_from(secrets.token_bytes(10)), unit_id=said.unit_id,
        giver_name=None if said.unit_id else said.name,
        giver_phone=None if said.unit_id else said.phone, named=said.named, form=said.form,
        kind=said.kind, words=said.words, amount=said.amount,
        condition=said.condition if goods else None, carrier=said.carrier if goods else None,
        until=said.until, size_from=low, size_to=high, lies_id=lies, state=GiftState.offered,
        recorded_by=by.account_id, recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(gift)
    audit.record(Act.gift_offered, gift, by=by)
    db.session.add(GiftStock(gift_id=gift.id))
    return gift


def _township(number: int | None, county_id: int) -> int | None:
    """The same number, of a township of this county."""
    if number is None:
        return None
    found = regions.get(number)
    if found.level is not Level.township or found.county_id != county_id:
        raise Refusal(GiftRefusal.not_a_township, "lies")
    return number


def _move(gift: Gift, new: GiftState, version: int | None) -> GiftStock:
    stock = locked(gift)
    db.lock(Gift, gift.id)
    fresh(gift.version, version)
    if not GIFT_MOVES.allows(gift.state, new):
        raise Refusal(GiftRefusal.not_now)
    gift.state = new
    return stock


def accept(gift: Gift, receiver_id: int, *, by: Actor, version: int | None = None) -> None:
    """A named organisation says that it takes the gift. Refuses what may receive nothing (an
    office, a company), and whoever gives."""
    receiver = partners.get_unit(receiver_id)
    if receiver.kind not in RECEIVERS or receiver.county_id != gift.county_id:
        raise Refusal(GiftRefusal.not_a_receiver, "receiver")
    if receiver.id == gift.unit_id:
        raise Refusal(GiftRefusal.own_gift, "receiver")
    _move(gift, GiftState.accepted, version)
    gift.receiver_id, gift.receiver, gift.accepted_at = receiver.id, receiver, clock.now()
    audit.record(Act.gift_accepted, gift, by=by, receiver=receiver.id)


def refuse(gift: Gift, reason: RefuseReason, *, by: Actor, version: int | None = None) -> None:
    """A gift is not taken, or never came. Refuses one that was received: that is sent back."""
    _move(gift, GiftState.refused, version)
    gift.refuse_reason, gift.refused_at = reason, clock.now()
    audit.record(Act.gift_refused, gift, by=by, reason=reason)


def receive(
    gift: Gift,
    amount: int,
    receipt: str,
    *,
    by: Actor,
    lies_id: int | None = None,
    version: int | None = None,
) -> None:
    """The receiver has it, and has given an official receipt with this number. `lies_id` is the
    township where goods are kept, if not with the receiver. Refuses nothing, more than was offered,
    one that nobody has accepted, and a place of another county."""
    if not 1 <= amount <= gift.amount:
        raise Refusal(GiftRefusal.more_than_offered, "amount")
    if not receipt.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    stock = _move(gift, GiftState.received, version)
    gift.receipt = receipt.strip()[:40]
    gift.lies_id = _township(lies_id, gift.county_id)
    post(gift, stock, (Account.giver, Account.stock), amount, receipt, by=by)
    audit.record(Act.gift_received, gift, by=by, amount=amount)


def take_out(gift: Gift, target: Account, amount: int, evidence: str, *, by: Actor) -> None:
    """What is in stock goes back to whoever gave it, or is written off because it is spoiled.
    Refuses more than there is."""
    if target not in LEAVES:
        raise ValueError(target)
    stock = locked(gift)
    if not 1 <= amount <= stock.in_stock:
        raise Refusal(GiftRefusal.not_enough, "amount")
    post(gift, stock, (Account.stock, target), amount, evidence, by=by)
    audit.record(Act.gift_taken_out, gift, by=by, target=target, amount=amount)
