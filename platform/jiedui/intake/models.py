"""Tables of uploaded sheets and their rows; what they say lies sealed and is gone after a month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from jiedui.core import db
from jiedui.core.jobs import Job
from jiedui.intake.rules import Choice, SheetState, Verdict
from jiedui.regions.models import Region


class ImportBatch(db.Base):
    """One uploaded sheet. `kind` names its importer; `region_id` is whose rows it may hold;
    `layout` says at which place of a row each field stands, `heads` what the file calls them."""

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_county_id_kind_state", "county_id", "kind", "state"),
        Index("ix_import_batch_fingerprint", "county_id", "kind", "fingerprint"),
        CheckConstraint(
            "state NOT IN ('taking', 'taken') OR taken_by IS NOT NULL", name="taken_by"
        ),
        CheckConstraint("(state = 'taken') = (taken_at IS NOT NULL)", name="taken_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[SheetState] = mapped_column(db.choice(SheetState), default=SheetState.uploaded)
    fingerprint: Mapped[str] = mapped_column(String(64))
    file: Mapped[bytes | None] = deferred(
        mapped_column(db.SealedBytes("import_batch.file"), nullable=True)
    )
    heads: Mapped[Any] = mapped_column(db.SealedJson("import_batch.heads"))
    layout: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fault: Mapped[str | None] = mapped_column(String(40))
    fault_what: Mapped[str] = mapped_column(String(400), default="")
    total: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    acting_for: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    emptied_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    job: Mapped[Job | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Whose rows it holds."""
        return self.region.path

    @property
    def office(self) -> str | None:
        """The office that brought it."""
        return self.options.get("office")

    @property
    def account_id(self) -> int | None:
        """Whoever uploaded it."""
        return self.uploaded_by


class ImportRow(db.Base):
    """One row of a sheet. `cells` are in the file's order; `key` is a blind index of what may stand
    in the sheet once only; `problems` are codes by field, never values."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "line"),
        Index("ix_import_row_batch_id_verdict", "batch_id", "verdict"),
        Index("ix_import_row_batch_id_key", "batch_id", "key"),
        CheckConstraint("(choice = 'same person') = (chosen_id IS NOT NULL)", name="chosen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    line: Mapped[int]
    cells: Mapped[Any | None] = mapped_column(db.SealedJson("import_row.cells"))
    verdict: Mapped[Verdict] = mapped_column(db.choice(Verdict), default=Verdict.waiting)
    key: Mapped[str | None] = mapped_column(String(64))
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    candidates: Mapped[list[int]] = mapped_column(JSON, default=list)
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    choice: Mapped[Choice | None] = mapped_column(db.choice(Choice))
    chosen_id: Mapped[int | None]
    taken: Mapped[bool] = mapped_column(default=False)
    object_id: Mapped[int | None]

    batch: Mapped[ImportBatch] = relationship()

    @property
    def county_id(self) -> int:
        """The county of its sheet."""
        return self.batch.county_id

    @property
    def scope_path(self) -> str:
        """Whose row it is."""
        return self.batch.scope_path

    @property
    def office(self) -> str | None:
        """The office of its sheet."""
        return self.batch.office

    @property
    def kind(self) -> str:
        """The kind of its sheet."""
        return self.batch.kind

    @property
    def unit_id(self) -> int | None:
        """The unit of its sheet."""
        return self.batch.unit_id
