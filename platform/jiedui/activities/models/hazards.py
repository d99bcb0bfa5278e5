"""Water hazards with who keeps an eye on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.activities.rules.hazards import Water, due
from jiedui.core import clock, db
from jiedui.regions.models import Region


class WaterHazard(db.Base):
    """One place at which a child could drown. `checked_on`: when it was looked at last, first of
    all when it was entered; `gone_at`: it was filled in or covered."""

    __tablename__ = "water_hazard"
    __table_args__ = (
        Index("ix_water_hazard_county_id_region_id", "county_id", "region_id"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
        CheckConstraint("(gone_at IS NULL) = (gone_by IS NULL)", name="gone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[Water] = mapped_column(db.choice(Water))
    name: Mapped[str] = mapped_column(String(60))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    sign: Mapped[bool]
    fence: Mapped[bool]
    keeper_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    checked_on: Mapped[date]
    checked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    gone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    gone_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    keeper: Mapped[Account] = relationship(foreign_keys=[keeper_id])
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How it is spoken of."""
        return f"H-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """The village it lies in."""
        return self.region.path

    @property
    def due(self) -> date:
        """The day until which it is to be looked at."""
        return due(self.checked_on, clock.today())

    @property
    def overdue(self) -> bool:
        """Whether nobody has looked at it in time."""
        return self.due < clock.today()
