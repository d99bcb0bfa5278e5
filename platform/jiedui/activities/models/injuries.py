"""Injuries of children, as figures: no child, no name."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.rules.injuries import Cause, Outcome, Spot
from jiedui.care.rules.statement import AgeBand
from jiedui.core import db
from jiedui.regions.models import Region


class Injury(db.Base):
    """One child was hurt, on a day in a village. What was entered by mistake is struck out and
    counts no longer."""

    __tablename__ = "injury"
    __table_args__ = (
        Index("ix_injury_county_id_on", "county_id", "on"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    on: Mapped[date]
    cause: Mapped[Cause] = mapped_column(db.choice(Cause))
    spot: Mapped[Spot] = mapped_column(db.choice(Spot))
    outcome: Mapped[Outcome] = mapped_column(db.choice(Outcome))
    band: Mapped[AgeBand] = mapped_column(db.choice(AgeBand))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    struck_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    struck_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    region: Mapped[Region] = relationship(foreign_keys=[region_id])

    @property
    def scope_path(self) -> str:
        """The village."""
        return self.region.path

    @property
    def account_id(self) -> int:
        """What is recorded is whoever's who recorded it."""
        return self.recorded_by
