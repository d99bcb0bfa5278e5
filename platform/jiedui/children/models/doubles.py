"""Tables of files that were one child's twice, and of those that only looked so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import Child
from jiedui.core import db


class FileMerge(db.Base):
    """A double was joined to the file that is kept; undone when `undone_at` is set. `moved` names
    what went over, so that it can go back: {"needs": [ids]}, what was withdrawn because the child
    had it twice ("withdrawn"), and which wishes of siblings the kept child left ("left")."""

    __tablename__ = "file_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> double_id", name="two_files"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone"),
        # A file is joined to one other at most.
        Index(
            "uq_file_merge_living",
            "double_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    double_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    moved: Mapped[Any] = mapped_column(db.SealedJson("file_merge.moved"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    kept: Mapped[Child] = relationship(foreign_keys=[kept_id])
    double: Mapped[Child] = relationship(foreign_keys=[double_id])

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.kept.scope_path


class NotDouble(db.Base):
    """Somebody has looked: these two files are of two children."""

    __tablename__ = "not_double"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    low_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    high_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
