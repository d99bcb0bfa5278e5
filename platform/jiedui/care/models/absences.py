"""The table of pupils reported absent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.absences import AbsenceEnd, AbsenceState
from jiedui.children.models import Child
from jiedui.core import db

OPEN = text("state = 'open'")


class Absence(db.Base):
    """A school says that a pupil is not there; it stays open until somebody says how it ended.
    `unit_id` is the school, `due` the day by which somebody must have gone to see."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (end_how IS NOT NULL)", name="end_how"),
        CheckConstraint("ended_on IS NULL OR ended_on >= since", name="dates"),
        Index("uq_absence_one_open", "child_id", unique=True, sqlite_where=OPEN,
              postgresql_where=OPEN),
        Index("ix_absence_unit_id", "unit_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    since: Mapped[date]
    due: Mapped[date]
    state: Mapped[AbsenceState] = mapped_column(db.choice(AbsenceState), default=AbsenceState.open)
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_how: Mapped[AbsenceEnd | None] = mapped_column(db.choice(AbsenceEnd))
    ended_on: Mapped[date | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    child: Mapped[Child] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
