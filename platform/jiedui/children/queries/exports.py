"""Requests for files of identified data, and the children that such a file holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.children.models import Child, ChildCategory, ChildExport, Household
from jiedui.children.rules import Category, ChildState, ExportState
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

PART = 500
LISTED_MOST = 50


def export(export_id: int) -> ChildExport:
    """The request with this id; raise Missing."""
    found = select(ChildExport).where(ChildExport.id == export_id)
    found = found.options(joinedload(ChildExport.region), joinedload(ChildExport.asked_region))
    one = db.session.scalar(found)
    if one is None:
        raise Missing
    return one


def exports(actor: Actor) -> list[ChildExport]:
    """The requests of somebody's area, newest first."""
    inside = ChildExport.asked_region_id.in_(regions.ids_within(actor.scope))
    found = select(ChildExport).where(inside).options(joinedload(ChildExport.region))
    return list(db.session.scalars(found.order_by(ChildExport.id.desc()).limit(LISTED_MOST)))


def exports_to_decide(actor: Actor) -> list[ChildExport]:
    """Requests of others that wait in somebody's area, oldest first."""
    inside = ChildExport.asked_region_id.in_(regions.ids_within(actor.scope))
    found = select(ChildExport).where(
        inside,
        ChildExport.state == ExportState.asked,
        ChildExport.asked_by != actor.account_id,
        ChildExport.asked_as != actor.acts_as,
    )
    found = found.options(joinedload(ChildExport.region), joinedload(ChildExport.asked_region))
    return list(db.session.scalars(found.order_by(ChildExport.id)))


def exports_to_fetch(actor: Actor) -> list[ChildExport]:
    """Own files that can be fetched now."""
    found = select(ChildExport).where(
        ChildExport.asked_by == actor.account_id,
        ChildExport.state == ExportState.ready,
        ChildExport.fetch_until > clock.now(),
    )
    return list(db.session.scalars(found.options(joinedload(ChildExport.region))))


def _inside(path: str, category: Category | None) -> list[ColumnElement[bool]]:
    where = [Child.state == ChildState.open, Child.village_id.in_(regions.ids_within(path))]
    if category is not None:
        living = select(ChildCategory.child_id).where(
            ChildCategory.category == category, ChildCategory.ends.is_(None)
        )
        where.append(Child.id.in_(living))
    return where


def export_count(path: str, category: Category | None) -> int:
    """How many open files such a file holds."""
    found = select(func.count()).select_from(Child).where(*_inside(path, category))
    return db.session.scalar(found) or 0


def _told(found: Select[Any]) -> Select[Any]:
    """A child with what the sheet tells of it."""
    return found.options(
        joinedload(Child.detail),
        joinedload(Child.household).selectinload(Household.guardians),
        selectinload(Child.categories),
    )


def export_children(path: str, category: Category | None) -> Iterator[Child]:
    """These files, whole, by village, a part at a time; each part is forgotten before the next."""
    ordered = select(Child.id).join(Region, Region.id == Child.village_id)
    ordered = ordered.where(*_inside(path, category)).order_by(Region.code, Child.id)
    ids = list(db.session.scalars(ordered))
    stay = regions.with_parents(path)
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        found = {
            c.id: c for c in db.session.scalars(_told(select(Child).where(Child.id.in_(part))))
        }
        yield from (found[i] for i in part)
        db.session.expunge_all()
        db.session.add_all(stay)
