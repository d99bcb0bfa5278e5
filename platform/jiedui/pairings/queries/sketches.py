"""A draft seen on the county's sketch: townships with their needs, and a line for each pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from jiedui.children.models import Household
from jiedui.core import db
from jiedui.needs.models import Need
from jiedui.needs.rules import Where
from jiedui.pairings.models import Round, Suggestion, Unmet
from jiedui.pairings.rules.rounds import SuggestionState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

Point = tuple[float, float]


@dataclass(frozen=True)
class Town:
    """One township of a draft and its figures."""

    name: str
    lat: float
    lon: float
    needs: int
    helpers: int
    unmet: int
    suggested: int


def towns(round_: Round, pairs: Iterable[Suggestion]) -> list[Town]:
    """The townships of a round's region, with what was found for each."""
    pairs = list(pairs)
    found = Counter(one.need.household.village.parent_id for one in pairs)
    live = Counter(one.helper.village.parent_id for one in pairs)
    rows = (
        select(Region.parent_id)
        .join(Household, Household.village_id == Region.id)
        .join(Need, Need.household_id == Household.id)
        .join(Unmet, Unmet.need_id == Need.id)
        .where(Unmet.round_id == round_.id)
    )
    left = Counter(db.session.scalars(rows))
    return [
        Town(
            name=town.name,
            lat=town.point[0],
            lon=town.point[1],
            needs=found[town.id] + left[town.id],
            helpers=live[town.id],
            unmet=left[town.id],
            suggested=found[town.id],
        )
        for town in regions.townships(round_.region.path)
        if town.point
    ]


def lines(pairs: Iterable[Suggestion]) -> list[tuple[Point, Point, str]]:
    """From where help happens to where the helper lives, for pairs in which somebody travels."""
    found = []
    for one in pairs:
        start, end = _place(one.need), one.helper.village.point
        if start and end and start != end:
            pinned = one.state is SuggestionState.pinned
            found.append((start, end, "pin" if pinned else ""))
    return found


def _place(need: Need) -> Point | None:
    if need.where is Where.home:
        return need.household.village.point
    return need.place.point if need.where is Where.place and need.place else None
