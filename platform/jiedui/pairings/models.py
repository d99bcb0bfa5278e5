"""Tables of rounds, suggestions, pairings and what was said and decided about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import Office
from jiedui.core import db
from jiedui.core.jobs import Job
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.rules import (
    LIVING,
    CallFor,
    CallOutcome,
    CloseReason,
    PairingState,
    PauseReason,
    RejectReason,
)
from jiedui.pairings.rules.rounds import RemoveReason, RoundKind, RoundState, SuggestionState
from jiedui.regions.models import Region

_LIVING = text("state IN ({})".format(", ".join(f"'{s.value}'" for s in sorted(LIVING))))


class Round(db.Base):
    """One matching of all open needs and cleared helpers of a county or a township."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("(kind = 'timer') = (started_by IS NULL)", name="starter"),
        Index("ix_round_county_id_state", "county_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[RoundKind] = mapped_column(db.choice(RoundKind))
    started_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    state: Mapped[RoundState] = mapped_column(db.choice(RoundState))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    figures: Mapped[Any | None] = mapped_column(JSON)
    solver: Mapped[str] = mapped_column(String(60), default="")
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    job: Mapped[Job | None] = relationship()
    suggestions: Mapped[list[Suggestion]] = relationship(
        back_populates="round", order_by="Suggestion.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """The county or township it is about."""
        return self.region.path


class RoundClaim(db.Base):
    """A need or helper stands in at most one open round: its row here is taken while it is open."""

    __tablename__ = "round_claim"
    __table_args__ = (UniqueConstraint("kind", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    object_id: Mapped[int]


class Suggestion(db.Base):
    """One suggested pair of a draft, with the engine's reasons as codes and numbers."""

    __tablename__ = "suggestion"
    __table_args__ = (
        Index("ix_suggestion_round_id_state", "round_id", "state"),
        CheckConstraint("(state = 'removed') = (remove_reason IS NOT NULL)", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    slot: Mapped[int | None]
    score: Mapped[int]
    km: Mapped[float | None]
    minutes: Mapped[int | None]
    # parts, common_slots, alternatives on both sides, cost to the whole, certainty, missing
    reasons: Mapped[Any] = mapped_column(JSON)
    state: Mapped[SuggestionState] = mapped_column(db.choice(SuggestionState))
    remove_reason: Mapped[RemoveReason | None] = mapped_column(db.choice(RemoveReason))
    # A pair that a person made or changed has a human proposer, who may not approve it.
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    round: Mapped[Round] = relationship(back_populates="suggestions")
    need: Mapped[Need] = relationship()
    helper: Mapped[Helper] = relationship()

    @property
    def scope_path(self) -> str:
        """A suggestion lies where its list does."""
        return self.round.scope_path


class Unmet(db.Base):
    """A need of a round that nobody was suggested for, and what stood in the way."""

    __tablename__ = "unmet"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    barriers: Mapped[Any] = mapped_column(JSON)
    change: Mapped[Any | None] = mapped_column(JSON)

    need: Mapped[Need] = relationship()


class Verdict(db.Base):
    """A pair that is not to be suggested again: removed, rejected, refused, or ended for cause.
    The next round knows."""

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("need_id", "helper_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    reason: Mapped[str] = mapped_column(String(40))
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    until: Mapped[date | None]


class Willing(db.Base):
    """A card that a cleared helper marked 愿意: a bounded bonus, never a claim."""

    __tablename__ = "willing"
    __table_args__ = (UniqueConstraint("helper_id", "need_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    need: Mapped[Need] = relationship()
    helper: Mapped[Helper] = relationship()


class Ranking(db.Base):
    """The answer to one person's question: the ranked helpers for a need, or needs for a helper.
    Worked out by a worker, stored, and valid for the day."""

    __tablename__ = "ranking"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("helper.id"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    answer: Mapped[Any | None] = mapped_column(JSON)

    need: Mapped[Need | None] = relationship()
    helper: Mapped[Helper | None] = relationship()
    job: Mapped[Job | None] = relationship()


class Pairing(db.Base):
    """One pair from publishing to its end. A living one holds the helper's seat and slot and the
    need's place: partial unique indexes refuse a second holder on both databases."""

    __tablename__ = "pairing"
    __table_args__ = (
        ForeignKeyConstraint(
            ["helper_id", "seat"],
            ["helper_seat.helper_id", "helper_seat.seat"],
            name="fk_pairing_seat",
        ),
        Index(
            "uq_pairing_helper_seat", "helper_id", "seat",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
        Index(
            "uq_pairing_helper_slot", "helper_id", "slot",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
        Index(
            "uq_pairing_need_place", "need_id", "need_seat",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
        Index(
            "uq_pairing_need_helper", "need_id", "helper_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
        Index("ix_pairing_county_id_state", "county_id", "state"),
        Index("ix_pairing_helper_id_state", "helper_id", "state"),
        CheckConstraint("slot IS NULL OR slot BETWEEN 0 AND 20", name="slot"),
        CheckConstraint("need_seat BETWEEN 1 AND 3", name="need_seat"),
        # A goodbye under way may pause (a paper runs out) and keeps the reason it ends for.
        CheckConstraint(
            "state NOT IN ('closing', 'closed') OR close_reason IS NOT NULL", name="close_reason"
        ),
        CheckConstraint(
            "close_reason IS NULL OR state IN ('closing', 'closed', 'paused')", name="closing"
        ),
        CheckConstraint("(state = 'paused') = (pause_reason IS NOT NULL)", name="pause_reason"),
        CheckConstraint("(state = 'rejected') = (reject_reason IS NOT NULL)", name="reject_reason"),
        CheckConstraint(
            "state IN ('proposed', 'rejected', 'expired', 'legacy', 'closed', 'closing', 'paused')"
            " OR approved_by IS NOT NULL",
            name="approved",
        ),
        CheckConstraint(
            "state NOT IN ('trial', 'active') OR first_meeting_on IS NOT NULL", name="met"
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    need_seat: Mapped[int]
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    seat: Mapped[int]
    slot: Mapped[int | None]
    state: Mapped[PairingState] = mapped_column(db.choice(PairingState))
    office: Mapped[Office] = mapped_column(db.choice(Office))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    score: Mapped[int | None]
    km: Mapped[float | None]
    minutes: Mapped[int | None]
    proposed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    # Who made or changed the pair, or started its round by hand: may not approve it.
    proposers: Mapped[Any] = mapped_column(JSON)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_for: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answer_by: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ready_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    first_meeting_on: Mapped[date | None]
    accompanied_by: Mapped[str | None] = mapped_column(db.Sealed("pairing.accompanied_by"))
    paused_from: Mapped[str | None] = mapped_column(String(40))
    pause_reason: Mapped[PauseReason | None] = mapped_column(db.choice(PauseReason))
    reject_reason: Mapped[RejectReason | None] = mapped_column(db.choice(RejectReason))
    close_reason: Mapped[CloseReason | None] = mapped_column(db.choice(CloseReason))
    # The day on which the two say goodbye: an ending without one hurts a child.
    goodbye_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    need: Mapped[Need] = relationship()
    helper: Mapped[Helper] = relationship(foreign_keys=[helper_id])
    suggestion: Mapped[Suggestion | None] = relationship()
    moves: Mapped[list[PairingMove]] = relationship(
        back_populates="pairing", order_by="PairingMove.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a pairing is spoken of."""
        return f"P-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.need.scope_path

    @property
    def account_id(self) -> int | None:
        """A pairing is its helper's own."""
        return self.helper.account_id


class PairingMove(db.Base):
    """One step of a pairing's life: from, to, who, when, why. Never changed."""

    __tablename__ = "pairing_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    old: Mapped[str | None] = mapped_column(String(40))
    new: Mapped[PairingState] = mapped_column(db.choice(PairingState))
    reason: Mapped[str | None] = mapped_column(String(40))
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    acting_for: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    via: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    pairing: Mapped[Pairing] = relationship(back_populates="moves")


class Call(db.Base):
    """One call to somebody without an account, and what came of it."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    what_for: Mapped[CallFor] = mapped_column(db.choice(CallFor))
    outcome: Mapped[CallOutcome] = mapped_column(db.choice(CallOutcome))
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    again_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    pairing: Mapped[Pairing] = relationship()
