"""One meeting of an activity, and the lists of who came."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.models.classes import Activity
from jiedui.activities.rules import TWO
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
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint("(told_by IS NULL) = (adults IS NULL)", name="told"),
        CheckConstraint(f"adults >= {TWO}", name="two_adults"),
        CheckConstraint("confirmed_by IS NULL OR told_by IS NOT NULL", name="confirmed"),
        CheckConstraint("confirmed_by <> told_by", name="two_persons"),
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
    version: Mapped[int] = mapped_column()

    activity: Mapped[Activity] = relationship()
    came: Mapped[list[HelperPresence]] = relationship(cascade="all, delete-orphan")
    children: Mapped[list[ChildPresence]] = relationship(cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where it is held."""
        return self.activity.scope_path

    @property
    def unit_id(self) -> int:
        """The team that holds it."""
        return self.activity.unit_id

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
