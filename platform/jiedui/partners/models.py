"""Tables of units, of those that want to become one, of places and what is told of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.access.rules import Office
from jiedui.core import db
from jiedui.core.scans import Scan
from jiedui.partners.rules import (
    ApplicationState,
    NotTaken,
    PlaceKind,
    PlaceUse,
    UnitKind,
    office_of,
)
from jiedui.regions.models import Region

_WAITING = text("state = 'waiting'")
_NOW = text("ended_at IS NULL")


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


class PlaceProfile(db.Base):
    """What is told of a place: one row a place, beside what distance is measured to."""

    __tablename__ = "place_profile"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity BETWEEN 1 AND 5000", name="capacity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), unique=True)
    capacity: Mapped[int | None]
    # Set with every change, so that a change in slots alone is a new version too.
    changed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    uses: Mapped[list[PlaceFunction]] = relationship(cascade="all, delete-orphan")
    slots: Mapped[list[PlaceSlot]] = relationship(
        cascade="all, delete-orphan", order_by="PlaceSlot.slot"
    )
    things: Mapped[list[PlaceEquipment]] = relationship(
        cascade="all, delete-orphan", order_by="PlaceEquipment.id"
    )
    __mapper_args__ = {"version_id_col": version}


class PlaceFunction(db.Base):
    """One thing a place is there for."""

    __tablename__ = "place_function"

    profile_id: Mapped[int] = mapped_column(ForeignKey("place_profile.id"), primary_key=True)
    use: Mapped[PlaceUse] = mapped_column(db.choice(PlaceUse), primary_key=True)


class PlaceSlot(db.Base):
    """One weekly slot (0 to 20, three a day from Monday) in which a place is open."""

    __tablename__ = "place_slot"
    __table_args__ = (CheckConstraint("slot BETWEEN 0 AND 20", name="slot"),)

    profile_id: Mapped[int] = mapped_column(ForeignKey("place_profile.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class PlaceEquipment(db.Base):
    """What a place has, and how many of it."""

    __tablename__ = "place_equipment"
    __table_args__ = (
        UniqueConstraint("profile_id", "name"),
        CheckConstraint("quantity BETWEEN 1 AND 99999", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("place_profile.id"))
    name: Mapped[str] = mapped_column(String(30))
    quantity: Mapped[int]


class PlaceKeeper(db.Base):
    """Who is in charge of a place, from when to when: an account, or a name with a telephone number
    that lie sealed. One at a time."""

    __tablename__ = "place_keeper"
    __table_args__ = (
        Index(
            "uq_place_keeper_now", "place_id",
            unique=True, sqlite_where=_NOW, postgresql_where=_NOW,
        ),
        CheckConstraint("(account_id IS NULL) = (name IS NOT NULL)", name="one"),
        CheckConstraint("(name IS NULL) = (phone IS NULL)", name="reached"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str | None] = mapped_column(db.Sealed("place_keeper.name"))
    phone: Mapped[str | None] = mapped_column(db.Sealed("place_keeper.phone"))
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])


class PlacePhoto(Scan, db.Base):
    """A picture of a place on which no child is to be seen: whoever brought it said so."""

    __tablename__ = "place_photo"
    __table_args__ = (CheckConstraint("without_children", name="without_children"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    without_children: Mapped[bool]

    place: Mapped[Place] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the place lies."""
        return self.place.scope_path

    @property
    def unit_id(self) -> int | None:
        """Whose the place is."""
        return self.place.unit_id
