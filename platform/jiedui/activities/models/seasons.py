"""A campaign for the holidays, and the members of teams who signed up."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.rules import MemberState, SeasonKind
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.partners.models import Unit
from jiedui.regions.models import Region


class Season(db.Base):
    """A county's campaign for one season: until when people sign up and are checked, and the days
    on which classes are held."""

    __tablename__ = "season"
    __table_args__ = (
        UniqueConstraint("county_id", "starts"),
        CheckConstraint("ends >= starts", name="dates"),
        CheckConstraint("checks_until < starts", name="checks_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[SeasonKind] = mapped_column(db.choice(SeasonKind))
    checks_until: Mapped[date]
    starts: Mapped[date]
    ends: Mapped[date]
    opened_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    # When it was settled who is cleared and who is left out.
    settled_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """It holds for the whole county."""
        return self.county.path


class SeasonMember(db.Base):
    """One helper whom a team has signed up. `online`: whether somebody who was left out would help
    a child online in term-time; None while they have not said."""

    __tablename__ = "season_member"
    __table_args__ = (
        UniqueConstraint("season_id", "helper_id"),
        Index("ix_season_member_helper_id", "helper_id"),
        CheckConstraint("online IS NULL OR state = 'left_out'", name="online"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    state: Mapped[MemberState] = mapped_column(db.choice(MemberState))
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    online: Mapped[bool | None]

    season: Mapped[Season] = relationship()
    unit: Mapped[Unit] = relationship()
    helper: Mapped[Helper] = relationship()

    @property
    def account_id(self) -> int | None:
        """What a member is asked is their own."""
        return self.helper.account_id
