"""What a charity has published of a fund."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.models.gifts import Gift
from jiedui.donations.rules.reports import ReportKind


class GiftReport(db.Base):
    """One report of how a fund is used, published by whoever received it: of the time until when,
    on which day, and where it is to be read."""

    __tablename__ = "gift_report"
    __table_args__ = (
        UniqueConstraint("gift_id", "kind", "until"),
        CheckConstraint("published >= until", name="published"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"))
    kind: Mapped[ReportKind] = mapped_column(db.choice(ReportKind))
    until: Mapped[date]
    published: Mapped[date]
    place: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    gift: Mapped[Gift] = relationship()
