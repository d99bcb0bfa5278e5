"""Which houses are to be visited and when, what visits have found, and how much work it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.care.models.visits import Visit, VisitChild
from jiedui.care.rules.visits import (
    HomeFound,
    Turn,
    VisitPlan,
    Watched,
    house_due,
    plan_of,
    turn_of,
)
from jiedui.children import queries as children
from jiedui.children.models import Child, Household
from jiedui.children.rules import ChildState, RiskLevel, highest
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Setting


def plan(county_id: int) -> VisitPlan:
    """How often houses of a county are visited."""
    table = regions.setting(county_id, Setting.visit_plan)
    return plan_of(table, regions.setting(county_id, Setting.school_holidays))


def home(home_id: int) -> Household:
    """A household with village, children and grown-ups; raise Missing."""
    found = _houses().where(Household.id == home_id)
    one: Household | None = db.session.scalar(found)
    if one is None:
        raise Missing
    return one


def homes(ids: Iterable[int]) -> dict[int, Household]:
    """Several households by id."""
    found = _houses().where(Household.id.in_(list(ids)))
    return {one.id: one for one in db.session.scalars(found)}


def _houses() -> Select[Any]:
    return select(Household).options(
        joinedload(Household.village).joinedload(Region.parent),
        selectinload(Household.children),
        selectinload(Household.guardians),
    )


def get(visit_id: int) -> Visit:
    """The visit with this id; raise Missing."""
    found: Visit | None = db.session.scalar(_visits().where(Visit.id == visit_id))
    if found is None:
        raise Missing
    return found


def _visits() -> Select[Any]:
    house = joinedload(Visit.household)
    return select(Visit).options(
        house.joinedload(Household.village).joinedload(Region.parent),
        house.selectinload(Household.children),
        selectinload(Visit.children).joinedload(VisitChild.child),
        selectinload(Visit.findings),
    )


def of_household(household_id: int) -> list[Visit]:
    """All visits to a household, corrected ones too, newest first."""
    found = _visits().where(Visit.household_id == household_id)
    return list(db.session.scalars(found.order_by(Visit.on_day.desc(), Visit.id.desc())))


@dataclass(frozen=True)
class House:
    """A house of the plan: how high its highest level is, until when it is to be visited, when
    somebody was last met there, when nobody since, and whether it has moved away."""

    id: int
    village_id: int
    level: RiskLevel
    due: date
    seen_on: date | None
    nobody_on: date | None
    turn: Turn
    days: int  # until it is due; negative when it is overdue


def houses(path: str, home_id: int | None = None) -> list[House]:
    """Every house of a scope with an open file, by village and then by id; only one of them if
    given. Nothing sealed is opened."""
    inside = Child.village_id.in_(regions.ids_within(path))
    kids = [inside, Child.state == ChildState.open]
    if home_id is not None:
        kids.append(Child.household_id == home_id)
    moved = children.last_moves(select(Child.id).where(*kids))
    rows = db.session.execute(
        select(Child.id, Child.household_id, Child.village_id, Child.risk, Child.entered_at)
        .where(*kids)
        .order_by(Child.village_id, Child.household_id)
    )
    watched: dict[tuple[int, int], list[Watched]] = defaultdict(list)
    for child, house, village, level, at in rows:
        entered = clock.local(at).date()
        one = Watched(level, moved.get(child, entered), entered)
        watched[house, village].append(one)
    if not watched:
        return []
    last, table = _last(path, home_id), plan(int(path.split("/")[0]))
    return [_house(key, mine, last[key[0]], table) for key, mine in watched.items()]


Found = dict[HomeFound, date]


def _last(path: str, home_id: int | None) -> defaultdict[int, Found]:
    """The last day of each outcome, by household."""
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    if home_id is not None:
        inside = inside.where(Household.id == home_id)
    found = (
        select(Visit.household_id, Visit.outcome, func.max(Visit.on_day))
        .where(Visit.superseded.is_(False), Visit.household_id.in_(inside))
        .group_by(Visit.household_id, Visit.outcome)
    )
    last: defaultdict[int, Found] = defaultdict(dict)
    for house, outcome, day in db.session.execute(found):
        last[house][outcome] = day
    return last


def _house(key: tuple[int, int], kids: list[Watched], found: Found, table: VisitPlan) -> House:
    seen = found.get(HomeFound.seen)
    nobody, gone = found.get(HomeFound.nobody_home), found.get(HomeFound.moved)
    due = house_due(kids, seen, table)
    moved = gone is not None and (seen is None or gone >= seen)
    return House(
        id=key[0],
        village_id=key[1],
        level=highest(one.level for one in kids),
        due=due,
        seen_on=seen,
        nobody_on=nobody if nobody and (seen is None or nobody > seen) else None,
        turn=turn_of(due, moved, clock.today()),
        days=(due - clock.today()).days,
    )


def due_day(home_id: int, path: str) -> House | None:
    """One house as the plan sees it; None where no file is open."""
    return next(iter(houses(path, home_id)), None)


def asking_less(path: str) -> list[Visit]:
    """Visits that propose a lower level and wait for the township, oldest first."""
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    found = _visits().where(
        Visit.asks_less.is_(True),
        Visit.settled_at.is_(None),
        Visit.superseded.is_(False),
        Visit.household_id.in_(inside),
    )
    return list(db.session.scalars(found.order_by(Visit.on_day, Visit.id)))


def seen_between(path: str, first: date, last: date) -> dict[int, date]:
    """The households of a scope at which a visit met somebody from the first to the last day, and
    the last day on which it did: for the quarterly review, screening and support."""
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    found = (
        select(Visit.household_id, func.max(Visit.on_day))
        .where(Visit.superseded.is_(False), Visit.outcome == HomeFound.seen)
        .where(Visit.on_day.between(first, last), Visit.household_id.in_(inside))
        .group_by(Visit.household_id)
    )
    rows = db.session.execute(found)
    return {house: day for house, day in rows if day is not None}
