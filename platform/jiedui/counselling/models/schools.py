"""Tables of what a school has for its pupils' minds: teachers, visits of experts, pupils."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.counselling.rules.schools import Post, Qualification, Theme
from jiedui.partners.models import Unit


class PsychologyTeacher(db.Base):
    """A psychology teacher of a school, from one day until another."""

    __tablename__ = "psychology_teacher"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="dates"),
        CheckConstraint("(until IS NULL) = (left_at IS NULL)", name="left"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(db.Sealed("psychology_teacher.name"))
    post: Mapped[Post] = mapped_column(db.choice(Post))
    qualification: Mapped[Qualification] = mapped_column(db.choice(Qualification))
    since: Mapped[date]
    until: Mapped[date | None]
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    school: Mapped[Unit] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.school.scope_path


class ExpertVisit(db.Base):
    """An expert was at a school."""

    __tablename__ = "expert_visit"
    __table_args__ = (CheckConstraint("pupils >= 0", name="pupils"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    on_day: Mapped[date]
    expert: Mapped[str] = mapped_column(db.Sealed("expert_visit.expert"))
    theme: Mapped[Theme] = mapped_column(db.choice(Theme))
    pupils: Mapped[int]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    school: Mapped[Unit] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.school.scope_path


class SchoolRoll(db.Base):
    """How many pupils a school has, as it said last."""

    __tablename__ = "school_roll"
    __table_args__ = (
        UniqueConstraint("unit_id"),
        CheckConstraint("pupils > 0", name="pupils"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    pupils: Mapped[int]
    said_on: Mapped[date]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    school: Mapped[Unit] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the school lies."""
        return self.school.scope_path
