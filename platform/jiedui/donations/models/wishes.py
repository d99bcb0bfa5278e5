"""Material wishes of children."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Child
from jiedui.children.rules import Means
from jiedui.core import db
from jiedui.donations.rules.goods import GoodsKind, measure
from jiedui.donations.rules.wishes import Season, WishCloseReason, WishState
from jiedui.needs.rules import Urgency


class MaterialWish(db.Base):
    """One small material wish (微心愿) of one child. Money is whole fen; `ceiling` is what the
    county allowed when it was raised."""

    __tablename__ = "material_wish"
    __table_args__ = (
        Index("ix_material_wish_county_id_state", "county_id", "state"),
        CheckConstraint("price BETWEEN 1 AND ceiling", name="price"),
        CheckConstraint("(state = 'closed') = (close_reason IS NOT NULL)", name="close_reason"),
        CheckConstraint(
            "checked_by IS NULL OR (checked_by <> raised_by AND checked_by <> raised_as)",
            name="two_persons",
        ),
        CheckConstraint("state IN ('waiting', 'closed') OR checked_by IS NOT NULL", name="checked"),
        CheckConstraint("(agreed_by IS NULL) = (agreed_how IS NULL)", name="agreed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    kind: Mapped[GoodsKind] = mapped_column(db.choice(GoodsKind))
    size: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(db.Sealed("material_wish.words"))
    price: Mapped[int]
    ceiling: Mapped[int]
    urgency: Mapped[Urgency] = mapped_column(db.choice(Urgency))
    season: Mapped[Season] = mapped_column(db.choice(Season))
    expires: Mapped[date]
    state: Mapped[WishState] = mapped_column(db.choice(WishState))
    close_reason: Mapped[WishCloseReason | None] = mapped_column(db.choice(WishCloseReason))
    # None: from before a wish asked who agreed to it.
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    agreed_how: Mapped[Means | None] = mapped_column(db.choice(Means))
    raised_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    raised_as: Mapped[int] = mapped_column(ForeignKey("account.id"))
    raised_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    child: Mapped[Child] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a wish is spoken of."""
        return f"W-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.village.path

    @property
    def measure(self) -> int | None:
        """Its size on the scale of its kind; None: no size, or from before it was read."""
        return measure(self.kind, self.size)

    @property
    def township(self) -> str:
        """All that somebody who gives learns of the place."""
        above = self.child.village.parent
        return above.name if above else ""
