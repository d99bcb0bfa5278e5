"""Promises of places, work and people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.rules.pledges import MOST, PledgeKind, PledgeState
from jiedui.partners.models import Unit
from jiedui.regions.models import Region


class Pledge(db.Base):
    """One promise, of a unit or of a person whose name and telephone lie sealed. `count`: seats,
    jobs or people."""

    __tablename__ = "pledge"
    __table_args__ = (
        Index("ix_pledge_county_id_state", "county_id", "state"),
        CheckConstraint(f"count BETWEEN 1 AND {MOST}", name="count"),
        CheckConstraint("until >= starts", name="days"),
        CheckConstraint("(unit_id IS NULL) = (giver_name IS NOT NULL)", name="giver"),
        CheckConstraint("(giver_name IS NULL) = (giver_phone IS NULL)", name="reached"),
        CheckConstraint("kind <> 'people' OR unit_id IS NOT NULL", name="people"),
        CheckConstraint("(state = 'offered') = (answered_by IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    giver_name: Mapped[str | None] = mapped_column(db.Sealed("pledge.giver_name"))
    giver_phone: Mapped[str | None] = mapped_column(db.Sealed("pledge.giver_phone"))
    kind: Mapped[PledgeKind] = mapped_column(db.choice(PledgeKind))
    words: Mapped[str] = mapped_column(String(200))
    count: Mapped[int]
    location: Mapped[str] = mapped_column(String(60))
    starts: Mapped[date]
    until: Mapped[date | None]
    state: Mapped[PledgeState] = mapped_column(db.choice(PledgeState))
    # None: a person without an account promised it on the open page.
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    unit: Mapped[Unit | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a promise is spoken of."""
        return f"O-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """It is the whole county's."""
        return self.county.path

    @property
    def giver(self) -> str:
        """Who promises, for the offices."""
        return self.unit.name if self.unit else self.giver_name or db.GONE
