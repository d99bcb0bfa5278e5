"""What the national system is known to hold of each child."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import Child
from jiedui.core import db


class NationalCopy(db.Base):
    """The row of a child as it came from the national system last, or as it was accepted there:
    `cells` by field as they were written (columns that are not ours by + and their head), `line` in
    the first words of the sheet, `digest` to see at once that a row says nothing new."""

    __tablename__ = "national_copy"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    cells: Mapped[Any] = mapped_column(db.SealedJson("national_copy.cells"))
    line: Mapped[Any] = mapped_column(db.SealedJson("national_copy.line"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    child: Mapped[Child] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
