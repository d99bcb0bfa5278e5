"""One meeting of an activity, and the lists of who came."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.models.classes import Activity
from jiedui.activities.rules import TWO, ActivityKind, CalledOff
from jiedui.activities.rules.events import REACHED_MOST
from jiedui.care.rules.statement import AgeBand
from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.helpers.models import Helper


class ActivityMeeting(db.Base):
    """One meeting. The team says which helpers came; somebody else, where it is held, says which
    children came and confirms the list."""

    __tablename__ = "activity_meeting"
    __table_args__ = (
        UniqueConstraint("activity_id", "start_at"),
        Index("ix_activity_meeting_county_id_start_at", "county_id", "start_at"),
        Index("uq_activity_meeting_id_activity_id", "id", "activity_id", unique=True),
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint("(told_by IS NULL) = (adults IS NULL)", name="told"),
        CheckConstraint(f"adults >= {TWO}", name="two_adults"),
        CheckConstraint("confirmed_by IS NULL OR told_by IS NOT NULL", name="confirmed"),
        CheckConstraint("confirmed_by <> told_by", name="two_persons"),
        CheckConstraint(
            "(called_off IS NULL) = (called_off_at IS NULL)"
            " AND (called_off IS NULL) = (called_off_by IS NULL)",
            name="off",
        ),
        CheckConstraint("called_off IS NULL OR confirmed_by IS NULL", name="off_or_held"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    adults: Mapped[int | None]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    called_off: Mapped[CalledOff | None] = mapped_column(db.choice(CalledOff))
    called_off_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    called_off_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    activity: Mapped[Activity] = relationship()
    came: Mapped[list[HelperPresence]] = relationship(cascade="all, delete-orphan")
    children: Mapped[list[ChildPresence]] = relationship(cascade="all, delete-orphan")
    counts: Mapped[list[MeetingCount]] = relationship(
        cascade="all, delete-orphan", order_by="MeetingCount.band"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where it is held."""
        return self.activity.scope_path

    @property
    def unit_id(self) -> int | None:
        """The team that holds it."""
        return self.activity.unit_id

    @property
    def kind(self) -> ActivityKind:
        """What it is a meeting of."""
        return self.activity.kind

    @property
    def host_unit_id(self) -> int | None:
        """The unit whose place it is held at."""
        return self.activity.host_unit_id

    @property
    def counted(self) -> bool:
        """Whether children are counted there, not named."""
        return self.activity.counted

    @property
    def reached(self) -> int:
        """How many children were there, by the count."""
        return sum(one.number for one in self.counts)

    def helped_by(self, account_id: int) -> bool:
        """Whether this is somebody's who helps."""
        return self.activity.helped_by(account_id)

    @property
    def on(self) -> date:
        """The day, as clocks in China show it."""
        return clock.local(self.start_at).date()


class HelperPresence(db.Base):
    """One helper was there, from when to when."""

    __tablename__ = "helper_presence"
    __table_args__ = (CheckConstraint("end_at > start_at", name="length"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("activity_meeting.id"), primary_key=True)
    helper_id: Mapped[int] = mapped_column(
        ForeignKey("helper.id"), primary_key=True, autoincrement=False
    )
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    helper: Mapped[Helper] = relationship()


class ChildPresence(db.Base):
    """One child was there."""

    __tablename__ = "child_presence"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("activity_meeting.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(
        ForeignKey("child.id"), primary_key=True, autoincrement=False, index=True
    )

    child: Mapped[Child] = relationship()


class SeatScan(db.Base):
    """The slip of a seat was scanned at a meeting of the same activity: whoever confirms the list
    sees it; who came is what the list says."""

    __tablename__ = "seat_scan"
    __table_args__ = (
        ForeignKeyConstraint(
            ["meeting_id", "activity_id"], ["activity_meeting.id", "activity_meeting.activity_id"],
            name="fk_seat_scan_meeting",
        ),
        ForeignKeyConstraint(
            ["entry_id", "activity_id"], ["activity_child.id", "activity_child.activity_id"],
            name="fk_seat_scan_entry",
        ),
    )  # fmt: skip

    meeting_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    activity_id: Mapped[int]
    scanned_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    scanned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class MeetingCount(db.Base):
    """How many children of an age were at a meeting of a themed event: a figure, nobody by name."""

    __tablename__ = "meeting_count"
    __table_args__ = (CheckConstraint(f"number BETWEEN 1 AND {REACHED_MOST}", name="number"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("activity_meeting.id"), primary_key=True)
    band: Mapped[AgeBand] = mapped_column(db.choice(AgeBand), primary_key=True)
    number: Mapped[int]
