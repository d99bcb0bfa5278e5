"""Finding divisions: by place in the tree, by name and pinyin; and a county's settings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.regions.models import CountySetting, Hotline, Region
from jiedui.regions.rules import DEFAULTS, Level, Setting

FOUND_AT_MOST = 12
_SIZE = {Level.county: 0, Level.township: 1, Level.village: 2}


def get(region_id: int) -> Region:
    """The division with this id; raise Missing."""
    region = db.session.get(Region, region_id)
    if region is None:
        raise Missing
    return region


def at(path: str) -> Region:
    """The division with this path; raise Missing."""
    region = db.session.scalar(select(Region).where(Region.path == path))
    if region is None:
        raise Missing
    return region


def counties() -> list[Region]:
    """Every county of this installation."""
    found = select(Region).where(Region.level == Level.county).order_by(Region.code)
    return list(db.session.scalars(found))


def in_scope(path: str) -> ColumnElement[bool]:
    """The condition that a Region lies in the division with this path."""
    return Region.path.startswith(path, autoescape=True)


def ids_within(path: str) -> Any:
    """A subquery of the ids of all divisions in a scope, for `column.in_(...)`."""
    return select(Region.id).where(in_scope(path))


def townships(path: str) -> list[Region]:
    """The townships in a scope, by code."""
    found = select(Region).where(Region.level == Level.township, in_scope(path))
    return list(db.session.scalars(found.order_by(Region.code)))


def villages(path: str) -> list[Region]:
    """The villages in a scope, by code, each with its township."""
    found = select(Region).where(Region.level == Level.village, in_scope(path))
    found = found.options(joinedload(Region.parent)).order_by(Region.code)
    return list(db.session.scalars(found))


def named_in(words: str, path: str) -> Region | None:
    """The one village in a scope that words name, with its township where several are called so;
    None where they name none or leave it open."""
    text = "".join(words.split())
    found = [one for one in villages(path) if one.name in text] if text else []
    with_town = [one for one in found if one.parent is not None and one.parent.name in text]
    chosen = with_town or found
    return chosen[0] if len(chosen) == 1 else None


def with_parents(path: str) -> set[Region]:
    """The villages in a scope and their townships. Who holds them reads a child's village without
    asking the database again."""
    found = villages(path)
    return {*found, *(one.parent for one in found if one.parent is not None)}


def village(region_id: int, path: str) -> Region | None:
    """A village by id, if it lies in the scope."""
    found = select(Region).where(
        Region.id == region_id, Region.level == Level.village, in_scope(path)
    )
    return db.session.scalar(found.options(joinedload(Region.parent)))


def find_villages(text: str, path: str) -> list[Region]:
    """Villages in a scope by name, township, pinyin or initials; at most a dozen, exact first."""
    text = "".join(text.lower().split())
    if not text:
        return []
    parent = select(Region.id).where(
        Region.level == Level.township,
        or_(Region.name.startswith(text, autoescape=True), Region.pinyin == text),
    )
    hit = or_(
        Region.name.contains(text, autoescape=True),
        Region.pinyin.startswith(text, autoescape=True),
        Region.initials.startswith(text, autoescape=True),
        Region.parent_id.in_(parent),
    )
    found = select(Region).where(Region.level == Level.village, in_scope(path), hit)
    rows = db.session.scalars(found.options(joinedload(Region.parent)).limit(200))
    ranked = sorted(rows, key=lambda r: (_rank(r, text), r.code))
    return ranked[:FOUND_AT_MOST]


def division(region_id: int, path: str) -> Region | None:
    """A county, township or village by id, if it lies in the scope."""
    found = select(Region).where(Region.id == region_id, in_scope(path))
    return db.session.scalar(found.options(joinedload(Region.parent)))


def find_divisions(text: str, path: str) -> list[Region]:
    """Divisions of any level in a scope by name, pinyin or initials; larger ones first."""
    text = "".join(text.lower().split())
    if not text:
        return []
    hit = or_(
        Region.name.contains(text, autoescape=True),
        Region.pinyin.startswith(text, autoescape=True),
        Region.initials.startswith(text, autoescape=True),
    )
    found = select(Region).where(in_scope(path), hit).options(joinedload(Region.parent))
    rows = db.session.scalars(found.limit(200))
    ranked = sorted(rows, key=lambda r: (_rank(r, text), _SIZE[r.level], r.code))
    return ranked[:FOUND_AT_MOST]


def divisions(path: str) -> list[Region]:
    """Every division in a scope, each with the one above it."""
    found = select(Region).where(in_scope(path)).options(joinedload(Region.parent))
    return list(db.session.scalars(found.order_by(Region.code)))


def _rank(region: Region, text: str) -> int:
    if text in (region.name, region.pinyin, region.initials):
        return 0
    return 1 if region.name.startswith(text) or region.pinyin.startswith(text) else 2


def setting(county_id: int, name: Setting) -> Any:
    """What holds in a county: what it has set, else the default."""
    found = select(CountySetting.value).where(
        CountySetting.county_id == county_id, CountySetting.name == name
    )
    row = db.session.execute(found).first()
    return DEFAULTS[name] if row is None else row[0]


def settings(county_id: int, names: Collection[Setting]) -> dict[Setting, Any]:
    """The same of several, in one query."""
    found = select(CountySetting.name, CountySetting.value).where(
        CountySetting.county_id == county_id, CountySetting.name.in_(names)
    )
    said: dict[Setting, Any] = dict(db.session.execute(found).all())
    return {name: said.get(name, DEFAULTS[name]) for name in names}


def hotlines(county_id: int) -> list[Hotline]:
    """The numbers a county shows, in its order."""
    found = select(Hotline).where(Hotline.county_id == county_id).order_by(Hotline.position)
    return list(db.session.scalars(found))
