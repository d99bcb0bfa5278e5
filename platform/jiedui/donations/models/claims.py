"""Which open wishes a gift is meant for, from its offer on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.models.gifts import Gift
from jiedui.donations.models.wishes import MaterialWish

_LIVING = text("released_at IS NULL")


class GiftClaim(db.Base):
    """A unit has taken this wish upon itself with this gift; nobody else is offered it until the
    claim is released. A wish has one living claim; what goes to it meanwhile comes from the
    claiming gift (a trigger)."""

    __tablename__ = "gift_claim"
    __table_args__ = (
        Index(
            "uq_gift_claim_wish", "wish_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
        CheckConstraint("released_at IS NULL OR released_at >= at", name="released"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("material_wish.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    gift: Mapped[Gift] = relationship()
    wish: Mapped[MaterialWish] = relationship()
