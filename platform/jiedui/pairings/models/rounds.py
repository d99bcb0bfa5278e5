"""Tables of rounds: lists, their pairs, who was left, verdicts on pairs, marks and rankings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.core.jobs import Job
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.models.scoring import ScoringVersion
from jiedui.pairings.rules.reasons import Gap
from jiedui.pairings.rules.rounds import RemoveReason, RoundKind, RoundState, SuggestionState
from jiedui.regions.models import Region


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
    # The learned weights it was made with; NULL: the county's own.
    scoring_id: Mapped[int | None] = mapped_column(ForeignKey("scoring_version.id"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    job: Mapped[Job | None] = relationship()
    scoring: Mapped[ScoringVersion | None] = relationship()
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
    """A need of a round that nobody was suggested for, what stood in the way, and what else can
    be done. `change` is NULL until the smallest change has been looked for."""

    __tablename__ = "unmet"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    barriers: Mapped[Any] = mapped_column(JSON)
    change: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    # counts of helpers online, of social workers, of those who come later or are full; a Home
    ways: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))

    round: Mapped[Round] = relationship()
    need: Mapped[Need] = relationship()


class MissingDatum(db.Base):
    """A datum of a need or a helper that the last list did not know, and how many possible pairs
    would be surer with it: to be filled in, no mismatch."""

    __tablename__ = "missing_datum"
    __table_args__ = (
        UniqueConstraint("need_id", "datum"),
        UniqueConstraint("helper_id", "datum"),
        CheckConstraint("(need_id IS NULL) <> (helper_id IS NULL)", name="side"),
        CheckConstraint("pairs > 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("helper.id"))
    datum: Mapped[Gap] = mapped_column(db.choice(Gap))
    pairs: Mapped[int]

    need: Mapped[Need | None] = relationship()
    helper: Mapped[Helper | None] = relationship()


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
