"""Files of identified data that leave the portal: who asked, who approved, who fetched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from jiedui.access.rules import Office
from jiedui.children.rules import Category, ExportState, RevealReason
from jiedui.core import db
from jiedui.regions.models import Region


class ChildExport(db.Base):
    """One file of children's identified data. The file lies sealed from the approval until it is
    fetched, a day at most."""

    __tablename__ = "child_export"
    __table_args__ = (
        Index("ix_child_export_county_id_state", "county_id", "state"),
        CheckConstraint(
            "approved_by IS NULL OR (approved_by <> asked_by AND approved_by <> asked_as)",
            name="two_persons",
        ),
        CheckConstraint(
            "state NOT IN ('making', 'ready', 'fetched') OR approved_by IS NOT NULL",
            name="approved",
        ),
        CheckConstraint("state = 'ready' OR file IS NULL", name="file"),
        CheckConstraint("(state = 'fetched') = (fetched_at IS NOT NULL)", name="fetched"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    category: Mapped[Category | None] = mapped_column(db.choice(Category))
    reason: Mapped[RevealReason] = mapped_column(db.choice(RevealReason))
    purpose: Mapped[str] = mapped_column(db.Sealed("child_export.purpose"))
    state: Mapped[ExportState] = mapped_column(db.choice(ExportState), default=ExportState.asked)
    rows: Mapped[int]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_as: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_office: Mapped[Office | None] = mapped_column(db.choice(Office))
    asked_region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    asked_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    fetch_until: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    fetched_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    file: Mapped[bytes | None] = deferred(
        mapped_column(db.SealedBytes("child_export.file"), nullable=True)
    )
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    asked_region: Mapped[Region] = relationship(foreign_keys=[asked_region_id])
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Whoever asked, from where: who may see the request reaches at least that far."""
        return self.asked_region.path

    @property
    def code(self) -> str:
        """How the request is spoken of."""
        return f"X-{self.id:04d}"
