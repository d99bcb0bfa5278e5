"""What was given back to the national system, child by child, and what it answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import Child
from jiedui.children.rules import ReturnState
from jiedui.core import db
from jiedui.regions.models import Region


class NationalReturn(db.Base):
    """One file of changes for the national system; a second person agrees before it leaves."""

    __tablename__ = "national_return"
    __table_args__ = (
        CheckConstraint(
            "agreed_by IS NULL OR (agreed_by <> made_by AND agreed_by <> made_as)",
            name="two_persons",
        ),
        CheckConstraint("(agreed_by IS NULL) = (agreed_at IS NULL)", name="agreed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_as: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    count: Mapped[int]

    region: Mapped[Region] = relationship(foreign_keys=[region_id])

    @property
    def scope_path(self) -> str:
        """Whose children it holds."""
        return self.region.path

    @property
    def code(self) -> str:
        """How the file is spoken of."""
        return f"R-{self.id:04d}"


class NationalReturnRow(db.Base):
    """One child in such a file: the fields that differ, the whole row as it was written, and the
    answer. A child waits for one answer at a time."""

    __tablename__ = "national_return_row"
    __table_args__ = (
        Index(
            "uq_national_return_row_open",
            "child_id",
            unique=True,
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("national_return.id"), index=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    fields: Mapped[Any] = mapped_column(db.SealedJson("national_return_row.fields"))
    cells: Mapped[Any] = mapped_column(db.SealedJson("national_return_row.cells"))
    line: Mapped[Any] = mapped_column(db.SealedJson("national_return_row.line"))
    state: Mapped[ReturnState] = mapped_column(db.choice(ReturnState), default=ReturnState.sent)
    reason: Mapped[str | None] = mapped_column(db.Sealed("national_return_row.reason"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    back: Mapped[NationalReturn] = relationship()
    child: Mapped[Child] = relationship()
