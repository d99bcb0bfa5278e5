"""What was told to the national volunteer system, entry by entry, and what it answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.hours.models.sessions import ServiceSession
from jiedui.hours.rules.national import ReturnState
from jiedui.regions.models import Region

_TOLD = text("state IN ('sent', 'accepted')")


class HoursReturn(db.Base):
    """One file of hours for the national volunteer system; a second person agrees before it
    leaves."""

    __tablename__ = "hours_return"
    __table_args__ = (
        CheckConstraint(
            "agreed_by IS NULL OR (agreed_by <> made_by AND agreed_by <> made_as)",
            name="two_persons",
        ),
        CheckConstraint("(agreed_by IS NULL) = (agreed_at IS NULL)", name="agreed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_as: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    count: Mapped[int]

    county: Mapped[Region] = relationship()

    @property
    def scope_path(self) -> str:
        """It is about the whole county."""
        return self.county.path

    @property
    def code(self) -> str:
        """How the file is spoken of."""
        return f"V-{self.id:04d}"


class HoursReturnRow(db.Base):
    """One entry of the ledger in such a file, and the answer. An entry is told once: again only
    after a refusal."""

    __tablename__ = "hours_return_row"
    __table_args__ = (
        Index(
            "uq_hours_return_row_told", "session_id",
            unique=True, sqlite_where=_TOLD, postgresql_where=_TOLD,
        ),
        CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name="answered"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    return_id: Mapped[int] = mapped_column(ForeignKey("hours_return.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("service_session.id"))
    state: Mapped[ReturnState] = mapped_column(db.choice(ReturnState))
    reason: Mapped[str | None] = mapped_column(db.Sealed("hours_return_row.reason"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    back: Mapped[HoursReturn] = relationship()
    session: Mapped[ServiceSession] = relationship()
