"""An injury as a figure: its cause, kind of place and outcome, the age, the season; nobody is
named, and whoever reads less than a county reads no small number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.care.rules.statement import AgeBand
from jiedui.core.withheld import LEAST, SUM, Edge, edges_of_parts, shown

LONGEST_AGO = timedelta(days=800)


class Cause(StrEnum):
    """How a child was hurt."""

    traffic = "traffic"
    drowning = "drowning"
    burn = "burn"
    fall = "fall"
    food = "food"
    animal = "animal"
    other = "other"


class Spot(StrEnum):
    """At what kind of place."""

    road = "road"
    water = "water"
    home = "home"
    school = "school"
    field = "field"
    elsewhere = "elsewhere"


class Outcome(StrEnum):
    """How it ended, the lightest first."""

    treated = "treated"
    hospital = "hospital"
    permanent = "permanent"
    died = "died"


class Season(StrEnum):
    """A quarter of the year as the weather has it: winter is December to February."""

    spring = "spring"
    summer = "summer"
    autumn = "autumn"
    winter = "winter"


class InjuryRefusal(StrEnum):
    """Why an injury is not recorded."""

    long_ago = "long ago"
    to_come = "to come"
    elsewhere = "elsewhere"
    there_already = "there already"
    struck_already = "struck already"


def season_of(on: date) -> Season:
    """The season of a day."""
    return list(Season)[(on.month - 3) % 12 // 3]


@dataclass(frozen=True)
class InjurySaid:
    """What is said of an injury. `another`: that it is not the one of that day, village, cause and
    age which stands there already."""

    on: date
    region_id: int
    cause: Cause
    spot: Spot
    outcome: Outcome
    band: AgeBand
    another: bool = False


def injury_fault(said: InjurySaid, alike: int, today: date) -> tuple[InjuryRefusal, str] | None:
    """What is wrong with an injury, and the field it belongs to. `alike`: how many of that day,
    village, cause and age there are; a school and a village may both have seen one."""
    checks = (
        (said.on > today, InjuryRefusal.to_come, "on"),
        (said.on < today - LONGEST_AGO, InjuryRefusal.long_ago, "on"),
        (alike > 0 and not said.another, InjuryRefusal.there_already, "another"),
    )
    return next(((code, name) for bad, code, name in checks if bad), None)


@dataclass(frozen=True)
class Counted:
    """An injury as it is counted; `township` by its number."""

    on: date
    cause: Cause
    spot: Spot
    outcome: Outcome
    township: int


@dataclass(frozen=True)
class Figures:
    """What is counted of a time and region."""

    whole: int
    by_season: Counter[tuple[Cause, Season]]
    by_cause: Counter[Cause]
    by_township: Counter[tuple[int, Cause]]
    by_spot: Counter[Spot]
    by_outcome: Counter[Outcome]


def figures(rows: Iterable[Counted]) -> Figures:
    """Count injuries every way a page shows them."""
    known = list(rows)
    return Figures(
        len(known),
        Counter((one.cause, season_of(one.on)) for one in known),
        Counter(one.cause for one in known),
        Counter((one.township, one.cause) for one in known),
        Counter(one.spot for one in known),
        Counter(one.outcome for one in known),
    )


@dataclass(frozen=True)
class Seen:
    """Figures as somebody reads them; None is withheld."""

    whole: int | None
    by_season: Mapping[tuple[Cause, Season], int | None]
    by_cause: Mapping[Cause, int | None]
    by_spot: Mapping[Spot, int | None]
    by_outcome: Mapping[Outcome, int | None]


def seen(found: Figures, *, exact: bool) -> Seen:
    """What of the figures is read: all by a county; by less no small one, nor one from which a
    small one follows, and where all are few nothing but that there were some."""
    if exact:
        return Seen(found.whole, found.by_season, found.by_cause, found.by_spot, found.by_outcome)
    if 0 < found.whole < LEAST:
        return Seen(
            None,
            {(cause, season): None for cause in Cause for season in Season},
            dict.fromkeys(Cause),
            dict.fromkeys(Spot),
            dict.fromkeys(Outcome),
        )
    spots = shown(edges_of_parts({one: found.by_spot[one] for one in Spot}))
    outcomes = shown(edges_of_parts({one: found.by_outcome[one] for one in Outcome}))
    causes = shown(_edges_of_causes(found))
    return Seen(
        found.whole,
        {(one, season): causes[one, season] for one in Cause for season in Season},
        {one: causes[one, SUM] for one in Cause},
        {one: spots[one] for one in Spot},
        {one: outcomes[one] for one in Outcome},
    )


def _edges_of_causes(found: Figures) -> list[Edge]:
    """The seasons of a cause make the year, the years of all causes make the whole; the sum of a
    season stands nowhere."""
    edges = [Edge((one, SUM), one, SUM, found.by_cause[one]) for one in Cause]
    for cause in Cause:
        for season in Season:
            name = cause, season
            edges.append(Edge(name, cause, "no sum", found.by_season[name]))
    return edges
