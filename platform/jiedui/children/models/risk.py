"""Table of the moves of risk levels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models.ledger import Child
from jiedui.children.rules import RiskLevel
from jiedui.core import db


class RiskMove(db.Base):
    """A child's risk level was moved: when, from what to what, by whom. Never changed."""

    __tablename__ = "risk_move"
    __table_args__ = (
        Index("ix_risk_move_child_id_at", "child_id", "at"),
        CheckConstraint("old <> new", name="moved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    old: Mapped[RiskLevel] = mapped_column(db.choice(RiskLevel))
    new: Mapped[RiskLevel] = mapped_column(db.choice(RiskLevel, "new_risk"))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    child: Mapped[Child] = relationship()
