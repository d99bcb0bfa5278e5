"""Tables: by which way somebody wants letters, and what became of each that left the house."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.core import db
from jiedui.core.carriers.ways import Way, Why
from jiedui.core.outbox import Letter
from jiedui.letters.rules import CODE_TRIES, TRIES, DeliveryState, Pace


class LetterChoice(db.Base):
    """What one person has chosen; who has no row has the county's usual. `email` is an address that
    was confirmed, `asked_email` one that a code was sent to."""

    __tablename__ = "letter_choice"
    __table_args__ = (
        CheckConstraint("way <> 'email' OR email IS NOT NULL", name="confirmed"),
        CheckConstraint("language IN ('zh_CN', 'en')", name="language"),
        CheckConstraint("(asked_email IS NULL) = (code IS NULL)", name="code"),
        CheckConstraint(f"code_tries BETWEEN 0 AND {CODE_TRIES}", name="code_tries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    way: Mapped[Way] = mapped_column(db.choice(Way))
    pace: Mapped[Pace] = mapped_column(db.choice(Pace))
    language: Mapped[str] = mapped_column(String(5))
    email: Mapped[str | None] = mapped_column(db.Sealed("letter_choice.email"))
    asked_email: Mapped[str | None] = mapped_column(db.Sealed("letter_choice.asked_email"))
    code: Mapped[str | None] = mapped_column(db.Sealed("letter_choice.code"))
    code_tries: Mapped[int] = mapped_column(default=0)
    code_until: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    codes_on: Mapped[date | None]
    codes_sent: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Delivery(db.Base):
    """A letter on its way out. It holds no words and no address: these are looked up when it goes.
    A letter leaves once, by one way; several that go together are one message each its own row."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("way <> 'portal'", name="outward"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        CheckConstraint("(state = 'going') = (claimed_at IS NOT NULL)", name="claimed"),
        CheckConstraint("state <> 'given_up' OR error IS NOT NULL", name="given_up"),
        CheckConstraint(f"tries BETWEEN 0 AND {TRIES}", name="tries"),
        Index("ix_delivery_state_next_try", "state", "next_try"),
        Index("ix_delivery_account_id_made_at", "account_id", "made_at"),
        Index("ix_delivery_county_id_made_at", "county_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), unique=True)
    way: Mapped[Way] = mapped_column(db.choice(Way))
    urgent: Mapped[bool]
    state: Mapped[DeliveryState] = mapped_column(db.choice(DeliveryState))
    tries: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime] = mapped_column(db.UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    error: Mapped[Why | None] = mapped_column(db.choice(Why))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    letter: Mapped[Letter] = relationship()
    account: Mapped[Account] = relationship()
