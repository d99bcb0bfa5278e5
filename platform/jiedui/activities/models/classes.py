"""What is done for several children: holiday classes, small groups and themed events; the seats,
who helps, which children come and which wait for a seat."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.activities.models.seasons import Season
from jiedui.activities.models.themes import ActivityTheme
from jiedui.activities.rules import GROUP_SEATS, HELPERS_LEAST, SEATS_MOST, ActivityKind
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.partners.models import Place, Unit

_ON = text("left_at IS NULL")


class Activity(db.Base):
    """One activity at a place; a holiday class is a unit's and belongs to a campaign, a small group
    has a keeper of the place beside the one who holds it; a themed event has its theme, and no
    seats where a whole school or village comes and is counted."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_county_id_ends", "county_id", "ends"),
        CheckConstraint("ends >= starts", name="dates"),
        CheckConstraint(
            f"seats BETWEEN 1 AND {SEATS_MOST} OR (kind = 'themed_event' AND seats = 0)",
            name="seats",
        ),
        CheckConstraint("kind <> 'holiday_class' OR season_id IS NOT NULL", name="season"),
        CheckConstraint("kind <> 'holiday_class' OR unit_id IS NOT NULL", name="unit"),
        CheckConstraint("(kind = 'small_group') = (keeper_id IS NOT NULL)", name="keeper"),
        CheckConstraint(
            f"kind <> 'small_group' OR seats BETWEEN {GROUP_SEATS[0]} AND {GROUP_SEATS[1]}",
            name="small",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[ActivityKind] = mapped_column(db.choice(ActivityKind))
    season_id: Mapped[int | None] = mapped_column(ForeignKey("season.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    title: Mapped[str] = mapped_column(String(40))
    seats: Mapped[int]
    starts: Mapped[date]
    ends: Mapped[date]
    planned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    planned_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    season: Mapped[Season | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    keeper: Mapped[Account | None] = relationship(foreign_keys=[keeper_id])
    place: Mapped[Place] = relationship()
    helpers: Mapped[list[ActivityHelper]] = relationship(order_by="ActivityHelper.helper_id")
    children: Mapped[list[ActivityChild]] = relationship(order_by="ActivityChild.seat")
    waiting: Mapped[list[ActivityWait]] = relationship(order_by="ActivityWait.id")
    theme: Mapped[ActivityTheme | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How an activity is spoken of."""
        return f"A-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where it is held."""
        return self.place.scope_path

    @property
    def host_unit_id(self) -> int | None:
        """The unit whose place it is, such as the school."""
        return self.place.unit_id

    @property
    def counted(self) -> bool:
        """Whether children are counted there, not named."""
        return self.kind is ActivityKind.themed_event and self.seats == 0

    @property
    def open(self) -> bool:
        """Whether it is agreed: an event of a unit waits for the look of an office."""
        return self.theme is None or self.theme.open

    def helped_by(self, account_id: int) -> bool:
        """Whether this is somebody's who helps."""
        return any(one.helper.account_id == account_id for one in self.helpers_on)

    @property
    def helpers_on(self) -> list[ActivityHelper]:
        """Who helps today: has said yes and has not left."""
        return [one for one in self.helpers if one.left_at is None and one.answered_at is not None]

    @property
    def asked(self) -> list[ActivityHelper]:
        """Who is asked and has not answered."""
        return [one for one in self.helpers if one.left_at is None and one.answered_at is None]

    @property
    def least(self) -> int:
        """How many helpers it needs at least."""
        return HELPERS_LEAST[self.kind]

    @property
    def short(self) -> bool:
        """Whether it cannot be held: too few help."""
        return len(self.helpers_on) < self.least

    @property
    def children_on(self) -> list[ActivityChild]:
        """Which children have a seat today."""
        return [one for one in self.children if one.left_at is None]

    @property
    def in_line(self) -> list[ActivityWait]:
        """Which children wait for a seat, who came first first."""
        return [one for one in self.waiting if one.left_at is None]


class ActivitySeat(db.Base):
    """One seat: a child who is on the class holds one, so that the database itself refuses one too
    many."""

    __tablename__ = "activity_seat"
    __table_args__ = (CheckConstraint(f"seat BETWEEN 1 AND {SEATS_MOST}", name="seat"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ActivityHelper(db.Base):
    """One helper of an activity; who loses clearance leaves it. `answered_at`: when they said yes;
    a team says it for its own people."""

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
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    activity: Mapped[Activity] = relationship(overlaps="helpers")
    helper: Mapped[Helper] = relationship()

    @property
    def account_id(self) -> int | None:
        """What a helper is asked is their own."""
        return self.helper.account_id


class ActivityChild(db.Base):
    """One child on a seat; it comes once guardian and child have said yes to this activity."""

    __tablename__ = "activity_child"
    __table_args__ = (
        ForeignKeyConstraint(
            ["activity_id", "seat"], ["activity_seat.activity_id", "activity_seat.seat"],
            name="fk_activity_child_seat",
        ),
        Index("ix_activity_child_child_id", "child_id"),
        # What a scan of the slip leans on: a seat of the activity whose meeting it is.
        Index("uq_activity_child_id_activity_id", "id", "activity_id", unique=True),
        Index("uq_activity_child_slip", "slip", unique=True),
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
    # What stands in the code of a printed slip: random, and nothing of the child.
    slip: Mapped[str | None] = mapped_column(String(43))
    version: Mapped[int] = mapped_column()

    activity: Mapped[Activity] = relationship(overlaps="children")
    child: Mapped[Child] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class ActivityWait(db.Base):
    """One child that waits for a seat. When one becomes free, who waits longest gets it in the same
    transaction, and `left_at` is set."""

    __tablename__ = "activity_wait"
    __table_args__ = (
        Index("ix_activity_wait_child_id", "child_id"),
        Index(
            "uq_activity_wait_on", "activity_id", "child_id",
            unique=True, sqlite_where=_ON, postgresql_where=_ON,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    activity: Mapped[Activity] = relationship(overlaps="waiting")
    child: Mapped[Child] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
