"""Finding units and places."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import SCOPE_OF, Actor, Office, ScopeKind
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.partners.models import Place, Unit, UnitApplication
from jiedui.partners.rules import ApplicationState, PlaceKind, UnitKind
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

FOUND_AT_MOST = 12


def reach(actor: Actor) -> str:
    """The path within which somebody names villages and places: the role's region, or the whole
    county where the role belongs to a unit."""
    holding = actor.holding
    if holding is not None and SCOPE_OF[holding.role] is ScopeKind.region:
        return holding.region_path
    return regions.get(actor.county_id).path


def get_unit(unit_id: int) -> Unit:
    """The unit with this id; raise Missing."""
    found = select(Unit).where(Unit.id == unit_id).options(joinedload(Unit.region))
    unit = db.session.scalar(found)
    if unit is None:
        raise Missing
    return unit


def get_place(place_id: int) -> Place:
    """The place with this id; raise Missing."""
    found = _places().where(Place.id == place_id)
    place = db.session.scalar(found)
    if place is None:
        raise Missing
    return place


def units(county_id: int, *kinds: UnitKind) -> list[Unit]:
    """A county's open units of these kinds (of every kind when none is named), by name."""
    found = select(Unit).where(Unit.county_id == county_id, Unit.open.is_(True))
    if kinds:
        found = found.where(Unit.kind.in_(kinds))
    return list(db.session.scalars(found.order_by(Unit.name, Unit.id)))


def units_within(path: str, after: int = 0, limit: int = 50) -> list[Unit]:
    """Units with their seat in a scope, by id; keyset paging by `after`."""
    found = select(Unit).where(Unit.region_id.in_(regions.ids_within(path)), Unit.id > after)
    found = found.options(joinedload(Unit.region).joinedload(Region.parent))
    return list(db.session.scalars(found.order_by(Unit.id).limit(limit)))


def unit_by_code(county_id: int, code: str) -> Unit | None:
    """The unit with this unified social credit code."""
    found = select(Unit).where(Unit.county_id == county_id, Unit.credit_code == code)
    return db.session.scalar(found)


def application(application_id: int) -> UnitApplication:
    """The unit that registered itself under this id; raise Missing."""
    found = select(UnitApplication).where(UnitApplication.id == application_id)
    one = db.session.scalar(found.options(joinedload(UnitApplication.region)))
    if one is None:
        raise Missing
    return one


def applied_with(county_id: int, code: str) -> UnitApplication | None:
    """The application with this code that waits."""
    mine = UnitApplication.county_id == county_id, UnitApplication.credit_code == code
    waits = UnitApplication.state == ApplicationState.waiting
    return db.session.scalar(select(UnitApplication).where(*mine, waits))


def waiting_for(actor: Actor) -> list[UnitApplication]:
    """Applications that wait for the actor's office, oldest first; civil affairs sees all."""
    waits = UnitApplication.state == ApplicationState.waiting
    inside = UnitApplication.region_id.in_(regions.ids_within(actor.scope))
    found = select(UnitApplication).where(waits, inside).order_by(UnitApplication.id)
    rows = db.session.scalars(found.options(joinedload(UnitApplication.region)))
    everything = actor.office is Office.civil_affairs
    return [one for one in rows if everything or one.office is actor.office]


def _places() -> Select[Any]:
    return select(Place).options(joinedload(Place.region).joinedload(Region.parent))


def _open_in(path: str) -> ColumnElement[bool]:
    return Place.open.is_(True) & Place.region_id.in_(regions.ids_within(path))


def places_in(path: str, *kinds: PlaceKind) -> list[Place]:
    """Open places in a scope, by name."""
    found = _places().where(_open_in(path))
    if kinds:
        found = found.where(Place.kind.in_(kinds))
    return list(db.session.scalars(found.order_by(Place.name, Place.id)))


def places_within(path: str, after: int = 0, limit: int = 50) -> list[Place]:
    """Every place in a scope, closed ones too, by id; keyset paging by `after`."""
    found = _places().where(Place.region_id.in_(regions.ids_within(path)), Place.id > after)
    return list(db.session.scalars(found.order_by(Place.id).limit(limit)))


def place(place_id: int, path: str) -> Place | None:
    """An open place by id, if it lies in the scope."""
    return db.session.scalar(_places().where(Place.id == place_id, _open_in(path)))


def place_named(region_id: int, name: str) -> Place | None:
    """The place of this name in a village or township."""
    found = select(Place).where(Place.region_id == region_id, Place.name == name)
    return db.session.scalar(found)


def place_of_unit(unit_id: int | None) -> Place | None:
    """The first open place of a unit: a school's own."""
    found = _places().where(Place.unit_id == unit_id, Place.open.is_(True))
    return db.session.scalar(found.order_by(Place.id).limit(1))


def find_places(text: str, path: str) -> list[Place]:
    """Open places in a scope by their name, or by village or township in characters or pinyin;
    at most a dozen, those named so first."""
    text = "".join(text.lower().split())
    if not text:
        return []
    named = func.lower(Place.name).contains(text, autoescape=True)
    village = select(Region.id).where(
        or_(
            Region.name.startswith(text, autoescape=True),
            Region.pinyin.startswith(text, autoescape=True),
            Region.initials == text,
        )
    )
    below = select(Region.id).where(Region.parent_id.in_(village))
    hit = or_(named, Place.region_id.in_(village), Place.region_id.in_(below))
    rows = db.session.scalars(_places().where(_open_in(path), hit).limit(200)).all()
    return sorted(rows, key=lambda p: (text not in p.name.lower(), p.name, p.id))[:FOUND_AT_MOST]
