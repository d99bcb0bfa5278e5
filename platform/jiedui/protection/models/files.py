"""A photo or a voice message that came with a report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.protection.models.reports import Report
from jiedui.protection.rules.files import PICTURES, FileKind


class ReportFile(db.Base):
    """One file, sealed, read only when somebody opens it."""

    __tablename__ = "report_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[FileKind] = mapped_column(db.choice(FileKind))
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    content: Mapped[bytes] = mapped_column(db.SealedBytes("report_file.content"), deferred=True)

    report: Mapped[Report] = relationship()

    @property
    def picture(self) -> bool:
        """Whether it is looked at; else it is heard."""
        return self.kind in PICTURES

    @property
    def scope_path(self) -> str:
        """A report belongs to the county."""
        return self.report.scope_path
