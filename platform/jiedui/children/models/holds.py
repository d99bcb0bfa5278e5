"""Files that must be kept although their time may be over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import Child
from jiedui.children.rules import HoldReason
from jiedui.core import db

LIVING = text("lifted_at IS NULL")


class FileHold(db.Base):
    """Nothing of a file is cleared while a hold lives. A file has one living hold at most; lifted
    ones stay, with who set them and why."""

    __tablename__ = "file_hold"
    __table_args__ = (
        Index("uq_file_hold_living", "child_id", unique=True, sqlite_where=LIVING,
              postgresql_where=LIVING),
        CheckConstraint("lifted_at IS NULL OR lifted_at >= set_at", name="dates"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    reason: Mapped[HoldReason] = mapped_column(db.choice(HoldReason))
    words: Mapped[str] = mapped_column(db.Sealed("file_hold.words"))
    set_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    child: Mapped[Child] = relationship()

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path
