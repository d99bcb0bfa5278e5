"""What guardians have asked about a child's data, files asked for beyond one's area, and signs of
risk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.models import RoleHolding
from jiedui.children.models import Child, Guardian
from jiedui.children.rules import RevealReason, RiskLevel
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.files.rules import MOST_DAYS, AccessState, Asked, Ground, How, Outcome
from jiedui.files.rules.watching import Sign


class DataRequest(db.Base):
    """One request of a guardian, and the written answer. It is answered once; what is granted
    only in part, or not, has its ground."""

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(outcome IS NULL) = (answer IS NULL)", name="in_writing"),
        CheckConstraint(
            "(ground IS NOT NULL) = (outcome IS NOT NULL AND outcome <> 'granted')", name="grounds"
        ),
        CheckConstraint("due_on > received_on", name="clock"),
        CheckConstraint(
            "(clear_on IS NOT NULL) = (asked = 'delete' AND outcome IS NOT NULL"
            " AND outcome = 'granted')",
            name="clearing",
        ),
        Index(
            "ix_data_request_open",
            "county_id",
            "due_on",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    asked: Mapped[Asked] = mapped_column(db.choice(Asked))
    how: Mapped[How] = mapped_column(db.choice(How))
    words: Mapped[str] = mapped_column(db.Sealed("data_request.words"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Outcome | None] = mapped_column(db.choice(Outcome))
    ground: Mapped[Ground | None] = mapped_column(db.choice(Ground))
    answer: Mapped[str | None] = mapped_column(db.Sealed("data_request.answer"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # The day on which the file's identity is cleared, of a deletion that was granted.
    clear_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    child: Mapped[Child] = relationship()
    guardian: Mapped[Guardian] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path

    @property
    def code(self) -> str:
        """How the request is spoken of."""
        return f"Q-{self.id:04d}"


class FileAccess(db.Base):
    """One file that somebody beyond its area asks to read, in one role, for some days; `child_id`
    is empty where the number is that of no open file of the county. What opens it is a grant."""

    __tablename__ = "file_access"
    __table_args__ = (
        CheckConstraint(
            "decided_by IS NULL OR (decided_by <> asked_by AND decided_as <> asked_by)",
            name="two_persons",
        ),
        CheckConstraint(f"asked_days BETWEEN 1 AND {MOST_DAYS}", name="term"),
        CheckConstraint("given_days IS NULL OR given_days BETWEEN 1 AND asked_days", name="given"),
        CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)"
            " AND (decided_by IS NULL) = (decided_as IS NULL)",
            name="decided",
        ),
        CheckConstraint("(state IN ('open', 'ended')) = (given_days IS NOT NULL)", name="opened"),
        CheckConstraint("(state = 'refused') = (answer IS NOT NULL)", name="refused"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("state = 'asked' OR child_id IS NOT NULL", name="known"),
        Index("ix_file_access_county_id_state", "county_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), index=True)
    # As who asked reads it again: the file number, or the identity number masked.
    asked_for: Mapped[str] = mapped_column(db.Sealed("file_access.asked_for"))
    reason: Mapped[RevealReason] = mapped_column(db.choice(RevealReason))
    words: Mapped[str] = mapped_column(db.Sealed("file_access.words"))
    state: Mapped[AccessState] = mapped_column(db.choice(AccessState), default=AccessState.asked)
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    holding_id: Mapped[int] = mapped_column(ForeignKey("role_holding.id"))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    asked_days: Mapped[int]
    given_days: Mapped[int | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_as: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answer: Mapped[str | None] = mapped_column(db.Sealed("file_access.answer"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    child: Mapped[Child | None] = relationship()
    holding: Mapped[RoleHolding] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def until(self) -> date:
        """The last day: the one asked for, or the earlier one that was given."""
        return self.asked_on + timedelta(days=self.given_days or self.asked_days)

    @property
    def account_id(self) -> int:
        """It is who asked's own."""
        return self.asked_by

    @property
    def scope_path(self) -> str:
        """Where the child lives: who is in charge there decides. Of no file there is nobody."""
        if self.child is None:
            raise Missing
        return self.child.scope_path

    @property
    def code(self) -> str:
        """How it is spoken of."""
        return f"A-{self.id:04d}"


class RiskWatch(db.Base):
    """The signs of risk of one open file as the night found them, and who has looked. `answered`
    is the sum beyond which a rise is told again; `looked_on` the last day somebody looked."""

    __tablename__ = "risk_watch"
    __table_args__ = (
        Index("ix_risk_watch_county_id_points", "county_id", "points"),
        CheckConstraint("points >= 0 AND answered >= 0", name="points"),
    )

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    points: Mapped[int]
    level: Mapped[RiskLevel] = mapped_column(db.choice(RiskLevel))
    found: Mapped[list[str]] = mapped_column(JSON)
    counted_on: Mapped[date]
    answered: Mapped[int] = mapped_column(default=0)
    looked_on: Mapped[date | None]
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    child: Mapped[Child] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def id(self) -> int:
        """The child's: a file has one."""
        return self.child_id

    @property
    def signs(self) -> list[Sign]:
        """What adds up to its points."""
        return [Sign(one) for one in self.found]

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
