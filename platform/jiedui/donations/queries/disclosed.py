"""What may be told of gifts in sums: entries, and what came to which township; who agreed to be
named. Children and givers stand here as numbers that are only counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.donations.models import Allotment, Gift, GiftEntry, MaterialWish
from jiedui.donations.rules.books import Account, AllotmentState, GiftForm, GiftState
from jiedui.donations.rules.goods import GoodsKind
from jiedui.regions.models import Region


@dataclass(frozen=True)
class Booked:
    """An entry: of what, when, between which accounts, how much; the child it is for, if it is for
    one; the giver's gift where they have not agreed to be named."""

    form: GiftForm
    kind: GoodsKind | None
    on: date
    source: Account
    target: Account
    amount: int
    child: int | None
    unnamed: int | None


@dataclass(frozen=True)
class Arrived:
    """What came: of what, when, in which township, how much, for which child."""

    form: GiftForm
    kind: GoodsKind | None
    on: date
    township: str
    amount: int
    child: int


def booked(county_id: int, until: date) -> list[Booked]:
    """Every entry up to a day."""
    found = (
        select(
            Gift.form, Gift.kind, GiftEntry.on, GiftEntry.source, GiftEntry.target,
            GiftEntry.amount, MaterialWish.child_id, Gift.id, Gift.named,
        )
        .join(Gift, Gift.id == GiftEntry.gift_id)
        .outerjoin(Allotment, Allotment.id == GiftEntry.allotment_id)
        .outerjoin(MaterialWish, MaterialWish.id == Allotment.wish_id)
        .where(GiftEntry.county_id == county_id, GiftEntry.on <= until)
    )  # fmt: skip
    return [
        Booked(form, kind, on, source, target, amount, child, None if is_named else gift)
        for form, kind, on, source, target, amount, child, gift, is_named in (
            db.session.execute(found)
        )
    ]


def arrived(county_id: int, start: date, end: date) -> list[Arrived]:
    """What came between two days, by the township where the child lives."""
    village, town = aliased(Region), aliased(Region)
    found = (
        select(
            Gift.form, Gift.kind, Allotment.confirmed_at, town.name, Allotment.amount,
            MaterialWish.child_id,
        )
        .join(Gift, Gift.id == Allotment.gift_id)
        .join(MaterialWish, MaterialWish.id == Allotment.wish_id)
        .join(Child, Child.id == MaterialWish.child_id)
        .join(village, village.id == Child.village_id)
        .join(town, town.id == village.parent_id)
        .where(
            Allotment.county_id == county_id,
            Allotment.state.in_((AllotmentState.delivered, AllotmentState.thanked)),
            Allotment.confirmed_at >= clock.at(start),
        )
        .order_by(town.code)
    )  # fmt: skip
    rows = [
        Arrived(form, kind, clock.local(at).date(), place, amount, child)
        for form, kind, at, place, amount, child in db.session.execute(found)
        if at is not None
    ]
    return [row for row in rows if row.on <= end]


def came_since(county_id: int, day: date) -> int:
    """How many gifts have come to children since a day."""
    mine = (
        Allotment.county_id == county_id,
        Allotment.state.in_((AllotmentState.delivered, AllotmentState.thanked)),
        Allotment.confirmed_at >= clock.at(day),
    )
    return db.session.scalar(select(func.count()).select_from(Allotment).where(*mine)) or 0


def named(county_id: int) -> list[Gift]:
    """Received gifts of whoever agreed to be named, newest first."""
    mine = Gift.county_id == county_id, Gift.named.is_(True), Gift.state == GiftState.received
    found = select(Gift).where(*mine).order_by(Gift.id.desc())
    found = found.options(joinedload(Gift.unit), joinedload(Gift.receiver), joinedload(Gift.stock))
    return list(db.session.scalars(found))
