"""What themed events have reached: by school and village; and how far the plan has got. All of it
is counted from confirmed meetings, nothing is kept beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.activities.models import (
    Activity,
    ActivityMeeting,
    ActivityTheme,
    MeetingCount,
    PreventionTarget,
)
from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.prevention import LATELY, Covered, HeldAt, Reach, covered, place_of
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.partners import queries as partners
from jiedui.partners.models import Place
from jiedui.partners.rules import PlaceKind
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level


def held_between(path: str, first: date, last: date, theme: Theme | None = None) -> list[HeldAt]:
    """Confirmed meetings of themed events in a region, from one day to another (both count)."""
    found = (
        select(ActivityMeeting.id, ActivityMeeting.start_at, ActivityTheme.theme, Place)
        .join(Activity, Activity.id == ActivityMeeting.activity_id)
        .join(ActivityTheme, ActivityTheme.activity_id == Activity.id)
        .join(Place, Place.id == Activity.place_id)
        .where(ActivityMeeting.confirmed_by.is_not(None))
        .where(Place.region_id.in_(regions.ids_within(path)))
        .where(ActivityMeeting.start_at >= clock.at(first))
        .where(ActivityMeeting.start_at < clock.at(last + timedelta(days=1)))
        .order_by(ActivityMeeting.start_at)
    )
    if theme is not None:
        found = found.where(ActivityTheme.theme == theme)
    rows = db.session.execute(found).all()
    counts = _counts([row[0] for row in rows])
    return [
        HeldAt(about, clock.local(at).date(), place.region_id, _school(place), counts[number])
        for number, at, about, place in rows
    ]


def _school(place: Place) -> int | None:
    return place.id if place.kind is PlaceKind.school else None


def _counts(meetings: Sequence[int]) -> dict[int, Counter[AgeBand]]:
    found: dict[int, Counter[AgeBand]] = defaultdict(Counter)
    rows = select(MeetingCount).where(MeetingCount.meeting_id.in_(meetings))
    for one in db.session.scalars(rows):
        found[one.meeting_id][one.band] += one.number
    return found


@dataclass(frozen=True)
class Spot:
    """A school or village that is to be reached: its number, its name, its township."""

    id: int
    name: str
    township: str
    township_id: int


def spots(path: str, reach: Reach) -> list[Spot]:
    """Every open school, or every village, of a region by township."""
    if reach is Reach.villages:
        return [_spot(one.id, one.name, one) for one in regions.villages(path)]
    schools = partners.places_in(path, PlaceKind.school)
    rows = [_spot(one.id, one.name, one.region) for one in schools]
    return sorted(rows, key=lambda one: (one.township, one.name))


def _spot(number: int, name: str, region: Region) -> Spot:
    """A school may be entered in a township itself."""
    town = region if region.level is Level.township or region.parent is None else region.parent
    return Spot(number, name, town.name, town.id)


@dataclass(frozen=True)
class ThemeRow:
    """How far one theme has come in a region in the last twelve months."""

    theme: Theme
    schools: int
    villages: int
    children: int


def overview(path: str) -> list[ThemeRow]:
    """For each theme how many schools and villages were reached, and how many children counted."""
    by_theme: dict[Theme, list[HeldAt]] = defaultdict(list)
    for one in held_between(path, clock.today() - LATELY, clock.today()):
        by_theme[one.theme].append(one)
    known = {reach: {one.id for one in spots(path, reach)} for reach in Reach}
    return [
        ThemeRow(
            theme,
            len(covered(by_theme[theme], Reach.schools).keys() & known[Reach.schools]),
            len(covered(by_theme[theme], Reach.villages).keys() & known[Reach.villages]),
            sum(sum(one.counts.values()) for one in by_theme[theme]),
        )
        for theme in Theme
    ]


def coverage(path: str, theme: Theme, reach: Reach) -> list[tuple[Spot, Covered]]:
    """Every school or village of a region with what it had of a theme in the last twelve months:
    those that had nothing first, then the one it is longest ago for."""
    had = covered(held_between(path, clock.today() - LATELY, clock.today(), theme), reach)
    rows = [(one, had.get(one.id, Covered())) for one in spots(path, reach)]
    return sorted(rows, key=lambda row: (row[1].times > 0, row[1].last or date.min))


@dataclass(frozen=True)
class TownRow:
    """How many villages of a township a theme has reached, of how many, and how many children."""

    town: Region
    reached: int
    whole: int
    children: int


def by_township(path: str, theme: Theme) -> list[TownRow]:
    """One theme in the villages of a region, township by township, the least reached first."""
    rows = coverage(path, theme, Reach.villages)
    found = []
    for town in regions.townships(path):
        mine = [had for spot, had in rows if spot.township_id == town.id]
        reached = sum(had.times > 0 for had in mine)
        found.append(TownRow(town, reached, len(mine), sum(had.reached for had in mine)))
    return sorted(found, key=lambda one: (one.reached / (one.whole or 1), one.town.code))


def get_target(target_id: int) -> PreventionTarget:
    """A line of the plan by id; raise Missing."""
    found = db.session.get(PreventionTarget, target_id)
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Progress:
    """A line of the plan and how many schools or villages were reached in its days so far."""

    target: PreventionTarget
    reached: int
    children: int

    @property
    def done(self) -> bool:
        """Whether it is fulfilled."""
        return self.reached >= self.target.number

    @property
    def late(self) -> bool:
        """Whether its day is over and something is missing."""
        return not self.done and self.target.until < clock.today()


def progress(county_id: int) -> list[Progress]:
    """The plan of a county with how far each line has got: those whose day comes first, then what
    is over, the latest first; nothing that ended more than a year ago."""
    found = select(PreventionTarget).options(joinedload(PreventionTarget.county))
    recent = PreventionTarget.until > clock.today() - LATELY
    rows = db.session.scalars(
        found.where(PreventionTarget.county_id == county_id, recent)
        .order_by(PreventionTarget.until, PreventionTarget.id)
    )  # fmt: skip
    known = [_progress(one) for one in rows]
    coming = [one for one in known if one.target.until >= clock.today()]
    return coming + [one for one in reversed(known) if one.target.until < clock.today()]


def _progress(target: PreventionTarget) -> Progress:
    path, reach = target.county.path, target.reach
    held = held_between(path, target.starts, min(target.until, clock.today()), target.theme)
    real = {one.id for one in spots(path, reach)}
    mine = [one for one in held if place_of(one, reach) in real]
    return Progress(target, len(covered(mine, reach)), _children(mine))


def _children(held: Iterable[HeldAt]) -> int:
    return sum(sum(one.counts.values()) for one in held)


def fitting(activity: Activity) -> list[PreventionTarget]:
    """Lines of the plan towards which an event counts, by its theme and days."""
    if activity.theme is None:
        return []
    found = select(PreventionTarget).where(
        PreventionTarget.county_id == activity.county_id,
        PreventionTarget.theme == activity.theme.theme,
        PreventionTarget.starts <= activity.ends,
        PreventionTarget.until >= activity.starts,
    )
    school = activity.place.kind is PlaceKind.school
    rows = db.session.scalars(found.order_by(PreventionTarget.until))
    return [one for one in rows if one.reach is Reach.villages or school]
