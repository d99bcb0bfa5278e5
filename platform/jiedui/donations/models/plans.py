"""What the engine proposed: lines for a person to decide, and wishes that are left with why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.models.gifts import Gift
from jiedui.donations.models.wishes import MaterialWish
from jiedui.donations.rules.plans import Helps, LeftWhy, LineState, PlanState
from jiedui.regions.models import Region

_OPEN = text("state = 'open'")


class GiftPlan(db.Base):
    """One proposal for a whole county. It decides nothing."""

    __tablename__ = "gift_plan"
    __table_args__ = (
        Index(
            "uq_gift_plan_open", "county_id",
            unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    state: Mapped[PlanState] = mapped_column(db.choice(PlanState))
    gifts: Mapped[int]
    wishes: Mapped[int]
    gap: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """It is the whole county's."""
        return self.county.path


class GiftPlanLine(db.Base):
    """So much of a gift for a wish, as proposed. `why` holds plain figures, nothing of a person."""

    __tablename__ = "gift_plan_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "wish_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'taken') = (allotment_id IS NOT NULL)", name="taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("gift_plan.id"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"))
    wish_id: Mapped[int] = mapped_column(ForeignKey("material_wish.id"))
    amount: Mapped[int]
    why: Mapped[Any] = mapped_column(JSON)
    state: Mapped[LineState] = mapped_column(db.choice(LineState))
    allotment_id: Mapped[int | None] = mapped_column(ForeignKey("gift_allotment.id"))

    plan: Mapped[GiftPlan] = relationship()
    gift: Mapped[Gift] = relationship()
    wish: Mapped[MaterialWish] = relationship()


class GiftPlanLeft(db.Base):
    """A wish that the proposal leaves, why, and what would change it."""

    __tablename__ = "gift_plan_left"

    plan_id: Mapped[int] = mapped_column(ForeignKey("gift_plan.id"), primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("material_wish.id"), primary_key=True)
    position: Mapped[int]
    reason: Mapped[LeftWhy] = mapped_column(db.choice(LeftWhy))
    helps: Mapped[Helps] = mapped_column(db.choice(Helps))
    by: Mapped[int]
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("gift.id"))

    gift: Mapped[Gift | None] = relationship()
    wish: Mapped[MaterialWish] = relationship()
