"""Tables of agreements by which children are entrusted to a carer, and of scans of signed ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.entrustment import (
    Aspect,
    Declared,
    EndReason,
    Exclusion,
    Fit,
    Heard,
    LeaveReason,
    PaperState,
)
from jiedui.children.models import Child, Guardian, Household
from jiedui.core import db
from jiedui.core.scans import Scan

_DECLARED = " AND ".join(f"COALESCE(declared_{one.name}, '') = 'free'" for one in Exclusion)
_FIT = " AND ".join(f"COALESCE(fit_{one.name}, 'unfit') <> 'unfit'" for one in Aspect)


class Entrustment(db.Base):
    """An agreement between parents who leave and the one who cares for their children. What is
    not known stays empty, as on the paper. Whom the law excludes cannot stand on a signed one."""

    __tablename__ = "entrustment"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR starts IS NULL OR ends >= starts", name="dates"),
        CheckConstraint(
            "carer_id <> principal_id AND (second_id IS NULL OR"
            " (carer_id <> second_id AND principal_id <> second_id))",
            name="parties",
        ),
        CheckConstraint("monthly_fen IS NULL OR monthly_fen >= 0", name="money"),
        CheckConstraint(
            "state IN ('drafted', 'printed', 'ended', 'replaced') OR signed_on IS NOT NULL",
            name="signed",
        ),
        CheckConstraint(
            "signed_on IS NULL OR (starts IS NOT NULL AND ends IS NOT NULL AND holder IS NOT NULL)",
            name="term",
        ),
        CheckConstraint(f"signed_on IS NULL OR ({_DECLARED})", name="declared"),
        CheckConstraint(f"signed_on IS NULL OR ({_FIT})", name="fit"),
        CheckConstraint("(state = 'ended') = (end_reason IS NOT NULL)", name="ended"),
        Index("ix_entrustment_county_id_state_ends", "county_id", "state", "ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    carer_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    reason: Mapped[LeaveReason] = mapped_column(db.choice(LeaveReason))
    state: Mapped[PaperState] = mapped_column(db.choice(PaperState))
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    monthly_fen: Mapped[int | None]
    emergency_name: Mapped[str | None] = mapped_column(db.Sealed("entrustment.emergency_name"))
    emergency_phone: Mapped[str | None] = mapped_column(db.Sealed("entrustment.emergency_phone"))
    # Kinds of help (HelpKind) to which the carer may say yes for the parents.
    services: Mapped[Any] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_on: Mapped[date | None]
    signers: Mapped[Any] = mapped_column(JSON)
    holder: Mapped[str | None] = mapped_column(db.Sealed("entrustment.holder"))
    witness: Mapped[str | None] = mapped_column(db.Sealed("entrustment.witness"))
    declared_harm: Mapped[Declared | None] = mapped_column(db.choice(Declared, "declared_harm"))
    declared_habits: Mapped[Declared | None] = mapped_column(db.choice(Declared, "declared_habits"))
    declared_refused_duty: Mapped[Declared | None] = mapped_column(
        db.choice(Declared, "declared_refused_duty")
    )
    declared_unfit: Mapped[Declared | None] = mapped_column(db.choice(Declared, "declared_unfit"))
    fit_health: Mapped[Fit | None] = mapped_column(db.choice(Fit, "fit_health"))
    fit_home: Mapped[Fit | None] = mapped_column(db.choice(Fit, "fit_home"))
    fit_bond: Mapped[Fit | None] = mapped_column(db.choice(Fit, "fit_bond"))
    fit_character: Mapped[Fit | None] = mapped_column(db.choice(Fit, "fit_character"))
    told_school_on: Mapped[date | None]
    told_school: Mapped[str | None] = mapped_column(db.Sealed("entrustment.told_school"))
    told_village_on: Mapped[date | None]
    told_village: Mapped[str | None] = mapped_column(db.Sealed("entrustment.told_village"))
    end_reason: Mapped[EndReason | None] = mapped_column(db.choice(EndReason))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    household: Mapped[Household] = relationship()
    principal: Mapped[Guardian] = relationship(foreign_keys=[principal_id])
    second: Mapped[Guardian | None] = relationship(foreign_keys=[second_id])
    carer: Mapped[Guardian] = relationship(foreign_keys=[carer_id])
    of: Mapped[list[EntrustedChild]] = relationship(
        back_populates="entrustment", order_by="EntrustedChild.child_id"
    )
    scans: Mapped[list[EntrustmentScan]] = relationship(
        back_populates="entrustment", order_by="EntrustmentScan.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How the agreement is spoken of, and the number on the paper."""
        return f"W-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.household.scope_path

    @property
    def children(self) -> list[Child]:
        """The children it is for, by age."""
        return sorted((one.child for one in self.of), key=lambda child: child.birth_date)

    @property
    def principals(self) -> list[Guardian]:
        """The parents who entrust."""
        return [one for one in (self.principal, self.second) if one is not None]


class EntrustedChild(db.Base):
    """A child of an agreement. `living` while the agreement is signed and in force: a child has
    one such agreement at most."""

    __tablename__ = "entrusted_child"
    __table_args__ = (
        Index(
            "uq_entrusted_child_living",
            "child_id",
            unique=True,
            sqlite_where=text("living"),
            postgresql_where=text("living"),
        ),
    )

    entrustment_id: Mapped[int] = mapped_column(ForeignKey("entrustment.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    heard: Mapped[Heard | None] = mapped_column(db.choice(Heard))
    living: Mapped[bool] = mapped_column(default=False)

    entrustment: Mapped[Entrustment] = relationship(back_populates="of")
    child: Mapped[Child] = relationship()


class EntrustmentMove(db.Base):
    """How an agreement came into a state: never changed or taken away."""

    __tablename__ = "entrustment_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    entrustment_id: Mapped[int] = mapped_column(ForeignKey("entrustment.id"), index=True)
    old: Mapped[PaperState | None] = mapped_column(db.choice(PaperState, "old"))
    new: Mapped[PaperState] = mapped_column(db.choice(PaperState, "new"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class EntrustmentScan(Scan, db.Base):
    """A photo or scan of a signed agreement."""

    __tablename__ = "entrustment_scan"

    entrustment_id: Mapped[int] = mapped_column(ForeignKey("entrustment.id"), index=True)

    entrustment: Mapped[Entrustment] = relationship(back_populates="scans")

    @property
    def scope_path(self) -> str:
        """Where the household lives."""
        return self.entrustment.scope_path
