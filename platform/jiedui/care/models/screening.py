"""Tables of screening: a mark a house, a number a village, and the order in which one walks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.visits import HomeFound
from jiedui.children.models import Household
from jiedui.core import db
from jiedui.regions.models import Region


class ScreeningMark(db.Base):
    """A house was looked at in a quarter (2026-4). The next mark stands beside it."""

    __tablename__ = "screening_mark"
    __table_args__ = (Index("ix_screening_mark_household_id_quarter", "household_id", "quarter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    quarter: Mapped[str] = mapped_column(String(6))
    outcome: Mapped[HomeFound] = mapped_column(db.choice(HomeFound))
    on_day: Mapped[date]
    kept_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    household: Mapped[Household] = relationship()


class ScreeningCount(db.Base):
    """How many other houses of a village were asked in a quarter, in which no such child lives."""

    __tablename__ = "screening_count"
    __table_args__ = (
        UniqueConstraint("village_id", "quarter"),
        CheckConstraint("houses >= 0", name="houses"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    quarter: Mapped[str] = mapped_column(String(6))
    houses: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    village: Mapped[Region] = relationship(foreign_keys=[village_id])
    __mapper_args__ = {"version_id_col": version}


class WalkingOrder(db.Base):
    """In which order one walks from house to house in a village: ids of households."""

    __tablename__ = "walking_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"), unique=True)
    houses: Mapped[Any] = mapped_column(JSON)
    version: Mapped[int] = mapped_column()

    village: Mapped[Region] = relationship(foreign_keys=[village_id])
    __mapper_args__ = {"version_id_col": version}
