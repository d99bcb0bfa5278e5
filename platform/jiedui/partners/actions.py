"""Units and places are registered and changed."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.partners import queries
from jiedui.partners.models import Place, Unit
from jiedui.partners.rules import (
    NewPlace,
    NewUnit,
    PartnerRefusal,
    credit_code_fault,
    point_fault,
    tidy_credit_code,
)
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import within


def register_unit(said: NewUnit, *, by: By) -> Unit:
    """Add a unit. Refuses a place outside the actor's area, a code that does not add up or that
    another unit of the county has."""
    region = _in_reach(said.region_id, by)
    unit = Unit(county_id=region.county_id)
    _say_unit(unit, said, region)
    db.session.add(unit)
    audit.record(Act.unit_registered, unit, by=by)
    return unit


def change_unit(unit: Unit, said: NewUnit, *, by: By, version: int | None = None) -> None:
    """Change what is known of a unit; refuses as registering does."""
    fresh(unit.version, version)
    _say_unit(unit, said, _in_reach(said.region_id, by))
    audit.record(Act.unit_changed, unit, by=by)


def _say_unit(unit: Unit, said: NewUnit, region: Region) -> None:
    code = tidy_credit_code(said.credit_code or "") or None
    fault = credit_code_fault(code)
    if fault is not None:
        raise Refusal(fault, "credit_code")
    known = queries.unit_by_code(region.county_id or 0, code) if code else None
    if known is not None and known.id != unit.id:
        raise Refusal(PartnerRefusal.credit_code_taken, "credit_code")
    unit.kind, unit.name, unit.credit_code = said.kind, said.name, code
    unit.region_id, unit.region = region.id, region
    unit.recording, unit.open = said.recording, said.open


def register_place(said: NewPlace, *, by: By) -> Place:
    """Add a place where help happens. Refuses one outside the actor's area, a name that stands
    there already, a unit of another county, and a coordinate far from the village."""
    region = _in_reach(said.region_id, by)
    place = Place(county_id=region.county_id)
    _say_place(place, said, region)
    db.session.add(place)
    audit.record(Act.place_registered, place, by=by)
    return place


def change_place(place: Place, said: NewPlace, *, by: By, version: int | None = None) -> None:
    """Change what is known of a place; refuses as registering does."""
    fresh(place.version, version)
    _say_place(place, said, _in_reach(said.region_id, by))
    audit.record(Act.place_changed, place, by=by)


def _say_place(place: Place, said: NewPlace, region: Region) -> None:
    known = queries.place_named(region.id, said.name)
    if known is not None and known.id != place.id:
        raise Refusal(PartnerRefusal.name_taken, "name")
    if said.unit_id and queries.get_unit(said.unit_id).county_id != region.county_id:
        raise Refusal(PartnerRefusal.unit_outside, "unit_id")
    fault = point_fault(said, region.point)
    if fault is not None:
        raise Refusal(fault, "latitude")
    place.kind, place.name, place.unit_id = said.kind, said.name, said.unit_id
    place.region_id, place.region = region.id, region
    place.latitude, place.longitude, place.open = said.latitude, said.longitude, said.open


def _in_reach(region_id: int, by: By) -> Region:
    region = regions.get(region_id)
    if isinstance(by, Actor) and not within(region.path, queries.reach(by)):
        raise Refusal(PartnerRefusal.place_outside, "region")
    return region
