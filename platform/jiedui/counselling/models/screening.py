"""Tables of psychological screening: one a school and day, and what it says of each pupil."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Child
from jiedui.core import db
from jiedui.counselling.models.confided import Confided
from jiedui.counselling.rules.screening import Finding
from jiedui.partners.models import Unit


class PupilScreening(Confided, db.Base):
    """A school was screened on a day. `pupils` were screened in all; results are kept of those
    alone who are on file."""

    __tablename__ = "pupil_screening"
    __table_args__ = (
        UniqueConstraint("unit_id", "on_day", "instrument"),
        CheckConstraint("pupils > 0", name="pupils"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    on_day: Mapped[date]
    instrument: Mapped[str] = mapped_column(String(80))
    pupils: Mapped[int]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    school: Mapped[Unit] = relationship()
    results: Mapped[list[ScreeningResult]] = relationship(
        back_populates="screening", order_by="ScreeningResult.id"
    )

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.school.scope_path


class ScreeningResult(Confided, db.Base):
    """What a screening says of one child, sealed; an urgent one is answered by a referral or a
    crisis flag."""

    __tablename__ = "screening_result"
    __table_args__ = (
        UniqueConstraint("screening_id", "child_id"),
        CheckConstraint(
            "(answered_at IS NULL) = (referral_id IS NULL AND flag_id IS NULL)", name="answered"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    screening_id: Mapped[int] = mapped_column(ForeignKey("pupil_screening.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    sealed_finding: Mapped[str] = mapped_column("finding", db.Sealed("screening_result.finding"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    flag_id: Mapped[int | None] = mapped_column(ForeignKey("crisis_flag.id"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    kept_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    screening: Mapped[PupilScreening] = relationship(back_populates="results")
    child: Mapped[Child] = relationship()

    @property
    def finding(self) -> Finding:
        """What was found."""
        return Finding(self.sealed_finding)

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
