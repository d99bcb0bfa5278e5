"""Which villages have a place for their children within reach on foot, and which have not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.oversight.models import SitePlan
from jiedui.oversight.rules.coverage import FOR_ALL, Spot, Walk
from jiedui.partners import queries as partners
from jiedui.partners.models import Place
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Setting, great_circle_km


def walk_of(county_id: int) -> Walk:
    """How far is near enough in a county, as it has set it."""
    return Walk(
        int(regions.setting(county_id, Setting.walking_minutes)),
        int(regions.setting(county_id, Setting.detour_percent)),
    )


def children_in(path: str) -> dict[int, int]:
    """Open files by village; villages without one are left out."""
    here = Child.village_id.in_(regions.ids_within(path)), Child.state == ChildState.open
    found = select(Child.village_id, func.count()).where(*here).group_by(Child.village_id)
    return {row[0]: row[1] for row in db.session.execute(found)}


def spots(path: str) -> list[Spot]:
    """The villages of a scope whose position is known, with their children on file."""
    known = children_in(path)
    return [
        Spot(one.id, one.point, known.get(one.id, 0))
        for one in regions.villages(path)
        if one.point is not None
    ]


def points(county_path: str) -> list[tuple[float, float]]:
    """Where the county's open places for all children lie."""
    found = partners.places_in(county_path, *FOR_ALL)
    return [one.point for one in found if one.point is not None]


@dataclass(frozen=True)
class Reached:
    """A village, its children on file, and the place that is nearest: as the crow flies and on
    foot. None where its position is not known, or where there is no place at all."""

    village: Region
    children: int
    place: Place | None
    metres: int | None
    minutes: int | None

    def near(self, walk: Walk) -> bool:
        """Whether it is near enough."""
        return self.metres is not None and self.metres <= walk.metres


@dataclass(frozen=True)
class Coverage:
    """Villages of a scope, those farthest from any place first; those whose position is not known
    stand last."""

    walk: Walk
    villages: list[Reached]
    places: list[Place]

    @property
    def far(self) -> list[Reached]:
        """Those that have no place near."""
        return [one for one in self.villages if not one.near(self.walk)]

    @property
    def children(self) -> int:
        """All children on file."""
        return sum(one.children for one in self.villages)

    @property
    def children_near(self) -> int:
        """Children of villages that have one near."""
        return sum(one.children for one in self.villages if one.near(self.walk))


def coverage(region: Region) -> Coverage:
    """How the villages of a region stand, by all open places of the county: a village may be
    nearest to a neighbour's."""
    county = regions.get(region.county_id or region.id)
    walk, known = walk_of(county.id), children_in(region.path)
    places = [one for one in partners.places_in(county.path, *FOR_ALL) if one.point is not None]
    found = [
        _reached(one, known.get(one.id, 0), places, walk) for one in regions.villages(region.path)
    ]
    found.sort(key=lambda one: (one.village.point is None, -(one.metres or 0), -one.children))
    return Coverage(walk, found, places)


def _reached(village: Region, children: int, places: list[Place], walk: Walk) -> Reached:
    here = village.point
    if here is None or not places:
        return Reached(village, children, None, None, None)
    away = [(great_circle_km(here, one.point), one) for one in places if one.point is not None]
    km, nearest = min(away, key=lambda row: row[0])
    metres = round(km * 1000)
    return Reached(village, children, nearest, metres, walk.needed(metres))


class Town(NamedTuple):
    """A township's name and where it is written on the map."""

    name: str
    lat: float
    lon: float


def towns(path: str) -> list[Town]:
    """The townships of a scope whose position is known."""
    known = ((one.name, one.point) for one in regions.townships(path))
    return [Town(name, *point) for name, point in known if point is not None]


def latest_plan(region_id: int) -> SitePlan | None:
    """What was asked last for a region, answered or not."""
    found = select(SitePlan).where(SitePlan.region_id == region_id)
    return db.session.scalar(found.order_by(SitePlan.id.desc()).limit(1))


def get_plan(plan_id: int) -> SitePlan:
    """One of them; raise Missing."""
    found = db.session.get(SitePlan, plan_id)
    if found is None:
        raise Missing
    return found
