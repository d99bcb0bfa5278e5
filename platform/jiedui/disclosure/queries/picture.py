"""The county in figures, as everybody may see it: sums by township, nothing smaller."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from jiedui.children.models import Household
from jiedui.core import clock, db
from jiedui.disclosure.rules import (
    FLOW_LEAST,
    Figure,
    Hidden,
    Sum,
    add,
    middle,
    pooled,
    public,
    rounded,
    table,
)
from jiedui.donations.queries.disclosed import came_since
from jiedui.donations.queries.wishes import open_counts
from jiedui.donations.rules.goods import GoodsKind
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelperState, HelpKind, Subject
from jiedui.hours.queries import county_minutes
from jiedui.hours.rules import Book, Evidence
from jiedui.needs.models import Need, NeedSubject
from jiedui.needs.rules import NeedState
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import SERVING
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

FRESH = timedelta(minutes=10)
KINDS = tuple(HelpKind)


@dataclass(frozen=True)
class Town:
    """One township: where it lies, what waits there by kind, whether anybody there helps."""

    name: str
    point: tuple[float, float] | None
    figures: dict[HelpKind, Figure]
    sum: Sum
    helpers: bool

    @property
    def lat(self) -> float:
        """Degrees north, for the sketch."""
        return self.point[0] if self.point else 0.0

    @property
    def lon(self) -> float:
        """Degrees east, for the sketch."""
        return self.point[1] if self.point else 0.0

    @property
    def waits(self) -> bool:
        """Whether anything waits here."""
        return any(f is not None for f in self.figures.values())

    @property
    def needs(self) -> int | str | None:
        """The size of the ring on the sketch."""
        if not self.waits:
            return None
        return self.sum.least if self.sum.exact else self.sum.least or "few"

    @property
    def unmet(self) -> None:
        """The public sketch marks nobody."""


@dataclass(frozen=True)
class Picture:
    """Everything the first page says in numbers, and when it was counted."""

    counted_at: datetime
    waiting: Figure
    towns: list[Town]
    villages: list[tuple[float, float]]
    flows: list[tuple[tuple[float, float], tuple[float, float], str]]
    subjects: list[tuple[Subject, int]]
    pairs: Figure
    serving: Figure
    checked_in: int
    listed: int
    days_to_meeting: int | None
    helpers: Figure
    wishes: list[tuple[GoodsKind, str, int]]
    given: Figure


_pictures: WeakKeyDictionary[db.Database, dict[int, Picture]] = WeakKeyDictionary()
_drawing = Lock()


def picture(county_id: int) -> Picture:
    """The county in figures; counted anew every ten minutes, however many people look."""
    with _drawing:
        known = _pictures.setdefault(db.database(), {})
        last = known.get(county_id)
        if last is None or abs(clock.now() - last.counted_at) > FRESH:
            last = known[county_id] = _count(county_id)
        return last


def _count(county_id: int) -> Picture:
    year = date(clock.today().year, 1, 1)
    towns = _towns(county_id)
    minutes = county_minutes(county_id, year, clock.today())[Book.voluntary]
    return Picture(
        counted_at=clock.now(),
        waiting=public(_open(county_id)),
        towns=towns,
        villages=[v.point for v in regions.villages(regions.get(county_id).path) if v.point],
        flows=_flows(county_id),
        subjects=_subjects(county_id),
        pairs=public(_met(county_id, year)),
        serving=public(_serving(county_id)),
        checked_in=minutes[Evidence.checked_in],
        listed=minutes[Evidence.listed],
        days_to_meeting=middle(_days(county_id, year)),
        helpers=public(_helpers(county_id)),
        wishes=_wishes(county_id),
        given=rounded(came_since(county_id, year)),
    )


def _wishes(county_id: int) -> list[tuple[GoodsKind, str, int]]:
    """The kinds and townships with most open material wishes, as the page of wishes has them."""
    rows = [
        (kind, place, figure)
        for kind, place, figure in pooled(open_counts(county_id))
        if isinstance(figure, int)
    ]
    return sorted(rows, key=lambda row: -row[2])[:5]


def _open(county_id: int) -> int:
    mine = Need.county_id == county_id, Need.state == NeedState.open
    return db.session.scalar(select(func.count()).select_from(Need).where(*mine)) or 0


def _towns(county_id: int) -> list[Town]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: {k.value: 0 for k in KINDS})
    village = aliased(Region)
    found = (
        select(village.parent_id, Need.kind, func.count())
        .join(Household, Household.id == Need.household_id)
        .join(village, village.id == Household.village_id)
        .where(Need.county_id == county_id, Need.state == NeedState.open)
        .group_by(village.parent_id, Need.kind)
    )
    for town_id, kind, number in db.session.execute(found):
        counts[town_id or 0][kind.value] = number
    shown = table({str(town_id): cells for town_id, cells in counts.items()})
    helped = _with_helpers(county_id)
    empty: dict[str, Figure] = {k.value: None for k in KINDS}
    towns = regions.townships(regions.get(county_id).path)
    return [_town(one, shown.get(str(one.id), empty), one.id in helped) for one in towns]


def _town(region: Region, cells: dict[str, Figure], helpers: bool) -> Town:
    figures = {kind: cells[kind.value] for kind in KINDS}
    return Town(region.name, region.point, figures, add(list(figures.values())), helpers)


def _with_helpers(county_id: int) -> set[int]:
    village = aliased(Region)
    found = (
        select(village.parent_id)
        .join(Helper, Helper.village_id == village.id)
        .where(Helper.county_id == county_id, Helper.state == HelperState.registered)
    )
    return {town_id for town_id in db.session.scalars(found.distinct()) if town_id}


def _helpers(county_id: int) -> int:
    mine = Helper.county_id == county_id, Helper.state == HelperState.registered
    return db.session.scalar(select(func.count()).select_from(Helper).where(*mine)) or 0


def _subjects(county_id: int) -> list[tuple[Subject, int]]:
    found = (
        select(NeedSubject.subject, func.count())
        .join(Need, Need.id == NeedSubject.need_id)
        .where(Need.county_id == county_id, Need.state == NeedState.open)
        .group_by(NeedSubject.subject)
    )
    rows = [(subject, n) for subject, n in db.session.execute(found) if public(n) is n]
    return sorted(rows, key=lambda row: (-row[1], row[0]))[:4]


def _serving(county_id: int) -> int:
    mine = Pairing.county_id == county_id, Pairing.state.in_(SERVING)
    return db.session.scalar(select(func.count()).select_from(Pairing).where(*mine)) or 0


def _met(county_id: int, year: date) -> int:
    mine = Pairing.county_id == county_id, Pairing.first_meeting_on >= year
    return db.session.scalar(select(func.count()).select_from(Pairing).where(*mine)) or 0


def _days(county_id: int, year: date) -> list[int]:
    rows = (
        select(Need.raised_at, Pairing.first_meeting_on)
        .join(Need, Need.id == Pairing.need_id)
        .where(Pairing.county_id == county_id, Pairing.first_meeting_on >= year)
    )
    return [
        (met - clock.local(raised).date()).days for raised, met in db.session.execute(rows) if met
    ]


def _flows(county_id: int) -> list[tuple[tuple[float, float], tuple[float, float], str]]:
    """Lines between townships with several pairs, from helper to need."""
    home, place = aliased(Region), aliased(Region)
    found = (
        select(home.parent_id, place.parent_id, func.count())
        .select_from(Pairing)
        .join(Helper, Helper.id == Pairing.helper_id)
        .join(home, home.id == Helper.village_id)
        .join(Need, Need.id == Pairing.need_id)
        .join(Household, Household.id == Need.household_id)
        .join(place, place.id == Household.village_id)
        .where(Pairing.county_id == county_id, Pairing.state.in_(SERVING))
        .where(home.parent_id != place.parent_id)
        .group_by(home.parent_id, place.parent_id)
        .having(func.count() >= FLOW_LEAST)
    )
    rows = db.session.execute(found).all()
    points = {t.id: t.point for t in regions.townships(regions.get(county_id).path)}
    ends = ((points.get(start or 0), points.get(end or 0)) for start, end, _ in rows)
    return [(start, end, "") for start, end in ends if start and end]


__all__ = ["KINDS", "Hidden", "Picture", "Town", "picture"]
