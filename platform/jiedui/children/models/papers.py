"""Photos of the papers on which a category rests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import ChildCategory
from jiedui.core import db
from jiedui.core.uploads import UploadKind


class CategoryPaper(db.Base):
    """A photo or scan of a certificate or decision: never needed, sealed, never changed."""

    __tablename__ = "category_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("child_category.id"), index=True)
    kind: Mapped[UploadKind] = mapped_column(db.choice(UploadKind))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(db.SealedBytes("category_paper.content"), deferred=True)
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    category: Mapped[ChildCategory] = relationship(back_populates="papers")

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.category.scope_path
