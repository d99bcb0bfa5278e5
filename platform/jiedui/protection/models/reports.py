"""Tables of reports and of suggestions and complaints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.core.jobs import Job
from jiedui.protection.rules import HELPER, ReportOutcome, ReportState, read_by
from jiedui.protection.rules.case import Situation
from jiedui.regions.models import Region


class Report(db.Base):
    """What a worried person said. Words, place and name lie sealed; nothing in it is needed."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_county_id_state", "county_id", "state"),
        CheckConstraint("(state = 'handled') = (outcome IS NOT NULL)", name="outcome"),
        # Whoever looks again is somebody else than who dealt with it.
        CheckConstraint(
            "seconded_by IS NULL OR handled_by IS NULL OR seconded_by <> handled_by",
            name="seconded",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    number: Mapped[str] = mapped_column(String(12), unique=True)
    what: Mapped[str] = mapped_column(db.Sealed("report.what"))
    where: Mapped[str] = mapped_column(db.Sealed("report.where"))
    reporter: Mapped[str] = mapped_column(db.Sealed("report.reporter"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    situation: Mapped[Situation | None] = mapped_column(db.choice(Situation))
    reporter_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Helpers are an upper room: only kind and number stand here.
    about_kind: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[int | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    # Where it was sent from, for that day only, so that a flood can be told from worries.
    place_index: Mapped[str] = mapped_column(String(64), index=True)
    flood: Mapped[bool] = mapped_column(default=False)
    # A trial of the way to a person: never in a figure, and done with when it was read.
    drill: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ReportState] = mapped_column(db.choice(ReportState))
    received_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    outcome: Mapped[ReportOutcome | None] = mapped_column(db.choice(ReportOutcome))
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handled_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    seconded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    seconded_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answer: Mapped[str | None] = mapped_column(db.Sealed("report.answer"))
    reply: Mapped[str | None] = mapped_column(db.Sealed("report.reply"))
    # A keyed fingerprint of number and secret together; neither can be told from it.
    asked_by: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    version: Mapped[int] = mapped_column()

    region: Mapped[Region | None] = relationship(foreign_keys=[region_id])
    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    job: Mapped[Job | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def spoken_number(self) -> str:
        """The number as it is read out: two groups of four."""
        return f"{self.number[:4]} {self.number[4:]}"

    def unread_for_long(self, now: datetime) -> bool:
        """Whether somebody should have read it by now."""
        return self.state is ReportState.received and now > read_by(self.received_at)

    @property
    def about_helper(self) -> int | None:
        """The helper it is about, by id."""
        return self.about_id if self.about_kind == HELPER else None

    @property
    def scope_path(self) -> str:
        """A report belongs to the county, whatever place it names."""
        return self.county.path


class ReportTry(db.Base):
    """A wrong secret, so that they cannot be tried in a row; gone after a day."""

    __tablename__ = "report_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    number_index: Mapped[str] = mapped_column(String(64), index=True)
    place_index: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)


class Feedback(db.Base):
    """A suggestion or complaint about the portal (意见建议), and what was answered. Who has no
    account reads the answer with a code, of which only a keyed fingerprint is kept."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint(
            "(answered_by IS NULL) = (answer IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
            name="answered",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    text: Mapped[str] = mapped_column(db.Sealed("feedback.text"))
    contact: Mapped[str] = mapped_column(db.Sealed("feedback.contact"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    answer: Mapped[str | None] = mapped_column(db.Sealed("feedback.answer"))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    code_index: Mapped[str | None] = mapped_column(String(64), unique=True)

    county: Mapped[Region] = relationship(foreign_keys=[county_id])

    @property
    def scope_path(self) -> str:
        """An opinion is read by the county."""
        return self.county.path
