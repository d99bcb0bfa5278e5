"""A water hazard: where a child could drown, who keeps an eye on it, and how often that is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.regions.rules import great_circle_km

KM_FROM_VILLAGE = 30.0  # a point further off is a slip
WARM = frozenset({5, 6, 7, 8, 9})  # months in which children swim


class Water(StrEnum):
    """What kind of water."""

    pond = "pond"
    river = "river"
    reservoir = "reservoir"
    well = "well"
    pit = "pit"


class HazardRefusal(StrEnum):
    """Why something about a water hazard is refused."""

    elsewhere = "elsewhere"
    point_half = "point half"
    point_outside = "point outside"
    no_keeper = "no keeper"
    gone_already = "gone already"


@dataclass(frozen=True)
class HazardSaid:
    """What is said of a hazard. Degrees are WGS-84; without them the village's count. `keeper_id`:
    the account of whoever looks after it."""

    region_id: int
    kind: Water
    name: str
    keeper_id: int
    sign: bool
    fence: bool
    latitude: float | None = None
    longitude: float | None = None


def hazard_fault(
    said: HazardSaid, village: tuple[float, float] | None
) -> tuple[HazardRefusal, str] | None:
    """What is wrong with a hazard's point, and the field it belongs to."""
    if (said.latitude is None) != (said.longitude is None):
        return HazardRefusal.point_half, "longitude"
    if said.latitude is None or said.longitude is None or village is None:
        return None
    away = great_circle_km(village, (said.latitude, said.longitude))
    return (HazardRefusal.point_outside, "latitude") if away > KM_FROM_VILLAGE else None


def every(today: date) -> timedelta:
    """How often a hazard is looked at: each week while children swim, each month else."""
    return timedelta(days=7 if today.month in WARM else 30)


def due(checked_on: date, today: date) -> date:
    """The day until which it is to be looked at."""
    return checked_on + every(today)
