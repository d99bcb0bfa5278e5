"""What a session is checked in by: a carer's strip of codes, or a stay at a place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.activities.models import ActivityMeeting
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.pairings.models import Pairing
from jiedui.partners.models import Place

_LIVING = text("ended_at IS NULL")
_THERE = text("left_at IS NULL")


class CodeStrip(db.Base):
    """A printed strip of codes of one pairing; the living one is the last that was printed."""

    __tablename__ = "code_strip"
    __table_args__ = (
        Index(
            "uq_code_strip_pairing", "pairing_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    printed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    printed_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    pairing: Mapped[Pairing] = relationship()


class SessionCode(db.Base):
    """One code of a strip: a keyed fingerprint, never the code. The session that used it names
    it."""

    __tablename__ = "session_code"
    __table_args__ = (
        UniqueConstraint("strip_id", "position"),
        CheckConstraint("position > 0", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    strip_id: Mapped[int] = mapped_column(ForeignKey("code_strip.id"))
    position: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64), unique=True)

    strip: Mapped[CodeStrip] = relationship()


class CodeTry(db.Base):
    """A wrong code was typed for a pairing: when, nothing else."""

    __tablename__ = "code_try"
    __table_args__ = (Index("ix_code_try_pairing_id_at", "pairing_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)


class PlaceStay(db.Base):
    """Somebody is at a place for a pairing or for a meeting of a themed event, from one scan of its
    sign to the next: the portal's clock says both times. One at a time."""

    __tablename__ = "place_stay"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name="times"),
        CheckConstraint("(pairing_id IS NULL) <> (meeting_id IS NULL)", name="belongs"),
        Index("ix_place_stay_meeting_id", "meeting_id"),
        Index(
            "uq_place_stay_helper", "helper_id",
            unique=True, sqlite_where=_THERE, postgresql_where=_THERE,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("activity_meeting.id"))
    arrived_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    place: Mapped[Place] = relationship()
    helper: Mapped[Helper] = relationship()
    pairing: Mapped[Pairing | None] = relationship()
    meeting: Mapped[ActivityMeeting | None] = relationship()

    @property
    def account_id(self) -> int | None:
        """A stay is its helper's own."""
        return self.helper.account_id
