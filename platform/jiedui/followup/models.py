"""Tables of following up: what the three said, who was told what does not come, a family's stop."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.visits import Helped
from jiedui.core import clock, db
from jiedui.followup.rules import Face, StopVia, Through, Voice, Who
from jiedui.followup.rules.clocks import Step
from jiedui.pairings.models import Pairing


class Said(db.Base):
    """What one of the three said of a pairing on one day. A child shows a face, and whether it was
    asked alone is kept; the grown-ups say how it goes. Never changed; the latest counts."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_pairing_id_voice", "pairing_id", "voice"),
        CheckConstraint("(voice = 'child') = (face IS NOT NULL)", name="face"),
        CheckConstraint("(voice = 'child') = (going IS NULL)", name="going"),
        CheckConstraint("(voice = 'child') = (alone IS NOT NULL)", name="alone"),
        CheckConstraint("through <> 'own_page' OR voice = 'helper'", name="own_page"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    voice: Mapped[Voice] = mapped_column(db.choice(Voice))
    on_day: Mapped[date]
    through: Mapped[Through] = mapped_column(db.choice(Through))
    face: Mapped[Face | None] = mapped_column(db.choice(Face))
    alone: Mapped[bool | None]
    going: Mapped[Helped | None] = mapped_column(db.choice(Helped))
    # At the end of a pairing: a word on the whole of it.
    ending: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str | None] = mapped_column(db.Sealed("follow_up.words"))
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kept_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    pairing: Mapped[Pairing] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.pairing.scope_path


class ClockNotice(db.Base):
    """Somebody was told what has not come since a day: once for each step."""

    __tablename__ = "clock_notice"
    __table_args__ = (UniqueConstraint("pairing_id", "since", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    since: Mapped[date]
    step: Mapped[Step] = mapped_column(db.choice(Step))
    told_at: Mapped[datetime] = mapped_column(db.UtcDateTime)


class StopKey(db.Base):
    """By which a family stops a pairing without an account, from its card or a link; only the
    fingerprint is kept. A new one ends the one before."""

    __tablename__ = "stop_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    pairing: Mapped[Pairing] = relationship()


class FamilyStop(db.Base):
    """A family said stop: who, by which way, when. No reason is asked."""

    __tablename__ = "family_stop"
    __table_args__ = (
        Index("ix_family_stop_pairing_id", "pairing_id"),
        CheckConstraint("(via = 'told') = (by_account IS NOT NULL)", name="taken_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    who: Mapped[Who] = mapped_column(db.choice(Who))
    via: Mapped[StopVia] = mapped_column(db.choice(StopVia))
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    pairing: Mapped[Pairing] = relationship()

    @property
    def on(self) -> date:
        """The day in China."""
        return clock.local(self.at).date()
