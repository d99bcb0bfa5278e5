"""Tables of the plan: sessions to come, and the days of the county's schools."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.contact.rules.plan import COMING, ContactKind, DatesKind, LeftOut, SessionState
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.pairings.models import Pairing
from jiedui.regions.models import Region

_COMING = text("state IN ({})".format(", ".join(f"'{s.value}'" for s in sorted(COMING))))


class PlannedSession(db.Base):
    """One session of a pairing that is planned, was moved or called off, took place or did not.
    `planned_on` and `slot` say which turn of the plan it is, for good; `start_at` and `end_at` when
    it is to be now. `helper_id` is who comes: the pairing's helper, or a substitute who said yes.
    A helper cannot be expected at two places from the same moment."""

    __tablename__ = "planned_session"
    __table_args__ = (
        UniqueConstraint("pairing_id", "planned_on", "slot"),
        Index(
            "uq_planned_session_helper_start", "helper_id", "start_at",
            unique=True, sqlite_where=_COMING, postgresql_where=_COMING,
        ),
        Index("ix_planned_session_county_id_start_at", "county_id", "start_at"),
        CheckConstraint("slot BETWEEN 0 AND 20", name="slot"),
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint("(state = 'cancelled') = (left_out IS NOT NULL)", name="left_out"),
        CheckConstraint("state <> 'moved' OR moved_from IS NOT NULL", name="moved"),
        CheckConstraint("asked_id IS NULL OR asked_id <> helper_id", name="asked"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    planned_on: Mapped[date]
    slot: Mapped[int]
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    kind: Mapped[ContactKind] = mapped_column(db.choice(ContactKind))
    state: Mapped[SessionState] = mapped_column(db.choice(SessionState))
    left_out: Mapped[LeftOut | None] = mapped_column(db.choice(LeftOut))
    moved_from: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    # A helper who was asked to stand in and has not answered.
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("helper.id"))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    # When somebody told the family of the last change; None while nobody has.
    told_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    pairing: Mapped[Pairing] = relationship()
    helper: Mapped[Helper] = relationship(foreign_keys=[helper_id])
    asked: Mapped[Helper | None] = relationship(foreign_keys=[asked_id])
    __mapper_args__ = {"version_id_col": version}

    @property
    def stood_in(self) -> bool:
        """Whether somebody else than the pairing's own helper comes."""
        return self.helper_id != self.pairing.helper_id

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.pairing.scope_path

    @property
    def account_id(self) -> int | None:
        """The plan is the pairing's helper's own."""
        return self.pairing.account_id

    @property
    def told(self) -> bool:
        """Whether the helper has heard of the pairing."""
        return self.pairing.told


class SchoolDates(db.Base):
    """Holidays or a week of exams of the county's schools: both days count."""

    __tablename__ = "school_dates"
    __table_args__ = (
        CheckConstraint("ends >= starts", name="dates"),
        Index("ix_school_dates_county_id_starts", "county_id", "starts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[DatesKind] = mapped_column(db.choice(DatesKind))
    starts: Mapped[date]
    ends: Mapped[date]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    county: Mapped[Region] = relationship()

    @property
    def scope_path(self) -> str:
        """They hold for the whole county."""
        return self.county.path
