"""Tables of cases: what is done about a report, step by step, and who broke the seal of one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.protection.models.reports import Report
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import (
    LegalGround,
    LookReason,
    Placement,
    Situation,
    Skip,
    Stage,
    Suspect,
)
from jiedui.regions.models import Region

ONCE = text("stage NOT IN ('followed up', 'closing', 'closed')")


class ProtectionCase(db.Base):
    """What is done about one report. `due_at` is when the clock of the next step runs out."""

    __tablename__ = "protection_case"
    __table_args__ = (
        CheckConstraint("(stage = 'closed') = (closed_by IS NOT NULL)", name="closed"),
        CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        CheckConstraint("(stage = 'closed') = (due_at IS NULL)", name="due"),
        CheckConstraint("closed_by IS NULL OR closed_by <> proposed_by", name="second_person"),
        CheckConstraint(
            "closed_by IS NULL OR written_by IS NULL OR closed_by <> written_by",
            name="another_hand",
        ),
        CheckConstraint(
            "(stage IN ('closing', 'closed')) = (proposed_by IS NOT NULL)", name="proposed"
        ),
        CheckConstraint("(proposed_by IS NULL) = (outcome IS NULL)", name="outcome"),
        CheckConstraint(
            "township_told_at IS NULL OR suspect NOT IN ('village worker', 'township worker')",
            name="county_only",
        ),
        Index("ix_protection_case_county_id_stage", "county_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), unique=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    stage: Mapped[Stage] = mapped_column(db.choice(Stage))
    situation: Mapped[Situation] = mapped_column(db.choice(Situation))
    suspect: Mapped[Suspect] = mapped_column(db.choice(Suspect))
    sealed: Mapped[bool] = mapped_column(default=False)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    township_told_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Whose hand it was, where `proposed_by` is whom a deputy acted for.
    written_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[ReportOutcome | None] = mapped_column(db.choice(ReportOutcome))
    answer: Mapped[str | None] = mapped_column(db.Sealed("protection_case.answer"))
    reply: Mapped[str | None] = mapped_column(db.Sealed("protection_case.reply"))
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    report: Mapped[Report] = relationship()
    region: Mapped[Region | None] = relationship(foreign_keys=[region_id])
    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    steps: Mapped[list[CaseStep]] = relationship(back_populates="case", order_by="CaseStep.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """A case belongs to the county, whatever place it names."""
        return self.county.path

    @property
    def hands(self) -> set[int | None]:
        """Whose proposal it is to close it, and who wrote that for them: neither closes it."""
        return {self.proposed_by, self.written_by}

    def late(self, now: datetime) -> bool:
        """Whether the clock of its next step has run out."""
        return self.due_at is not None and self.due_at < now


class CaseStep(db.Base):
    """One entry in the story of a case: done at an instant, or left out with a reason."""

    __tablename__ = "case_step"
    __table_args__ = (
        Index("uq_case_step_once", "case_id", "stage", unique=True, sqlite_where=ONCE,
              postgresql_where=ONCE),
        CheckConstraint(
            "skipped IS NULL OR stage IN ('police told', 'placed', 'planned', 'intervened',"
            " 'followed up')",
            name="may_be_skipped",
        ),
        CheckConstraint(
            "(stage = 'intervened' AND skipped IS NULL) = (ground IS NOT NULL)", name="ground"
        ),
        CheckConstraint(
            "(stage = 'placed' AND skipped IS NULL) = (placement IS NOT NULL)", name="placement"
        ),
        CheckConstraint(
            "(stage = 'police told' AND skipped IS NULL) = (officer IS NOT NULL)", name="officer"
        ),
        CheckConstraint("skipped IS NULL OR words IS NOT NULL", name="reason"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    case_id: Mapped[int] = mapped_column(
        ForeignKey("protection_case.id", ondelete="CASCADE"), index=True
    )
    stage: Mapped[Stage] = mapped_column(db.choice(Stage))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    skipped: Mapped[Skip | None] = mapped_column(db.choice(Skip))
    placement: Mapped[Placement | None] = mapped_column(db.choice(Placement))
    ground: Mapped[LegalGround | None] = mapped_column(db.choice(LegalGround))
    officer: Mapped[str | None] = mapped_column(db.Sealed("case_step.officer"))
    number: Mapped[str | None] = mapped_column(db.Sealed("case_step.number"))
    words: Mapped[str | None] = mapped_column(db.Sealed("case_step.words"))

    case: Mapped[ProtectionCase] = relationship(back_populates="steps")


class CaseLook(db.Base):
    """Somebody broke the seal of a case, and why; it stays open to them for some hours."""

    __tablename__ = "case_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    case_id: Mapped[int] = mapped_column(
        ForeignKey("protection_case.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[LookReason] = mapped_column(db.choice(LookReason))
    words: Mapped[str] = mapped_column(db.Sealed("case_look.words"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
