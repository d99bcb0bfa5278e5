"""Tables of pairings: one row from publishing to its end, its moves, and calls made about it."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import Office
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.models.rounds import Suggestion
from jiedui.pairings.rules import (
    LIVING,
    CallFor,
    CallOutcome,
    CloseReason,
    PairingState,
    PauseReason,
    RejectReason,
    Wanted,
)
from jiedui.pairings.rules.legacy import PairForm

_LIVING = text("state IN ({})".format(", ".join(f"'{s.value}'" for s in sorted(LIVING))))
_LEADING = text(f"lead AND {_LIVING.text}")


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
        Index(
            "uq_pairing_need_lead", "need_id",
            unique=True, sqlite_where=_LEADING, postgresql_where=_LEADING,
        ),
        CheckConstraint("need_seat BETWEEN 1 AND 5", name="need_seat"),
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
    # Whom the others of a team turn to; it says nothing where there is no team.
    lead: Mapped[bool] = mapped_column(default=False)
    slot: Mapped[int | None]
    state: Mapped[PairingState] = mapped_column(db.choice(PairingState))
    office: Mapped[Office] = mapped_column(db.choice(Office))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    score: Mapped[int | None]
    km: Mapped[float | None]
    minutes: Mapped[int | None]
    # The share of each part of the score as it was when the pair was proposed: what endings teach
    # by. Numbers between 0 and 1, no identity.
    features: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
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
    wanted_by: Mapped[Wanted | None] = mapped_column(db.choice(Wanted))
    # The day on which the two say goodbye: an ending without one hurts a child.
    goodbye_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    # What a list from before the portal calls it; the portal itself counts pairs.
    form: Mapped[PairForm | None] = mapped_column(db.choice(PairForm))
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

    @property
    def told(self) -> bool:
        """Whether the helper has heard of it: only what an office approved concerns them."""
        return self.state not in (PairingState.proposed, PairingState.rejected)


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
