"""Who decided, who looked as the second person, what ties were found, what a giver agreed to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.models.gifts import Allotment, Gift
from jiedui.donations.models.wishes import MaterialWish
from jiedui.donations.rules.deciding import AskedBy, DecisionState, GiverAnswer
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.relations import ClearReason, Tie, TieAnswer
from jiedui.regions.models import Region

OTHERS = (
    "{by} IS NULL OR ({by} <> {first}_by AND {by} <> {first}_as"
    " AND {as_} <> {first}_by AND {as_} <> {first}_as)"
)


class GiftDecision(db.Base):
    """What one person decided together: one allotment, or many of a plan. `value` is in fen. One
    that is not free waits for a second person; what is answered is never changed (a trigger), and
    nothing of it leaves before the yes (another)."""

    __tablename__ = "gift_decision"
    __table_args__ = (
        CheckConstraint(
            OTHERS.format(by="second_by", as_="second_as", first="decided"), name="two_persons"
        ),
        CheckConstraint("(second_by IS NULL) = (second_as IS NULL)", name="second"),
        CheckConstraint(
            "(state IN ('agreed', 'refused')) = (second_by IS NOT NULL)", name="answered"
        ),
        CheckConstraint("value > 0", name="value"),
        Index("ix_gift_decision_county_id_state", "county_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    state: Mapped[DecisionState] = mapped_column(db.choice(DecisionState))
    value: Mapped[int]
    on: Mapped[date]
    evidence: Mapped[str] = mapped_column(String(80))
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_as: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    second_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    second_as: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    second_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    allotments: Mapped[list[Allotment]] = relationship(order_by="Allotment.id", viewonly=True)
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a decision is spoken of."""
        return f"D-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """It is the whole county's, as the gifts are."""
        return self.county.path


class GiftTie(db.Base):
    """Something that whoever gives has in common with a household: the gift does not go there until
    another person has said that it may. Only the kind is kept, not what was alike."""

    __tablename__ = "gift_tie"
    __table_args__ = (
        UniqueConstraint("gift_id", "wish_id", "tie"),
        CheckConstraint(
            OTHERS.format(by="answered_by", as_="answered_as", first="found"), name="two_persons"
        ),
        CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_as IS NULL)"
            " AND (answer IS NULL) = (reason IS NULL) AND (answer IS NULL) = (evidence IS NULL)",
            name="answered",
        ),
        Index("ix_gift_tie_wish_id", "wish_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"))
    wish_id: Mapped[int] = mapped_column(ForeignKey("material_wish.id"))
    tie: Mapped[Tie] = mapped_column(db.choice(Tie))
    found_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    found_as: Mapped[int] = mapped_column(ForeignKey("account.id"))
    found_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    answer: Mapped[TieAnswer | None] = mapped_column(db.choice(TieAnswer))
    reason: Mapped[ClearReason | None] = mapped_column(db.choice(ClearReason))
    evidence: Mapped[str | None] = mapped_column(String(80))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_as: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    gift: Mapped[Gift] = relationship()
    wish: Mapped[MaterialWish] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """It is the whole county's, as the gift is."""
        return self.gift.scope_path


class GiftConsent(db.Base):
    """A giver was asked whether money may serve another purpose, or longer (慈善法 56): how, when,
    what they said. Never changed; a trigger lets an earmark become only what was agreed to."""

    __tablename__ = "gift_consent"
    __table_args__ = (CheckConstraint("evidence <> ''", name="evidence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    kind: Mapped[GoodsKind | None] = mapped_column(db.choice(GoodsKind))
    until: Mapped[date | None]
    how: Mapped[AskedBy] = mapped_column(db.choice(AskedBy))
    on: Mapped[date]
    answer: Mapped[GiverAnswer] = mapped_column(db.choice(GiverAnswer))
    evidence: Mapped[str] = mapped_column(String(80))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    gift: Mapped[Gift] = relationship()
