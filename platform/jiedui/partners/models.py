"""Tables of units, of those that want to become one, and of places."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import Office
from jiedui.core import db
from jiedui.partners.rules import ApplicationState, NotTaken, PlaceKind, UnitKind, office_of
from jiedui.regions.models import Region

_WAITING = text("state = 'waiting'")


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


class UnitApplication(db.Base):
    """A unit that registered itself, until the office in charge has looked at its paper. Who
    speaks for it lies sealed."""

    __tablename__ = "unit_application"
    __table_args__ = (
        Index(
            "uq_unit_application_code", "county_id", "credit_code",
            unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING,
        ),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'accepted') = (unit_id IS NOT NULL)", name="accepted"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refused"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[UnitKind] = mapped_column(db.choice(UnitKind))
    name: Mapped[str] = mapped_column(String(80))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    contact: Mapped[str] = mapped_column(db.Sealed("unit_application.contact"))
    phone: Mapped[str] = mapped_column(db.Sealed("unit_application.phone"))
    wants: Mapped[str] = mapped_column(db.Sealed("unit_application.wants"), default="")
    state: Mapped[ApplicationState] = mapped_column(db.choice(ApplicationState))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[NotTaken | None] = mapped_column(db.choice(NotTaken))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    unit: Mapped[Unit | None] = relationship()

    @property
    def code(self) -> str:
        """How it is spoken of on the telephone."""
        return f"U-{self.id:04d}"

    @property
    def office(self) -> Office:
        """Who looks at it."""
        return office_of(self.kind)

    @property
    def scope_path(self) -> str:
        """Where the unit lies."""
        return self.region.path


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
