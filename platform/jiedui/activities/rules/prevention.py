"""What a plan of prevention wants: a theme reaches so many schools or villages by a day; and which
have been reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from jiedui.activities.rules.events import Theme
from jiedui.care.rules.statement import AgeBand

TARGET_MOST = 2000
LATELY = timedelta(days=365)  # what was held longer ago covers nobody any more


class Reach(StrEnum):
    """What is to be reached one by one."""

    schools = "schools"
    villages = "villages"


class PlanRefusal(StrEnum):
    """Why a line of the plan is refused."""

    backwards = "backwards"
    over_already = "over already"
    a_year = "a year"
    more_than_there_are = "more than there are"


@dataclass(frozen=True)
class TargetSaid:
    """What is said of a line: from `starts` to `until` (both count) so many."""

    theme: Theme
    reach: Reach
    number: int
    starts: date
    until: date


def target_fault(said: TargetSaid, there: int, today: date) -> tuple[PlanRefusal, str] | None:
    """What is wrong with a line, and the field it belongs to. `there`: how many schools or villages
    the county has."""
    checks = (
        (said.until < said.starts, PlanRefusal.backwards, "until"),
        (said.until < today, PlanRefusal.over_already, "until"),
        (said.until > said.starts + LATELY, PlanRefusal.a_year, "until"),
        (said.number > there, PlanRefusal.more_than_there_are, "number"),
    )
    return next(((code, name) for bad, code, name in checks if bad), None)


@dataclass(frozen=True)
class HeldAt:
    """A meeting that was held and confirmed: where, when, about what, how many children by age.
    `school_id`: the place, where it is a school."""

    theme: Theme
    on: date
    village_id: int
    school_id: int | None
    counts: Mapping[AgeBand, int]


@dataclass
class Covered:
    """What one school or village has had of a theme."""

    last: date | None = None
    times: int = 0
    children: Counter[AgeBand] = field(default_factory=Counter)

    @property
    def reached(self) -> int:
        """Children counted, each as often as it came."""
        return self.children.total()


def place_of(held: HeldAt, reach: Reach) -> int | None:
    """The school or village a meeting counts for; None where it was at no school."""
    return held.school_id if reach is Reach.schools else held.village_id


def covered(held: Iterable[HeldAt], reach: Reach) -> dict[int, Covered]:
    """What each school or village has had, of one theme."""
    found: dict[int, Covered] = {}
    for one in held:
        where = place_of(one, reach)
        if where is None:
            continue
        row = found.setdefault(where, Covered())
        row.last = one.on if row.last is None else max(row.last, one.on)
        row.times += 1
        row.children.update(one.counts)
    return found
