"""What is given, what is left of it, and what of it goes to whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.models.wishes import MaterialWish
from jiedui.donations.rules.books import (
    AllotmentState,
    Carrier,
    Condition,
    GiftForm,
    GiftState,
    RefuseReason,
    Thanks,
)
from jiedui.donations.rules.goods import GoodsKind, shown
from jiedui.partners.models import Unit
from jiedui.regions.models import Region

_LIVING = text("state <> 'taken_back'")


class Gift(db.Base):
    """One gift, of goods or of money for a purpose. Whoever gives is a unit, or a person whose
    name and telephone lie sealed. `amount` is what was offered: pieces, or fen."""

    __tablename__ = "gift"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(unit_id IS NULL) = (giver_name IS NOT NULL)", name="giver"),
        CheckConstraint("(giver_name IS NULL) = (giver_phone IS NULL)", name="reached"),
        CheckConstraint(
            "form = 'funds' OR (kind IS NOT NULL AND condition IS NOT NULL)", name="goods"
        ),
        CheckConstraint(
            "state IN ('offered', 'refused') OR receiver_id IS NOT NULL", name="receiver"
        ),
        CheckConstraint("receiver_id IS NULL OR unit_id IS NULL OR receiver_id <> unit_id",
                        name="own_gift"),
        CheckConstraint("(state = 'received') = (receipt IS NOT NULL)", name="receipt"),
        CheckConstraint("(state = 'refused') = (refuse_reason IS NOT NULL)", name="refused"),
        CheckConstraint("recorded_by IS NOT NULL OR giver_name IS NOT NULL", name="recorder"),
        CheckConstraint(
            "(size_from IS NULL) = (size_to IS NULL) AND size_from <= size_to", name="sizes"
        ),
        CheckConstraint("lies_id IS NULL OR form = 'goods'", name="lies"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    giver_name: Mapped[str | None] = mapped_column(db.Sealed("gift.giver_name"))
    giver_phone: Mapped[str | None] = mapped_column(db.Sealed("gift.giver_phone"))
    named: Mapped[bool]
    form: Mapped[GiftForm] = mapped_column(db.choice(GiftForm))
    kind: Mapped[GoodsKind | None] = mapped_column(db.choice(GoodsKind))
    words: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int]
    condition: Mapped[Condition | None] = mapped_column(db.choice(Condition))
    carrier: Mapped[Carrier | None] = mapped_column(db.choice(Carrier))
    until: Mapped[date | None]
    # On the scale of the kind (rules/goods.py); None: for any size.
    size_from: Mapped[int | None]
    size_to: Mapped[int | None]
    # The township where goods are now; None: with the receiver, or out of the county.
    lies_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    receipt: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[GiftState] = mapped_column(db.choice(GiftState))
    refuse_reason: Mapped[RefuseReason | None] = mapped_column(db.choice(RefuseReason))
    # None: a person without an account offered it on the open page.
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    lies: Mapped[Region | None] = relationship(foreign_keys=[lies_id])
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    receiver: Mapped[Unit | None] = relationship(foreign_keys=[receiver_id])
    stock: Mapped[GiftStock] = relationship(back_populates="gift")
    allotments: Mapped[list[Allotment]] = relationship(
        back_populates="gift", order_by="Allotment.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a gift is spoken of within the house."""
        return f"G-{self.id:04d}"

    @property
    def scope_path(self) -> str:
        """It is the whole county's."""
        return self.county.path

    @property
    def sizes(self) -> tuple[int, int] | None:
        """From which size to which, on the scale of its kind; None: for any."""
        if self.size_from is None or self.size_to is None:
            return None
        return self.size_from, self.size_to

    @property
    def sizes_said(self) -> str:
        """Its sizes as people say them; empty: for any."""
        if self.kind is None or self.sizes is None:
            return ""
        return "–".join(dict.fromkeys(shown(self.kind, one) for one in self.sizes))

    @property
    def giver(self) -> str:
        """Who gives, for the offices."""
        return self.unit.name if self.unit else self.giver_name or db.GONE


class GiftStock(db.Base):
    """Where a gift is now: what the entries of its books add up to, kept by the database itself
    (a trigger). Nothing is ever below zero, and all that was received is somewhere."""

    __tablename__ = "gift_stock"
    __table_args__ = (
        CheckConstraint(
            "received >= 0 AND in_stock >= 0 AND allocated >= 0 AND returned >= 0"
            " AND written_off >= 0",
            name="not_below_zero",
        ),
        CheckConstraint(
            "received = in_stock + allocated + returned + written_off", name="balances"
        ),
    )

    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), primary_key=True)
    received: Mapped[int] = mapped_column(default=0)
    in_stock: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    written_off: Mapped[int] = mapped_column(default=0)

    gift: Mapped[Gift] = relationship(back_populates="stock")


class Allotment(db.Base):
    """What of a gift goes to one wish. Whoever decided does not confirm that it came."""

    __tablename__ = "gift_allotment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "confirmed_by IS NULL OR (confirmed_by <> decided_by AND confirmed_by <> decided_as)",
            name="two_persons",
        ),
        CheckConstraint(
            "(state IN ('delivered', 'thanked')) = (confirmed_by IS NOT NULL)", name="confirmed"
        ),
        CheckConstraint("(state = 'thanked') = (thanks IS NOT NULL)", name="thanks"),
        Index(
            "uq_gift_allotment_wish", "wish_id",
            unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("material_wish.id"))
    amount: Mapped[int]
    state: Mapped[AllotmentState] = mapped_column(db.choice(AllotmentState))
    # None: from before decisions were kept; a trigger wants one for each new allotment.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("gift_decision.id"))
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_as: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    dispatched_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    thanks: Mapped[Thanks | None] = mapped_column(db.choice(Thanks))
    version: Mapped[int] = mapped_column()

    gift: Mapped[Gift] = relationship(back_populates="allotments")
    wish: Mapped[MaterialWish] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.wish.scope_path
