"""Applications for star levels."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.hours.rules.stars import StarReason, StarState

_LIVING = text("state IN ('applied', 'public')")
_GRANTED = text("state = 'granted'")


class StarAward(db.Base):
    """One application for a level: who applied, who reviewed it, until when it is public. One at a
    time, each level once."""

    __tablename__ = "star_award"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint(
            "state NOT IN ('public', 'granted') OR (reviewed_by IS NOT NULL"
            " AND public_from IS NOT NULL AND public_until IS NOT NULL)",
            name="reviewed",
        ),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refused"),
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> applied_by", name="two_persons"),
        CheckConstraint("public_until IS NULL OR public_until > public_from", name="publicity"),
        Index(
            "uq_star_award_living", "helper_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
        Index(
            "uq_star_award_granted", "helper_id", "level",
            unique=True, sqlite_where=_GRANTED, postgresql_where=_GRANTED,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    level: Mapped[int]
    minutes: Mapped[int]
    state: Mapped[StarState] = mapped_column(db.choice(StarState))
    reason: Mapped[StarReason | None] = mapped_column(db.choice(StarReason))
    applied_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    applied_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    public_from: Mapped[date | None]
    public_until: Mapped[date | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    helper: Mapped[Helper] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the helper lives."""
        return self.helper.scope_path

    @property
    def account_id(self) -> int | None:
        """An application is its helper's own."""
        return self.helper.account_id
