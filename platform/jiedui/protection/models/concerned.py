"""Table of the files that a case concerns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Child
from jiedui.core import db
from jiedui.protection.models.cases import ProtectionCase


class CaseChild(db.Base):
    """A case concerns this child's file, as whoever has the case in hand said. It is read on the
    case's own page only; a township learns of it where it was asked to help."""

    __tablename__ = "case_child"
    __table_args__ = (UniqueConstraint("case_id", "child_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("protection_case.id", ondelete="CASCADE"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    named_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    named_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    case: Mapped[ProtectionCase] = relationship()
    child: Mapped[Child] = relationship()
