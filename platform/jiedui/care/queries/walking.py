"""The walking list of a village, and what of it a township looks at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from jiedui.care.queries import screening, visits
from jiedui.care.queries.visits import House
from jiedui.care.rules.visits import Turn
from jiedui.children.models import Household
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

SHOWN = 50


@dataclass(frozen=True)
class Stop:
    """One house of a walking list, with its people."""

    house: House
    home: Household


def of_village(village: Region) -> dict[Turn, list[Stop]]:
    """A village's houses part by part, each in walking order."""
    known = {house.id: house for house in visits.houses(village.path)}
    homes = visits.homes(known)
    stops: dict[Turn, list[Stop]] = {turn: [] for turn in Turn}
    for number in screening.in_order(village.id, list(known)):
        house = known[number]
        stops[house.turn].append(Stop(house, homes[number]))
    return stops


@dataclass(frozen=True)
class VillageLine:
    """How a village stands: its houses, and how many of them in each part of the list."""

    village: Region
    houses: int
    turns: Counter[Turn]


def overview(path: str) -> dict[str, Any]:
    """What a township looks at: a line a village, the overdue houses, oldest first, and how many
    lower levels wait."""
    known = visits.houses(path)
    by_village: dict[int, Counter[Turn]] = {}
    for house in known:
        by_village.setdefault(house.village_id, Counter())[house.turn] += 1
    overdue = sorted((h for h in known if h.turn is Turn.overdue), key=lambda h: (h.due, h.id))
    homes = visits.homes(house.id for house in overdue[:SHOWN])
    lines = [
        VillageLine(village, by_village[village.id].total(), by_village[village.id])
        for village in regions.villages(path)
        if village.id in by_village
    ]
    return {
        "lines": lines,
        "turns": Counter(house.turn for house in known),
        "overdue": [Stop(house, homes[house.id]) for house in overdue[:SHOWN]],
        "asking": len(visits.asking_less(path)),
    }
