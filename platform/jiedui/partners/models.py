"""Tables of units and places."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.partners.rules import PlaceKind, UnitKind
from jiedui.regions.models import Region


class Unit(db.Base):
    """A unit that takes part. A recording unit may issue certificates of voluntary service
    (民政部令第67号); others' records are titled as the platform's."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("county_id", "credit_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    kind: Mapped[UnitKind] = mapped_column(db.choice(UnitKind))
    name: Mapped[str] = mapped_column(String(80))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    recording: Mapped[bool] = mapped_column(default=False)
    open: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the unit lies."""
        return self.region.path

    @property
    def unit_id(self) -> int:
        """A unit is its own."""
        return self.id


class Place(db.Base):
    """A Children's Home, school or other place where help happens; distance is measured to it."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("region_id", "name"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[PlaceKind] = mapped_column(db.choice(PlaceKind))
    name: Mapped[str] = mapped_column(String(80))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    open: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    unit: Mapped[Unit | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the place lies."""
        return self.region.path

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude: its own, else its village's."""
        if self.latitude is None or self.longitude is None:
            return self.region.point
        return self.latitude, self.longitude
