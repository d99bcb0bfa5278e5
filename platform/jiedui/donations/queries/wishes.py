"""Finding material wishes: by id, by scope, those to be looked at; and in figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.children.models import Child, Guardian
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.core.pages import PAGE
from jiedui.donations.models import GiftClaim, MaterialWish
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import LIVING, NOT_YET, WishState
from jiedui.needs.rules import Urgency
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

AT_ONCE = 50


def whole(found: Select[Any]) -> Select[Any]:
    """A wish with the child, its village and township."""
    home = joinedload(MaterialWish.child)
    return found.options(home.joinedload(Child.village).joinedload(Region.parent))


def get(wish_id: int) -> MaterialWish:
    """The wish with this id; raise Missing."""
    wish: MaterialWish | None = db.session.scalar(
        whole(select(MaterialWish).where(MaterialWish.id == wish_id))
    )
    if wish is None:
        raise Missing
    return wish


def who_may_agree(child: Child) -> list[Guardian]:
    """The grown-ups of the household who may say yes to a wish: who decides, who looks after it."""
    return [one for one in child.household.guardians if one.is_guardian or one.is_carer]


def inside(path: str) -> ColumnElement[bool]:
    """The condition that a wish is of a child who lives in a scope."""
    here = select(Child.id).where(Child.village_id.in_(regions.ids_within(path)))
    return MaterialWish.child_id.in_(here)


def unclaimed(gift_id: int = 0) -> ColumnElement[bool]:
    """The condition that no gift claims a wish, or this one does."""
    living = GiftClaim.released_at.is_(None), GiftClaim.gift_id != gift_id
    return MaterialWish.id.not_in(select(GiftClaim.wish_id).where(*living))


def ranked(found: Select[Any]) -> Select[Any]:
    """Urgent ones first, then those that hold the shortest."""
    red = MaterialWish.urgency != Urgency.red
    soon = MaterialWish.urgency == Urgency.normal
    return found.order_by(red, soon, MaterialWish.expires, MaterialWish.id)


def page(actor: Actor, state: WishState | None, number: int) -> tuple[list[MaterialWish], int]:
    """One page of the wishes of a scope, and how many there are in all."""
    mine = [inside(actor.scope)]
    if state is not None:
        mine.append(MaterialWish.state == state)
    total = db.session.scalar(select(func.count()).select_from(MaterialWish).where(*mine)) or 0
    found = ranked(select(MaterialWish).where(*mine)).limit(PAGE).offset((number - 1) * PAGE)
    return list(db.session.scalars(whole(found))), total


def to_check(actor: Actor, limit: int = AT_ONCE) -> list[MaterialWish]:
    """Wishes that the township has not looked at, oldest first; not those somebody raised
    themselves."""
    mine = (
        inside(actor.scope),
        MaterialWish.state == WishState.waiting,
        MaterialWish.raised_by.not_in({actor.account_id, actor.acts_as}),
        MaterialWish.raised_as.not_in({actor.account_id, actor.acts_as}),
    )
    found = select(MaterialWish).where(*mine).order_by(MaterialWish.id).limit(limit)
    return list(db.session.scalars(whole(found)))


def chosen(ids: Collection[int], actor: Actor) -> list[MaterialWish]:
    """Of these the ones in a scope, by id."""
    mine = inside(actor.scope), MaterialWish.id.in_(list(ids))
    found = select(MaterialWish).where(*mine).order_by(MaterialWish.id)
    return list(db.session.scalars(whole(found)))


def living_of(child_id: int) -> list[MaterialWish]:
    """A child's wishes that are neither met nor closed, by id."""
    mine = MaterialWish.child_id == child_id, MaterialWish.state.in_(LIVING)
    found = select(MaterialWish).where(*mine).order_by(MaterialWish.id)
    return list(db.session.scalars(whole(found)))


def run_out(county_id: int, today: date) -> list[int]:
    """Wishes whose last day is past and to which nothing is allocated, by id."""
    mine = (
        MaterialWish.county_id == county_id,
        MaterialWish.state.in_(NOT_YET),
        MaterialWish.expires < today,
    )
    return list(db.session.scalars(select(MaterialWish.id).where(*mine)))


def open_counts(county_id: int) -> dict[str, dict[GoodsKind, int]]:
    """How many wishes are open and not claimed, by township and kind; townships by their names."""
    village = select(Region.id, Region.parent_id).subquery()
    found = (
        select(Region.name, MaterialWish.kind, func.count())
        .join(Child, Child.id == MaterialWish.child_id)
        .join(village, village.c.id == Child.village_id)
        .join(Region, Region.id == village.c.parent_id)
        .where(MaterialWish.county_id == county_id, MaterialWish.state == WishState.open)
        .where(unclaimed())
        .group_by(Region.id, Region.name, Region.code, MaterialWish.kind)
        .order_by(Region.code)
    )
    counts: dict[str, dict[GoodsKind, int]] = {}
    for township, kind, number in db.session.execute(found):
        counts.setdefault(township, {})[kind] = number
    return counts
