"""Tables of what a helper has: the private address of a calendar, a badge, a picture."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.core.scans import Scan
from jiedui.helpers.models import Helper

_LIVING = text("ended_at IS NULL")


class CalendarFeed(db.Base):
    """The private address by which a helper's calendar programme reads the plan. Only its
    fingerprint is kept; a new one ends the one before."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index(
            "uq_calendar_feed_living", "helper_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    helper: Mapped[Helper] = relationship()


class HelperBadge(db.Base):
    """A badge with a number of 80 random bits. Whoever scans it learns whether its bearer is
    cleared today, and of which unit; it ends when the clearance does."""

    __tablename__ = "helper_badge"
    __table_args__ = (
        Index(
            "uq_helper_badge_living", "helper_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    number: Mapped[str] = mapped_column(String(20), unique=True)
    issued_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    helper: Mapped[Helper] = relationship()


class HelperPicture(Scan, db.Base):
    """A helper's picture for the card that hangs at the family's: one, the newest."""

    __tablename__ = "helper_picture"

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), unique=True)

    helper: Mapped[Helper] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the helper lives."""
        return self.helper.scope_path
