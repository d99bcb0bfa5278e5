"""The table of versions of the weights that endings taught: numbers only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.core.jobs import Job
from jiedui.pairings.rules.scoring import ScoringState, Verdict
from jiedui.regions.models import Region

_ACTIVE = text("state = 'active'")


class ScoringVersion(db.Base):
    """What the endings of a county had taught at one moment, and who switched it on or off. At most
    one of a county is active, and none that was not surely better; without one the county's own
    weights count."""

    __tablename__ = "scoring_version"
    __table_args__ = (
        UniqueConstraint("county_id", "number"),
        Index(
            "uq_scoring_version_active", "county_id",
            unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE,
        ),
        CheckConstraint("state NOT IN ('active', 'retired') OR verdict = 'better'", name="better"),
        CheckConstraint(
            "state NOT IN ('active', 'retired')"
            " OR (switched_by IS NOT NULL AND switched_at IS NOT NULL AND why IS NOT NULL)",
            name="switched",
        ),
        CheckConstraint(
            "state NOT IN ('draft', 'active', 'retired')"
            " OR (verdict IS NOT NULL AND figures IS NOT NULL)",
            name="learned",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    number: Mapped[int]
    state: Mapped[ScoringState] = mapped_column(db.choice(ScoringState))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    verdict: Mapped[Verdict | None] = mapped_column(db.choice(Verdict))
    # weights, priors, tried, outcomes, kept, early, nobodys, errors, gain, bins, groups
    figures: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    engine: Mapped[str] = mapped_column(String(60), default="")
    switched_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    switched_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    why: Mapped[str | None] = mapped_column(String(400))
    version: Mapped[int] = mapped_column()

    region: Mapped[Region] = relationship(foreign_keys=[county_id])
    job: Mapped[Job | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """The county it is about."""
        return self.region.path
