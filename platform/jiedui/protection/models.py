"""Tables of reports and of suggestions and complaints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.protection.rules import ReportOutcome, ReportState
from jiedui.regions.models import Region


class Report(db.Base):
    """What a worried person said. Words, place and name lie sealed; nothing in it is needed."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_county_id_state", "county_id", "state"),
        CheckConstraint("(state = 'handled') = (outcome IS NOT NULL)", name="outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    number: Mapped[str] = mapped_column(String(12), unique=True)
    what: Mapped[str] = mapped_column(db.Sealed("report.what"))
    where: Mapped[str] = mapped_column(db.Sealed("report.where"))
    reporter: Mapped[str] = mapped_column(db.Sealed("report.reporter"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    reporter_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Helpers are an upper room: only kind and number stand here.
    about_kind: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[int | None]
    state: Mapped[ReportState] = mapped_column(db.choice(ReportState))
    received_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    outcome: Mapped[ReportOutcome | None] = mapped_column(db.choice(ReportOutcome))
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handled_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answer: Mapped[str | None] = mapped_column(db.Sealed("report.answer"))
    version: Mapped[int] = mapped_column()

    region: Mapped[Region | None] = relationship(foreign_keys=[region_id])
    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """A report belongs to the county, whatever place it names."""
        return self.county.path


class Feedback(db.Base):
    """A suggestion or complaint about the portal (意见建议)."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    text: Mapped[str] = mapped_column(db.Sealed("feedback.text"))
    contact: Mapped[str] = mapped_column(db.Sealed("feedback.contact"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
