"""Photos of the papers on which a category rests."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import ChildCategory
from jiedui.core import db
from jiedui.core.scans import Scan


class CategoryPaper(Scan, db.Base):
    """A photo or scan of a certificate or decision."""

    __tablename__ = "category_paper"

    category_id: Mapped[int] = mapped_column(ForeignKey("child_category.id"), index=True)

    category: Mapped[ChildCategory] = relationship(back_populates="papers")

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.category.scope_path
