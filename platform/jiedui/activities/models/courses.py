"""Courses for helpers, guardians, child directors and supervisors, and who is on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.activities.rules.courses import (
    COURSE_SEATS_MOST,
    HOLDS,
    MINUTES,
    SESSIONS_MOST,
    SHARE,
    CourseFor,
    minutes_for,
)
from jiedui.children.models import Guardian
from jiedui.core import clock, db
from jiedui.core.months import months_after
from jiedui.helpers.models import Helper
from jiedui.partners.models import Place, Unit
from jiedui.regions.models import Region

_ON = text("left_at IS NULL")


class Course(db.Base):
    """One course, from the beginning of its first session to the end of its last. Whoever holds it
    tells who came; somebody else confirms the list. Without a place it is read at home. `share`: to
    how many of a hundred sessions somebody must have come."""

    __tablename__ = "course"
    __table_args__ = (
        # What a member's seat leans on: the database refuses one too many, and one of another kind.
        UniqueConstraint("id", "seats", "audience"),
        Index("ix_course_county_id_start_at", "county_id", "start_at"),
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint(f"seats BETWEEN 1 AND {COURSE_SEATS_MOST}", name="seats"),
        CheckConstraint(f"minutes BETWEEN {MINUTES[0]} AND {MINUTES[1]}", name="minutes"),
        CheckConstraint(f"holds_months BETWEEN {HOLDS[0]} AND {HOLDS[1]}", name="holds"),
        CheckConstraint(f"share BETWEEN {SHARE[0]} AND {SHARE[1]}", name="share"),
        # Read at home more may count than the call lasts in which somebody is asked.
        CheckConstraint("place_id IS NULL OR minutes <= held_minutes", name="longer_than_held"),
        CheckConstraint("(told_by IS NULL) = (told_at IS NULL)", name="told"),
        CheckConstraint("told_at >= end_at", name="told_after"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        CheckConstraint("confirmed_by IS NULL OR told_by IS NOT NULL", name="told_first"),
        CheckConstraint("confirmed_by <> told_by", name="two_persons"),
        CheckConstraint("(off_by IS NULL) = (off_at IS NULL)", name="off"),
        CheckConstraint("off_by IS NULL OR confirmed_by IS NULL", name="off_or_held"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    audience: Mapped[CourseFor] = mapped_column(db.choice(CourseFor))
    title: Mapped[str] = mapped_column(String(60))
    content: Mapped[str] = mapped_column(String(400))
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    minutes: Mapped[int]
    held_minutes: Mapped[int]
    share: Mapped[int] = mapped_column(default=100)
    seats: Mapped[int]
    holds_months: Mapped[int]
    planned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    planned_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    told_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    off_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    off_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    unit: Mapped[Unit] = relationship()
    place: Mapped[Place | None] = relationship()
    sessions: Mapped[list[CourseSession]] = relationship(order_by="CourseSession.position")
    members: Mapped[list[CourseMember]] = relationship(
        back_populates="course", order_by="CourseMember.seat"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a course is spoken of."""
        return f"T-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where it is held; a reading belongs to the region of whoever planned it."""
        return self.region.path

    @property
    def on(self) -> date:
        """The first day, as clocks in China show it."""
        return clock.local(self.start_at).date()

    @property
    def last_on(self) -> date:
        """The last day."""
        return clock.local(self.end_at).date()

    @property
    def coming(self) -> CourseSession | None:
        """The next session that is not over; none of a course that is called off."""
        rest = [one for one in self.sessions if one.end_at > clock.now()]
        return rest[0] if rest and self.off_by is None else None

    @property
    def until(self) -> date:
        """The last day on which it counts for who came."""
        return months_after(self.last_on, self.holds_months)

    @property
    def members_on(self) -> list[CourseMember]:
        """Who is signed up today."""
        return [one for one in self.members if one.left_at is None]

    @property
    def open(self) -> bool:
        """Whether people still sign up: it is to come and not called off."""
        return self.off_by is None and self.start_at > clock.now()


class CourseSession(db.Base):
    """One session of a course. It leans by a foreign key on the end of the one before it, so that
    the database itself refuses two that overlap."""

    __tablename__ = "course_session"
    __table_args__ = (
        UniqueConstraint("course_id", "position", "end_at"),
        ForeignKeyConstraint(
            ["course_id", "previous", "previous_end_at"],
            ["course_session.course_id", "course_session.position", "course_session.end_at"],
            name="fk_course_session_previous",
        ),
        CheckConstraint(f"position BETWEEN 1 AND {SESSIONS_MOST}", name="position"),
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint("(position = 1) = (previous IS NULL)", name="first"),
        CheckConstraint("previous = position - 1", name="previous"),
        CheckConstraint("(previous IS NULL) = (previous_end_at IS NULL)", name="previous_end"),
        CheckConstraint("previous_end_at <= start_at", name="overlap"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    previous: Mapped[int | None]
    previous_end_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    @property
    def on(self) -> date:
        """The day, as clocks in China show it."""
        return clock.local(self.start_at).date()

    @property
    def minutes(self) -> int:
        """How long it is held."""
        return int((self.end_at - self.start_at).total_seconds()) // 60


class CourseMember(db.Base):
    """One person on one seat of a course: a helper, a guardian or an official, exactly one. `came`
    says whether they came to enough of it by the list; it counts once the list is confirmed."""

    __tablename__ = "course_member"
    __table_args__ = (
        ForeignKeyConstraint(
            ["course_id", "seats", "kind"], ["course.id", "course.seats", "course.audience"],
            name="fk_course_member_course",
        ),
        CheckConstraint("seat BETWEEN 1 AND seats", name="seat"),
        CheckConstraint(
            "(kind = 'helpers') = (helper_id IS NOT NULL)"
            " AND (kind = 'guardians') = (guardian_id IS NOT NULL)"
            " AND (kind = 'officials') = (official_id IS NOT NULL)",
            name="one_person",
        ),
        CheckConstraint("came IS NULL OR left_at IS NULL", name="came"),
        CheckConstraint("number IS NULL OR came IS TRUE", name="number"),
        Index("uq_course_member_number", "number", unique=True),
        # What a presence leans on: nobody is told to have come to a course they are not on.
        Index("uq_course_member_id_course_id", "id", "course_id", unique=True),
        Index("ix_course_member_helper_id", "helper_id"),
        Index("ix_course_member_guardian_id", "guardian_id"),
        Index("ix_course_member_official_id", "official_id"),
        *(
            Index(
                f"uq_course_member_{column}", "course_id", column,
                unique=True, sqlite_where=_ON, postgresql_where=_ON,
            )
            for column in ("seat", "helper_id", "guardian_id", "official_id")
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    course_id: Mapped[int]
    seats: Mapped[int]
    kind: Mapped[CourseFor] = mapped_column(db.choice(CourseFor))
    seat: Mapped[int]
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("helper.id"))
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    came: Mapped[bool | None]
    # By which anybody checks the certificate: 80 random bits, given when the list is confirmed.
    number: Mapped[str | None] = mapped_column(String(20))

    course: Mapped[Course] = relationship(back_populates="members")
    presences: Mapped[list[CoursePresence]] = relationship(cascade="all, delete-orphan")
    helper: Mapped[Helper | None] = relationship()
    guardian: Mapped[Guardian | None] = relationship()
    official: Mapped[Account | None] = relationship(foreign_keys=[official_id])

    @property
    def code(self) -> str:
        """How the portal speaks of a place."""
        return f"{self.course.code}-{self.seat:03d}"

    @property
    def account_id(self) -> int | None:
        """A place on a course is its holder's own; guardians have no account."""
        return self.helper.account_id if self.helper else self.official_id

    @property
    def scope_path(self) -> str:
        """Where the person lives; an official stands where the course does."""
        if self.guardian is not None:
            return self.guardian.scope_path
        return self.helper.scope_path if self.helper else self.course.scope_path

    @property
    def passed(self) -> bool:
        """Whether the course counts for this person: the list says so and is confirmed."""
        return bool(self.came) and self.course.confirmed_by is not None

    @property
    def there(self) -> set[int]:
        """To which sessions they came, as the list says."""
        return {one.position for one in self.presences}

    @property
    def minutes(self) -> int:
        """Minutes that count for this person."""
        course = self.course
        there = sum(one.minutes for one in course.sessions if one.position in self.there)
        return minutes_for(there, course.held_minutes, course.minutes)


class CoursePresence(db.Base):
    """Somebody who is on a course came to one of its sessions."""

    __tablename__ = "course_presence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["course_id", "position"], ["course_session.course_id", "course_session.position"],
            name="fk_course_presence_session",
        ),
        ForeignKeyConstraint(
            ["member_id", "course_id"], ["course_member.id", "course_member.course_id"],
            name="fk_course_presence_member",
        ),
    )  # fmt: skip

    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    course_id: Mapped[int]
