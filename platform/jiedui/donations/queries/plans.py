"""Finding what a proposal is made of, and proposals."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.donations.models import (
    Gift,
    GiftPlan,
    GiftPlanLeft,
    GiftPlanLine,
    GiftStock,
    MaterialWish,
)
from jiedui.donations.queries.wishes import unclaimed, whole
from jiedui.donations.rules.books import GiftState
from jiedui.donations.rules.plans import AT_ONCE, LineState, PlanState
from jiedui.donations.rules.wishes import WishState
from jiedui.partners.models import Unit
from jiedui.regions.models import Region

LEFT_SHOWN = 60


def in_stock(county_id: int) -> list[Gift]:
    """Gifts of a county of which something is in stock, with their receivers' seats."""
    found = (
        select(Gift)
        .join(GiftStock, GiftStock.gift_id == Gift.id)
        .where(Gift.county_id == county_id, Gift.state == GiftState.received)
        .where(GiftStock.in_stock > 0)
        .options(joinedload(Gift.stock), joinedload(Gift.receiver).joinedload(Unit.region))
    )
    return list(db.session.scalars(found.order_by(Gift.id)))


def open_wishes(county_id: int) -> list[MaterialWish]:
    """All open wishes of a county that no gift claims, by id."""
    mine = MaterialWish.county_id == county_id, MaterialWish.state == WishState.open
    found = select(MaterialWish).where(*mine, unclaimed()).order_by(MaterialWish.id)
    return list(db.session.scalars(whole(found)))


def get(plan_id: int) -> GiftPlan:
    """The proposal with its county; raise Missing."""
    found = select(GiftPlan).where(GiftPlan.id == plan_id).options(joinedload(GiftPlan.county))
    plan = db.session.scalar(found)
    if plan is None:
        raise Missing
    return plan


def open_plan(county_id: int) -> GiftPlan | None:
    """The county's open proposal."""
    mine = GiftPlan.county_id == county_id, GiftPlan.state == PlanState.open
    return db.session.scalar(select(GiftPlan).where(*mine))


def _lines(*mine: Any) -> Select[Any]:
    home = joinedload(GiftPlanLine.wish).joinedload(MaterialWish.child).joinedload(Child.village)
    gift = joinedload(GiftPlanLine.gift)
    return (
        select(GiftPlanLine)
        .where(*mine)
        .options(
            gift.joinedload(Gift.stock), gift.joinedload(Gift.unit), home.joinedload(Region.parent)
        )
        .order_by(GiftPlanLine.gift_id, GiftPlanLine.wish_id)
    )


def lines(plan_id: int, page: int = 1) -> list[GiftPlanLine]:
    """Lines that nobody has decided on, by gift; one page of them."""
    mine = GiftPlanLine.plan_id == plan_id, GiftPlanLine.state == LineState.proposed
    found = _lines(*mine).limit(AT_ONCE).offset((page - 1) * AT_ONCE)
    return list(db.session.scalars(found))


def chosen(plan_id: int, ids: Collection[int]) -> list[GiftPlanLine]:
    """Of a proposal these lines, by gift, if nobody has decided on them."""
    mine = GiftPlanLine.plan_id == plan_id, GiftPlanLine.state == LineState.proposed
    return list(db.session.scalars(_lines(*mine, GiftPlanLine.id.in_(list(ids)))))


def counts(plan_id: int) -> dict[LineState, int]:
    """How many lines of a proposal stand where."""
    found = select(GiftPlanLine.state, func.count()).where(GiftPlanLine.plan_id == plan_id)
    rows = db.session.execute(found.group_by(GiftPlanLine.state)).all()
    return {state: int(number) for state, number in rows}


def left(plan_id: int) -> tuple[list[GiftPlanLeft], int]:
    """The first wishes that a proposal leaves, and how many there are."""
    mine = GiftPlanLeft.plan_id == plan_id
    home = joinedload(GiftPlanLeft.wish).joinedload(MaterialWish.child).joinedload(Child.village)
    found = select(GiftPlanLeft).where(mine).options(home.joinedload(Region.parent))
    found = found.options(joinedload(GiftPlanLeft.gift)).order_by(GiftPlanLeft.position)
    total = db.session.scalar(select(func.count()).select_from(GiftPlanLeft).where(mine)) or 0
    return list(db.session.scalars(found.limit(LEFT_SHOWN))), total
