"""Tables of duty: who is there when, and who was called because a clock had run out."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.protection.rules.clocks import Clock, Rung
from jiedui.protection.rules.duty import Turn
from jiedui.regions.models import Region


class DutyTurn(db.Base):
    """When somebody is on duty each week, and by which telephone. `days` are digits, 0 is Monday;
    times are China's, as 08:00."""

    __tablename__ = "duty_turn"
    __table_args__ = (
        CheckConstraint("days <> ''", name="days"),
        CheckConstraint("rank BETWEEN 1 AND 9", name="rank"),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    days: Mapped[str] = mapped_column(String(7))
    start: Mapped[str] = mapped_column(String(5))
    until: Mapped[str] = mapped_column(String(5))
    rank: Mapped[int]
    phone: Mapped[str] = mapped_column(db.Sealed("duty_turn.phone"))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    county: Mapped[Region] = relationship()

    @property
    def scope_path(self) -> str:
        """The roster is the county's."""
        return self.county.path

    @property
    def turn(self) -> Turn:
        """What the rules know of it."""
        days = frozenset(int(one) for one in self.days)
        start, until = time.fromisoformat(self.start), time.fromisoformat(self.until)
        return Turn(self.account_id, days, start, until, self.rank)


class DutyCall(db.Base):
    """Somebody was written to because a clock had run out; once each for the same clock."""

    __tablename__ = "duty_call"
    __table_args__ = (UniqueConstraint("report_id", "clock", "due_at", "rung", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    clock: Mapped[Clock] = mapped_column(db.choice(Clock))
    due_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    rung: Mapped[Rung] = mapped_column(db.choice(Rung))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
