"""One entry of the books. Whoever posts holds the lock of the gift's stock."""

from __future__ import annotations

from jiedui.core import clock, db
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.donations.models import Allotment, Gift, GiftEntry, GiftStock
from jiedui.donations.rules.books import Account, GiftRefusal


def locked(gift: Gift) -> GiftStock:
    """What is left of a gift, as it stands now, held to the end of the act."""
    stock = db.lock(GiftStock, gift.id)
    if stock is None:
        raise Refusal(GiftRefusal.not_now)
    return stock


def post(
    gift: Gift, stock: GiftStock, way: tuple[Account, Account], amount: int, evidence: str,
    *, by: By, allotment: Allotment | None = None,
) -> GiftEntry:  # fmt: skip
    """Write an entry; the database brings the stock along, or refuses. A step of an act. Refuses
    an entry that nothing shows."""
    if not evidence.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    entry = GiftEntry(
        county_id=gift.county_id, gift_id=gift.id, source=way[0], target=way[1], amount=amount,
        on=clock.today(), kind=allotment.wish.kind if allotment else None,
        allotment_id=allotment.id if allotment else None, evidence=evidence.strip(),
        posted_by=by.account_id, posted_at=clock.now(),
    )  # fmt: skip
    _write(entry, stock)
    return entry


def reverse(entry: GiftEntry, stock: GiftStock, evidence: str, *, by: By) -> GiftEntry:
    """Write the mirror of an entry, on the day it is noticed. A step of an act. Refuses one that
    nothing shows."""
    if not evidence.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    mirror = GiftEntry(
        county_id=entry.county_id, gift_id=entry.gift_id, source=entry.target, target=entry.source,
        amount=entry.amount, on=clock.today(), kind=entry.kind, allotment_id=entry.allotment_id,
        reverses=entry.id, evidence=evidence.strip(), posted_by=by.account_id,
        posted_at=clock.now(),
    )  # fmt: skip
    _write(mirror, stock)
    return mirror


def _write(entry: GiftEntry, stock: GiftStock) -> None:
    db.session.add(entry)
    db.session.flush()
    db.session.refresh(stock)
