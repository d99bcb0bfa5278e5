"""The Children's Home nearest to a family: where help can be given online."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from jiedui.core import db
from jiedui.needs.models import Need
from jiedui.partners import queries as places
from jiedui.partners.models import Place
from jiedui.partners.rules import PlaceKind
from jiedui.regions.models import Region
from jiedui.regions.rules import great_circle_km

Near = tuple[int, float | None]


def nearest(path: str, needs: Iterable[Need]) -> dict[int, Near]:
    """For each need the open Home nearest to the family's village, and the kilometres as the crow
    flies; None where one of the two is not on the map. Needs without any Home are left out."""
    homes = places.places_in(path, PlaceKind.childrens_home)
    found: dict[int, Near] = {}
    by_village: dict[int, Near | None] = {}
    for need in needs:
        village = need.household.village
        if village.id not in by_village:
            by_village[village.id] = _nearest(village, homes)
        near = by_village[village.id]
        if near is not None:
            found[need.id] = near
    return found


def _nearest(village: Region, homes: list[Place]) -> Near | None:
    """By the map; where that says nothing, the village's own, else one of its township."""
    here = village.point
    away = [(great_circle_km(here, home.point), home) for home in homes if here and home.point]
    if away:
        km, home = min(away, key=lambda one: (one[0], one[1].region_id != village.id, one[1].id))
        return home.id, round(km, 1)
    own = [home for home in homes if home.region_id == village.id]
    near = own or [home for home in homes if village.parent_id in _around(home.region)]
    return (near[0].id, None) if near else None


def _around(region: Region) -> tuple[int | None, ...]:
    return region.id, region.parent_id


def named(ids: Iterable[int | None]) -> dict[int, Place]:
    """Homes by id, for the pages that name them; those that have closed since are left out."""
    rows = select(Place).where(Place.id.in_([i for i in ids if i]), Place.open.is_(True))
    return {home.id: home for home in db.session.scalars(rows)}
