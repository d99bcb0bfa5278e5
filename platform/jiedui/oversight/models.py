"""What a county has set, runs, and their receipts: the proof of what was cleared; where more places
for children were worked out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.oversight.rules import DataClass
from jiedui.regions.models import Region

OPEN = text("finished_at IS NULL")


class RetentionTerm(db.Base):
    """How long a county keeps a class of data, in the class's own unit. Nothing is cleared by it
    before `clears_from`: until then everybody sees what would be."""

    __tablename__ = "retention_term"
    __table_args__ = (
        UniqueConstraint("county_id", "data"),
        CheckConstraint("amount > 0", name="amount"),
        # The floors that laws name, as the code has them (rules/terms.py).
        CheckConstraint("data <> 'report' OR amount >= 240", name="report_floor"),
        CheckConstraint("data <> 'export' OR amount >= 36", name="export_floor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    data: Mapped[DataClass] = mapped_column(db.choice(DataClass))
    amount: Mapped[int]
    clears_from: Mapped[date]
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """The county."""
        return self.county.path


class RetentionRun(db.Base):
    """One run over a county. A run that was stopped is gone on with: there is one open one."""

    __tablename__ = "retention_run"
    __table_args__ = (
        Index("uq_retention_run_open", "county_id", unique=True, sqlite_where=OPEN,
              postgresql_where=OPEN),
        CheckConstraint("finished_at IS NULL OR finished_at >= started_at", name="dates"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    started_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    county: Mapped[Region] = relationship()
    receipts: Mapped[list[RetentionReceipt]] = relationship(
        back_populates="run", order_by="RetentionReceipt.id"
    )

    @property
    def scope_path(self) -> str:
        """The county."""
        return self.county.path

    @property
    def code(self) -> str:
        """How the run is spoken of."""
        return f"L-{self.id:04d}"


class RetentionReceipt(db.Base):
    """How many of a class a run has cleared, of what happened before when; and how many were due
    and had to be kept. Counts only: what is cleared is not named anywhere."""

    __tablename__ = "retention_receipt"
    __table_args__ = (
        UniqueConstraint("run_id", "data"),
        CheckConstraint("cleared >= 0 AND kept >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("retention_run.id"))
    data: Mapped[DataClass] = mapped_column(db.choice(DataClass))
    before: Mapped[datetime] = mapped_column(db.UtcDateTime)
    cleared: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)

    run: Mapped[RetentionRun] = relationship(back_populates="receipts")


class SitePlan(db.Base):
    """Somebody asked where so many more places would bring most children near; the answer, once a
    worker has found it, as villages and figures. One is worked out for a region at a time."""

    __tablename__ = "site_plan"
    __table_args__ = (
        Index("uq_site_plan_open", "region_id", unique=True,
              sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
        CheckConstraint("places BETWEEN 1 AND 20", name="places"),
        CheckConstraint("minutes > 0 AND detour >= 100", name="walk"),
        CheckConstraint("(done_at IS NULL) = (before IS NULL)", name="before"),
        CheckConstraint("(done_at IS NULL) = (after IS NULL)", name="after"),
        CheckConstraint("after >= before AND total >= after", name="figures"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    places: Mapped[int]
    minutes: Mapped[int]
    detour: Mapped[int]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    before: Mapped[int | None]
    after: Mapped[int | None]
    total: Mapped[int | None]
    proven: Mapped[bool | None]
    # [[village, children, [villages]], ...], the most useful first.
    answer: Mapped[Any | None] = mapped_column(JSON)

    region: Mapped[Region] = relationship(foreign_keys=[region_id])

    @property
    def scope_path(self) -> str:
        """For which region."""
        return self.region.path
