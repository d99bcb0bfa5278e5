"""What is done for many children: one kind so far, the holiday class; its seats, who helps and
which children come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.models.seasons import Season
from jiedui.activities.rules import SEATS_MOST, ActivityKind
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.partners.models import Place, Unit

_ON = text("left_at IS NULL")


class Activity(db.Base):
    """One activity of a unit at a place; a holiday class belongs to a campaign."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_county_id_ends", "county_id", "ends"),
        CheckConstraint("ends >= starts", name="dates"),
        CheckConstraint(f"seats BETWEEN 1 AND {SEATS_MOST}", name="seats"),
        CheckConstraint("kind <> 'holiday_class' OR season_id IS NOT NULL", name="season"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[ActivityKind] = mapped_column(db.choice(ActivityKind))
    season_id: Mapped[int | None] = mapped_column(ForeignKey("season.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    title: Mapped[str] = mapped_column(String(40))
    seats: Mapped[int]
    starts: Mapped[date]
    ends: Mapped[date]
    planned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    planned_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    season: Mapped[Season | None] = relationship()
    unit: Mapped[Unit] = relationship()
    place: Mapped[Place] = relationship()
    helpers: Mapped[list[ActivityHelper]] = relationship(order_by="ActivityHelper.helper_id")
    children: Mapped[list[ActivityChild]] = relationship(order_by="ActivityChild.seat")
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How an activity is spoken of."""
        return f"A-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where it is held."""
        return self.place.scope_path

    def helped_by(self, account_id: int) -> bool:
        """Whether this is somebody's who helps."""
        return any(one.helper.account_id == account_id for one in self.helpers_on)

    @property
    def helpers_on(self) -> list[ActivityHelper]:
        """Who helps today."""
        return [one for one in self.helpers if one.left_at is None]

    @property
    def children_on(self) -> list[ActivityChild]:
        """Which children have a seat today."""
        return [one for one in self.children if one.left_at is None]


class ActivitySeat(db.Base):
    """One seat: a child who is on the class holds one, so that the database itself refuses one too
    many."""

    __tablename__ = "activity_seat"
    __table_args__ = (CheckConstraint(f"seat BETWEEN 1 AND {SEATS_MOST}", name="seat"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ActivityHelper(db.Base):
    """One helper of an activity; who loses clearance leaves it."""

    __tablename__ = "activity_helper"
    __table_args__ = (
        Index("ix_activity_helper_helper_id", "helper_id"),
        Index(
            "uq_activity_helper_on", "activity_id", "helper_id",
            unique=True, sqlite_where=_ON, postgresql_where=_ON,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    put_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    put_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    activity: Mapped[Activity] = relationship(overlaps="helpers")
    helper: Mapped[Helper] = relationship()


class ActivityChild(db.Base):
    """One child on a seat; it comes once guardian and child have said yes to this activity."""

    __tablename__ = "activity_child"
    __table_args__ = (
        ForeignKeyConstraint(
            ["activity_id", "seat"], ["activity_seat.activity_id", "activity_seat.seat"],
            name="fk_activity_child_seat",
        ),
        Index("ix_activity_child_child_id", "child_id"),
        Index(
            "uq_activity_child_seat", "activity_id", "seat",
            unique=True, sqlite_where=_ON, postgresql_where=_ON,
        ),
        Index(
            "uq_activity_child_on", "activity_id", "child_id",
            unique=True, sqlite_where=_ON, postgresql_where=_ON,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    seat: Mapped[int]
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    activity: Mapped[Activity] = relationship(overlaps="children")
    child: Mapped[Child] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
