"""How far a quarter's screening is: house by house in a village, village by village above."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from jiedui.care.models.screening import ScreeningCount, ScreeningMark, WalkingOrder
from jiedui.care.models.visits import Visit
from jiedui.care.queries import reviews, visits
from jiedui.care.queries.reviews import Visited
from jiedui.care.queries.visits import House
from jiedui.care.rules.quarters import Quarter, quarter_of
from jiedui.care.rules.screening import Screened, arranged, standing
from jiedui.care.rules.visits import HomeFound
from jiedui.children.models import Household
from jiedui.core import clock, db
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def others(village_id: int, quarter: Quarter) -> ScreeningCount | None:
    """How many other houses of a village were asked, if somebody has said."""
    found = select(ScreeningCount).where(
        ScreeningCount.village_id == village_id, ScreeningCount.quarter == quarter.key
    )
    return db.session.scalar(found)


def order_row(village_id: int) -> WalkingOrder | None:
    """The kept walking order of a village."""
    return db.session.scalar(select(WalkingOrder).where(WalkingOrder.village_id == village_id))


def house_ids(village: Region) -> list[int]:
    """The houses of a village with an open file, in walking order."""
    return in_order(village.id, [house.id for house in visits.houses(village.path)])


def in_order(village_id: int, houses: list[int]) -> list[int]:
    """Houses of a village in walking order."""
    row = order_row(village_id)
    return arranged(houses, row.houses if row else ())


Outcomes = defaultdict[int, list[HomeFound]]


def _inside(path: str) -> Any:
    return select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))


def _marks(path: str, quarter: Quarter) -> Outcomes:
    found = select(ScreeningMark.household_id, ScreeningMark.outcome).where(
        ScreeningMark.quarter == quarter.key, ScreeningMark.household_id.in_(_inside(path))
    )
    return _by_house(found.order_by(ScreeningMark.id))


def _visits(path: str, quarter: Quarter) -> Outcomes:
    found = select(Visit.household_id, Visit.outcome).where(
        Visit.superseded.is_(False),
        Visit.on_day.between(quarter.first, quarter.last),
        Visit.household_id.in_(_inside(path)),
    )
    return _by_house(found)


def _by_house(found: Any) -> Outcomes:
    outcomes: Outcomes = defaultdict(list)
    for house, outcome in db.session.execute(found):
        outcomes[house].append(outcome)
    return outcomes


@dataclass(frozen=True)
class Row:
    """One house of a village's list."""

    house: House
    home: Household
    state: Screened


def of_village(village: Region) -> list[Row]:
    """A village's houses in walking order, and how each stands this quarter."""
    quarter = quarter_of(clock.today())
    known = {house.id: house for house in visits.houses(village.path)}
    marks, seen = _marks(village.path, quarter), _visits(village.path, quarter)
    homes = visits.homes(known)
    return [
        Row(known[number], homes[number], standing(marks[number], seen[number]))
        for number in in_order(village.id, list(known))
    ]


@dataclass(frozen=True)
class Progress:
    """How far one village is. `others` None: nobody has said."""

    village: Region
    houses: Counter[Screened]
    others: int | None

    @property
    def begun(self) -> bool:
        """Whether anything at all was screened this quarter."""
        return self.others is not None or self.houses.total() > self.houses[Screened.not_yet]


def progress(path: str) -> list[Progress]:
    """How far each village of a scope is; those where nothing was screened first."""
    quarter = quarter_of(clock.today())
    marks, seen = _marks(path, quarter), _visits(path, quarter)
    counted: dict[int, Counter[Screened]] = defaultdict(Counter)
    for house in visits.houses(path):
        counted[house.village_id][standing(marks[house.id], seen[house.id])] += 1
    said = select(ScreeningCount.village_id, ScreeningCount.houses).where(
        ScreeningCount.quarter == quarter.key,
        ScreeningCount.village_id.in_(regions.ids_within(path)),
    )
    others_of = {village: houses for village, houses in db.session.execute(said) if houses >= 0}
    found = [Progress(v, counted[v.id], others_of.get(v.id)) for v in regions.villages(path)]
    return sorted(found, key=lambda one: one.begun)


def until() -> date:
    """The last day of this quarter."""
    return quarter_of(clock.today()).last


def said_of(first: date, last: date, households: Collection[int]) -> dict[int, Screened]:
    """How these households stand by the marks and visits from the first to the last day; those of
    which nothing is said are left out."""
    mine = list(households)
    visited = select(Visit.household_id, Visit.outcome).where(
        Visit.superseded.is_(False),
        Visit.on_day.between(first, last),
        Visit.household_id.in_(mine),
    )
    marked = select(ScreeningMark.household_id, ScreeningMark.outcome).where(
        ScreeningMark.on_day.between(first, last), ScreeningMark.household_id.in_(mine)
    )
    marks, seen = _by_house(marked.order_by(ScreeningMark.id)), _by_house(visited)
    return {house: standing(marks[house], seen[house]) for house in {*marks, *seen}}


def seen_of(first: date, last: date, households: Collection[int]) -> set[int]:
    """The households of which somebody was met."""
    said = said_of(first, last, households)
    return {house for house, state in said.items() if state is Screened.seen}


def moved_of(first: date, last: date, households: Collection[int]) -> set[int]:
    """The households said to have moved, of which nobody was met."""
    said = said_of(first, last, households)
    return {house for house, state in said.items() if state is Screened.moved}


# The quarterly review asks of whom somebody has seen, and who is said to have moved.
reviews.tells(Visited.seen, seen_of)
reviews.tells(Visited.moved, moved_of)
