"""How many villages lie within a distance of a village."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Setting, great_circle_km


def villages_within(home: Region, distances: Iterable[int]) -> dict[int, int]:
    """For each distance by road, how many villages of the county somebody gets to; nothing when
    the home's coordinate is not known."""
    if home.point is None or home.county_id is None:
        return {}
    detour = regions.setting(home.county_id, Setting.detour_percent) / 100
    county = regions.get(home.county_id)
    points = [v.point for v in regions.villages(county.path) if v.point is not None]
    away = [great_circle_km(home.point, point) * detour for point in points]
    return {km: sum(one <= km for one in away) for km in distances}
