"""What a county's plan of prevention wants to have reached by a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.prevention import TARGET_MOST, Reach
from jiedui.core import db
from jiedui.regions.models import Region


class PreventionTarget(db.Base):
    """One line of the plan: from one day to another (both count) events of a theme reach so many
    schools or villages. How far it has got is counted from what was held and stands nowhere."""

    __tablename__ = "prevention_target"
    __table_args__ = (
        Index("ix_prevention_target_county_id_until", "county_id", "until"),
        CheckConstraint("until >= starts", name="dates"),
        CheckConstraint(f"number BETWEEN 1 AND {TARGET_MOST}", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    theme: Mapped[Theme] = mapped_column(db.choice(Theme))
    reach: Mapped[Reach] = mapped_column(db.choice(Reach))
    number: Mapped[int]
    starts: Mapped[date]
    until: Mapped[date]
    set_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """It holds for the whole county."""
        return self.county.path
