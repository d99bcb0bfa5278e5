"""The books: entries that are never changed and never go, by triggers on both databases."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jiedui.core import db
from jiedui.donations.rules.books import Account
from jiedui.donations.rules.goods import GoodsKind

GOES = (
    "(source = 'giver' AND target = 'stock') OR"
    " (source = 'stock' AND target IN ('allocated', 'returned', 'written_off'))"
)
COMES = (
    "(source = 'stock' AND target = 'giver') OR"
    " (target = 'stock' AND source IN ('allocated', 'returned', 'written_off'))"
)


class GiftEntry(db.Base):
    """An amount of a gift leaves one account for another. A mistake is reversed by an entry of
    its own, which mirrors it; each entry is reversed once at most. `kind` says what the use is for,
    `evidence` what shows it (a receipt's number, a list, a minute)."""

    __tablename__ = "gift_entry"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            f"(reverses IS NULL AND ({GOES})) OR (reverses IS NOT NULL AND ({COMES}))",
            name="accounts",
        ),
        CheckConstraint(
            "(allotment_id IS NOT NULL) = (source = 'allocated' OR target = 'allocated')",
            name="allotment",
        ),
        CheckConstraint("target <> 'allocated' OR kind IS NOT NULL", name="use"),
        CheckConstraint("evidence <> ''", name="evidence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    source: Mapped[Account] = mapped_column(db.choice(Account))
    target: Mapped[Account] = mapped_column(db.choice(Account, "target"))
    amount: Mapped[int]
    on: Mapped[date]
    kind: Mapped[GoodsKind | None] = mapped_column(db.choice(GoodsKind))
    allotment_id: Mapped[int | None] = mapped_column(ForeignKey("gift_allotment.id"))
    reverses: Mapped[int | None] = mapped_column(ForeignKey("gift_entry.id"), unique=True)
    evidence: Mapped[str] = mapped_column(String(80))
    posted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    posted_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
