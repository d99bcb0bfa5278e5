"""A wrong entry is corrected by its mirror; a purpose or term changes only with its giver's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.donations.actions.books import locked, post, reverse
from jiedui.donations.models import Gift, GiftConsent, GiftEntry, GiftStock
from jiedui.donations.queries import deciding as find
from jiedui.donations.rules.books import (
    FORWARD,
    Account,
    GiftForm,
    GiftRefusal,
    GiftState,
)
from jiedui.donations.rules.deciding import AskedBy, DecidingRefusal, GiverAnswer
from jiedui.donations.rules.goods import GoodsKind
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


@dataclass(frozen=True)
class Asked:
    """What a giver was asked: to which purpose (None: any wish) and until when, how, on which day,
    and what they said."""

    kind: GoodsKind | None
    until: date | None
    how: AskedBy
    on: date
    answer: GiverAnswer
    evidence: str


def may_be_corrected(entry: GiftEntry) -> bool:
    """A receipt, something sent back or written off; what went to a wish is taken back instead."""
    way = (entry.source, entry.target)
    return entry.reverses is None and way in FORWARD and entry.allotment_id is None


def correct(gift: Gift, entry: GiftEntry, amount: int, evidence: str, *, by: Actor) -> None:
    """Write the mirror of a wrong entry, and the right amount (0: nothing of it happened). Refuses
    an entry that has its mirror, an amount that what has gone out since does not allow, and for
    money from the county's sum on whoever wrote the wrong one."""
    stock = locked(gift)
    if not may_be_corrected(entry) or entry.gift_id != gift.id:
        raise Refusal(GiftRefusal.not_now)
    if find.reversed_already(entry.id):
        raise Refusal(DecidingRefusal.reversed_already)
    _right_amount(gift, stock, entry, amount)
    limit = int(regions.setting(gift.county_id, Setting.second_person_from))
    large = gift.form is GiftForm.funds and max(entry.amount, amount) >= limit
    if large and entry.posted_by in {by.account_id, by.acts_as}:
        raise Refusal(DecidingRefusal.first_person)
    way = (entry.source, entry.target)
    comes = entry.target is Account.stock  # what comes in is right before the wrong goes out
    if comes and amount:
        post(gift, stock, way, amount, evidence, by=by)
    reverse(entry, stock, evidence, by=by)
    if not comes and amount:
        post(gift, stock, way, amount, evidence, by=by)
    audit.record(Act.gift_corrected, entry, by=by, entry=entry.id, amount=amount)


def _right_amount(gift: Gift, stock: GiftStock, entry: GiftEntry, amount: int) -> None:
    if amount < 0:
        raise Refusal(GiftRefusal.no_amount, "amount")
    if amount == entry.amount:
        raise Refusal(DecidingRefusal.same_amount, "amount")
    comes = entry.target is Account.stock
    if comes and amount > gift.amount:
        raise Refusal(GiftRefusal.more_than_offered, "amount")
    change = amount - entry.amount if comes else entry.amount - amount
    if stock.in_stock + change < 0:
        raise Refusal(GiftRefusal.not_enough, "amount")


def giver_asked(gift: Gift, said: Asked, *, by: Actor, version: int | None = None) -> GiftConsent:
    """Write down what a giver said when asked for another purpose or term; with a yes the gift's
    changes. Refuses things (they stay what they are), a term that is past, a day to come, what
    it is for already, and what nothing shows."""
    locked(gift)
    db.lock(Gift, gift.id)
    fresh(gift.version, version)
    today = clock.today()
    checks = (
        (gift.state is not GiftState.received, DecidingRefusal.not_received, None),
        (gift.form is not GiftForm.funds, DecidingRefusal.goods_stay, None),
        (
            (said.kind, said.until) == (gift.kind, gift.until),
            DecidingRefusal.same_earmark,
            "kind",
        ),
        (said.until is not None and said.until < today, GiftRefusal.term_past, "until"),
        (said.on > today, DecidingRefusal.no_consent, "on"),
        (not said.evidence.strip(), GiftRefusal.evidence_missing, "evidence"),
    )
    for wrong, code, name in checks:
        if wrong:
            raise Refusal(code, name)
    consent = GiftConsent(
        county_id=gift.county_id, gift_id=gift.id, kind=said.kind, until=said.until, how=said.how,
        on=said.on, answer=said.answer, evidence=said.evidence.strip(), recorded_by=by.account_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(consent)
    audit.record(Act.gift_giver_asked, consent, by=by, gift=gift.id, answer=said.answer)
    if said.answer is GiverAnswer.yes:
        gift.kind, gift.until = said.kind, said.until
    return consent
