"""The ledger of sessions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import Account
from jiedui.activities.models import ActivityMeeting
from jiedui.activities.rules import ActivityKind
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelpKind, Subject
from jiedui.hours.rules import (
    HOLDING,
    Book,
    DisputeReason,
    EntryState,
    Evidence,
    HeldFor,
    Mood,
    Progress,
    SessionKind,
    may_withdraw,
)
from jiedui.pairings.models import Pairing
from jiedui.partners.models import Place
from jiedui.regions.models import Region

_HOLDING = text("state IN ({})".format(", ".join(f"'{e.value}'" for e in HOLDING)))

_NEW = text("looked_at IS NULL")
_OPEN = text("answered_at IS NULL")


class ServiceSession(db.Base):
    """One entry of the ledger: a session, or (minutes below nothing) what reverses one.

    What an entry counts is never changed and no entry goes; a correction is a reversing entry and
    a new one that names the one it replaces. That, and that no two entries of one helper hold the
    same time, is held by the database (0002, 0028). An entry belongs to
    a pairing, or to a meeting of an activity (0031)."""

    __tablename__ = "service_session"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="length"),
        CheckConstraint("(pairing_id IS NULL) <> (meeting_id IS NULL)", name="belongs"),
        CheckConstraint(
            "(state <> 'reversal' AND minutes BETWEEN 1 AND 480)"
            " OR (state = 'reversal' AND minutes BETWEEN -480 AND -1)",
            name="minutes",
        ),
        CheckConstraint("(state = 'reversal') = (reverses IS NOT NULL)", name="reversal"),
        CheckConstraint(
            "evidence <> 'listed' OR verified_by IS NOT NULL OR state = 'reversal'", name="listed"
        ),
        CheckConstraint("evidence = 'listed' OR verified_by IS NULL", name="verified"),
        CheckConstraint(
            "evidence <> 'checked_in' OR state = 'reversal' OR code_id IS NOT NULL"
            " OR stay_id IS NOT NULL",
            name="checked_in",
        ),
        CheckConstraint("state <> 'disputed' OR dispute_reason IS NOT NULL", name="disputed"),
        CheckConstraint("state <> 'held' OR held_for IS NOT NULL", name="held"),
        CheckConstraint("verified_by IS NULL OR verified_by <> logged_by", name="two_persons"),
        Index("ix_service_session_helper_id_start_at", "helper_id", "start_at"),
        Index("ix_service_session_pairing_id", "pairing_id"),
        Index("ix_service_session_meeting_id", "meeting_id"),
        Index("ix_service_session_county_id_on", "county_id", "on"),
        Index(
            "ix_service_session_new", "county_id", "id",
            sqlite_where=_NEW, postgresql_where=_NEW,
        ),
        Index(
            "uq_service_session_helper_start", "helper_id", "start_at",
            unique=True, sqlite_where=_HOLDING, postgresql_where=_HOLDING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("activity_meeting.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    kind: Mapped[SessionKind] = mapped_column(db.choice(SessionKind))
    book: Mapped[Book] = mapped_column(db.choice(Book))
    on: Mapped[date]
    start_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    minutes: Mapped[int]
    at_place: Mapped[str] = mapped_column(db.Sealed("service_session.at_place"), default="")
    note: Mapped[str] = mapped_column(db.Sealed("service_session.note"), default="")
    subject: Mapped[Subject | None] = mapped_column(db.choice(Subject))
    progress: Mapped[Progress | None] = mapped_column(db.choice(Progress))
    mood: Mapped[Mood | None] = mapped_column(db.choice(Mood))
    evidence: Mapped[Evidence] = mapped_column(db.choice(Evidence))
    state: Mapped[EntryState] = mapped_column(db.choice(EntryState))
    held_for: Mapped[HeldFor | None] = mapped_column(db.choice(HeldFor))
    logged_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    logged_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verified_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    disputed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    dispute_reason: Mapped[DisputeReason | None] = mapped_column(db.choice(DisputeReason))
    # When the nightly checks have looked at it.
    looked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    # Keyed marks of the devices it was logged and verified on, for ninety days.
    device: Mapped[str | None] = mapped_column(String(64))
    verified_device: Mapped[str | None] = mapped_column(String(64))
    replaces: Mapped[int | None] = mapped_column(ForeignKey("service_session.id"), unique=True)
    reverses: Mapped[int | None] = mapped_column(ForeignKey("service_session.id"), unique=True)
    # What it was checked in by. A code and a stay are used by one session, once.
    code_id: Mapped[int | None] = mapped_column(ForeignKey("session_code.id"), unique=True)
    stay_id: Mapped[int | None] = mapped_column(ForeignKey("place_stay.id"), unique=True)
    version: Mapped[int] = mapped_column()

    pairing: Mapped[Pairing | None] = relationship()
    meeting: Mapped[ActivityMeeting | None] = relationship()
    helper: Mapped[Helper] = relationship(foreign_keys=[helper_id])
    logger: Mapped[Account] = relationship(foreign_keys=[logged_by])
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child's household lives, or where the activity is held."""
        return self._belongs_to.scope_path

    @property
    def _belongs_to(self) -> Pairing | ActivityMeeting:
        one = self.pairing or self.meeting
        if one is None:
            raise ValueError("a session of nothing")
        return one

    @property
    def what(self) -> HelpKind | ActivityKind:
        """Which kind of help it was."""
        one = self._belongs_to
        return one.need.kind if isinstance(one, Pairing) else one.activity.kind

    @property
    def region(self) -> Region:
        """The village of the child, or where the activity's place lies."""
        one = self._belongs_to
        if isinstance(one, Pairing):
            return one.need.household.village
        return one.activity.place.region

    @property
    def place(self) -> Place | None:
        """The place where both meet, if there is one."""
        one = self._belongs_to
        return one.need.place if isinstance(one, Pairing) else one.activity.place

    @property
    def account_id(self) -> int | None:
        """A session is its helper's own."""
        return self.helper.account_id

    @property
    def stood_in(self) -> bool:
        """Whether somebody else than the pairing's own helper was there."""
        return self.pairing is not None and self.helper_id != self.pairing.helper_id

    @property
    def may_go_back(self) -> bool:
        """Whether who logged it may take it back."""
        return may_withdraw(self.evidence, self.state)


class Objection(db.Base):
    """A helper stands by a session that does not agree: somebody else than who disputed it answers
    within ten working days."""

    __tablename__ = "session_objection"
    __table_args__ = (
        Index(
            "uq_session_objection_open", "session_id",
            unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered"),
        CheckConstraint("(answered_at IS NULL) = (upheld IS NULL)", name="upheld"),
        CheckConstraint("answered_by IS NULL OR answered_by <> raised_by", name="two_persons"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("service_session.id"))
    words: Mapped[str] = mapped_column(db.Sealed("session_objection.words"))
    raised_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    raised_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    due: Mapped[date]
    upheld: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(db.Sealed("session_objection.answer"))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    session: Mapped[ServiceSession] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.session.scope_path
