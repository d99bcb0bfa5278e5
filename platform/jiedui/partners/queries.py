"""Finding units and places, and what is told of a place."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.models import RoleHolding
from jiedui.access.rules import SCOPE_OF, Actor, Office, Role, ScopeKind
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Missing
from jiedui.partners.models import (
    Place,
    PlaceFunction,
    PlaceKeeper,
    PlacePhoto,
    PlaceProfile,
    Unit,
    UnitApplication,
)
from jiedui.partners.rules import ApplicationState, PlaceKind, PlacePart, PlaceUse, UnitKind
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

FOUND_AT_MOST = 12
# What each act on a place changed; of describing, the record says which parts.
CHANGED = {
    Act.place_registered: (PlacePart.registered,),
    Act.place_changed: (PlacePart.position,),
    Act.place_described: (),
    Act.place_pictured: (PlacePart.picture,),
    Act.place_picture_gone: (PlacePart.picture_gone,),
}


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


def listed_places(
    path: str,
    kind: PlaceKind | None = None,
    use: PlaceUse | None = None,
    *,
    page: int = 1,
    most: int = 50,
) -> tuple[list[Place], int]:
    """One page of the register of a scope, by township and name, closed places last; and how many
    places there are."""
    found: list[ColumnElement[bool]] = [Place.region_id.in_(regions.ids_within(path))]
    if kind is not None:
        found.append(Place.kind == kind)
    if use is not None:
        there = select(PlaceProfile.place_id).join(PlaceFunction)
        found.append(Place.id.in_(there.where(PlaceFunction.use == use)))
    total = db.session.scalar(select(func.count()).select_from(Place).where(*found)) or 0
    rows = _places().join(Place.region).where(*found)
    rows = rows.order_by(Place.open.desc(), Region.code, Place.name, Place.id)
    return list(db.session.scalars(rows.offset((page - 1) * most).limit(most))), total


def uses_of(place_ids: Iterable[int]) -> dict[int, list[PlaceUse]]:
    """What places are for, in the order of the list of uses."""
    found = select(PlaceProfile.place_id, PlaceFunction.use).join(PlaceFunction)
    known: dict[int, list[PlaceUse]] = defaultdict(list)
    for number, use in db.session.execute(found.where(PlaceProfile.place_id.in_(place_ids))):
        known[number].append(use)
    order = list(PlaceUse)
    return {number: sorted(uses, key=order.index) for number, uses in known.items()}


def profile_of(place_id: int) -> PlaceProfile | None:
    """What is told of a place."""
    found = select(PlaceProfile).where(PlaceProfile.place_id == place_id)
    parts = PlaceProfile.uses, PlaceProfile.slots, PlaceProfile.things
    return db.session.scalar(found.options(*(selectinload(part) for part in parts)))


def keeper_of(place_id: int) -> PlaceKeeper | None:
    """Who is in charge of a place now."""
    mine = PlaceKeeper.place_id == place_id, PlaceKeeper.ended_at.is_(None)
    return db.session.scalar(select(PlaceKeeper).where(*mine))


KEEPERS = (Role.child_director, Role.grid_worker, Role.township_supervisor)


def near_people(place: Place) -> list[RoleHolding]:
    """Who may be in charge with an account: of the place's village and township, and of its unit;
    those of the village first, each once."""
    here = RoleHolding.region_id.in_((place.region_id, place.region.parent_id))
    mine = here & RoleHolding.role.in_(KEEPERS)
    if place.unit_id is not None:
        mine = mine | (RoleHolding.unit_id == place.unit_id)
    found = select(RoleHolding).where(mine, RoleHolding.ended_at.is_(None))
    rows = db.session.scalars(found.options(joinedload(RoleHolding.account)))
    living = [one for one in rows if one.lives(clock.today())]
    living.sort(key=lambda one: (one.unit_id is None, one.region_id != place.region_id, one.id))
    return list({one.account_id: one for one in reversed(living)}.values())[::-1]


def photos_of(place_id: int) -> list[PlacePhoto]:
    """Pictures of a place, oldest first; what they show is read when somebody opens them."""
    found = select(PlacePhoto).where(PlacePhoto.place_id == place_id).order_by(PlacePhoto.id)
    return list(db.session.scalars(found))


def photo(picture_id: int) -> PlacePhoto:
    """One picture; raise Missing."""
    found = db.session.get(PlacePhoto, picture_id)
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Change:
    """Somebody changed what is known of a place: which parts of it."""

    at: datetime
    who: int | None
    parts: tuple[PlacePart, ...]


def changes_of(place: Place, most: int = 12) -> list[Change]:
    """The latest changes, from the record, newest first."""
    mine = AuditEntry.object_kind == Place.__tablename__, AuditEntry.object_id == place.id
    acts = {one.value for one in CHANGED}
    found = select(AuditEntry).where(*mine, AuditEntry.act.in_(acts))
    rows = db.session.scalars(found.order_by(AuditEntry.id.desc()).limit(most))
    return [Change(row.at, row.account_id, _parts(row)) for row in rows]


def _parts(row: AuditEntry) -> tuple[PlacePart, ...]:
    told = json.loads(row.details).get("fields", ())
    return CHANGED[Act(row.act)] or tuple(PlacePart(part) for part in told)


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


def members(unit_id: int) -> list[RoleHolding]:
    """Who holds a role of a unit today as its manager or member, managers first."""
    found = select(RoleHolding).where(
        RoleHolding.unit_id == unit_id,
        RoleHolding.role.in_((Role.unit_manager, Role.partner_member)),
    )
    rows = db.session.scalars(found.options(joinedload(RoleHolding.account)))
    living = [one for one in rows if one.lives(clock.today())]
    return sorted(living, key=lambda one: (one.role is not Role.unit_manager, one.id))


def membership(membership_id: int) -> RoleHolding:
    """A role of a unit by its number; raise Missing."""
    found = db.session.get(RoleHolding, membership_id)
    if found is None or found.unit_id is None:
        raise Missing
    return found
