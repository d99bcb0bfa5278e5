"""Tables of what opens an account beside its password: cards of one-time codes, own phones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import PIN_TRIES
from jiedui.core import db

LIVING = text("voided_at IS NULL")


class CodeCard(db.Base):
    """A printed card of one-time codes. An account has one living card at most: a new card voids
    the one before."""

    __tablename__ = "code_card"
    __table_args__ = (
        Index(
            "uq_code_card_living",
            "account_id",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    voided_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    codes: Mapped[list[OneTimeCode]] = relationship(order_by="OneTimeCode.id")

    @property
    def left(self) -> int:
        """How many of its codes have not been used."""
        return sum(1 for code in self.codes if code.used_at is None)


class OneTimeCode(db.Base):
    """One code of a card, kept only as a keyed fingerprint; it works once."""

    __tablename__ = "one_time_code"
    __table_args__ = (UniqueConstraint("card_id", "code_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("code_card.id"))
    code_index: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)


class RememberedPhone(db.Base):
    """Somebody's own phone, known by the fingerprint of its cookie and opened by a PIN; the row
    goes when the phone is forgotten. The PIN is kept under the index key, which does not lie in the
    database: six digits could be tried out against any plain hash."""

    __tablename__ = "remembered_phone"
    __table_args__ = (CheckConstraint(f"wrong BETWEEN 0 AND {PIN_TRIES - 1}", name="wrong"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    pin_index: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(40))
    wrong: Mapped[int] = mapped_column(server_default=text("0"))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    opened_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(db.UtcDateTime, index=True)
