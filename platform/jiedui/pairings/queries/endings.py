"""What a county's pairings teach by, and how groups of children fared. Numbers and codes; no name
is opened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from jiedui.children.models import Child, ChildCategory
from jiedui.children.rules import CloseReason
from jiedui.core import clock, db
from jiedui.needs.models import Need, NeedChild
from jiedui.needs.rules import NeedCloseReason
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules.endings import Life, Outcome, outcome_of
from jiedui.pairings.rules.scoring import Grouping, Wished
from jiedui.regions.models import Region

# No wishes of their own: entered by mistake, or twice.
NO_WISH = (NeedCloseReason.entered_wrongly, NeedCloseReason.doubled)


@dataclass(frozen=True)
class Ending:
    """One pairing that has met: how it came out, and its features where they were kept."""

    pairing_id: int
    need_id: int
    outcome: Outcome
    features: dict[str, float] | None


def endings(county_id: int) -> list[Ending]:
    """Every pairing of a county that has met, oldest first. Pairs from before the portal have no
    features and teach nothing."""
    today, of_age = clock.today(), _came_of_age(county_id)
    rows = (
        select(
            Pairing.id, Pairing.need_id, Pairing.features, Pairing.first_meeting_on,
            Pairing.closed_on, Pairing.close_reason, Need.ends,
        )
        .join(Need, Need.id == Pairing.need_id)
        .where(Pairing.county_id == county_id, Pairing.first_meeting_on.is_not(None))
        .order_by(Pairing.id)
    )  # fmt: skip
    return [
        Ending(row.id, row.need_id, outcome_of(_life(row, of_age), today), row.features)
        for row in db.session.execute(rows)
    ]


def _life(row: Any, of_age: set[int]) -> Life:
    return Life(
        met_on=row.first_meeting_on,
        wish_ends=row.ends,
        closed_on=row.closed_on,
        reason=row.close_reason,
        came_of_age=row.need_id in of_age,
    )


def _came_of_age(county_id: int) -> set[int]:
    """The wishes of children who have left the ledger because they turned eighteen."""
    rows = select(NeedChild.need_id).join(Child, Child.id == NeedChild.child_id)
    grown = rows.join(Need, Need.id == NeedChild.need_id).where(
        Need.county_id == county_id, Child.close_reason == CloseReason.turned_18
    )
    return set(db.session.scalars(grown))


def wished(county_id: int, known: Iterable[Ending]) -> list[Wished]:
    """Each child's wish that has ever been open, with its groups, and how it fared."""
    outcomes: dict[int, Counter[Outcome]] = defaultdict(Counter)
    for one in known:
        outcomes[one.need_id][one.outcome] += 1
    ready, groups, today = _ready(county_id), _categories(county_id), clock.today()
    return [
        Wished(
            groups={
                Grouping.sex: frozenset({row.sex.value}),
                Grouping.category: frozenset(groups[row.child_id]),
                Grouping.township: frozenset({row.township}),
            },
            matched=row.need_id in ready,
            days=_days(row, ready.get(row.need_id), today),
            kept=outcomes[row.need_id][Outcome.kept],
            early=outcomes[row.need_id][Outcome.early],
        )
        for row in _wishes(county_id)
    ]


def _wishes(county_id: int) -> list[Any]:
    village, township = aliased(Region), aliased(Region)
    rows = (
        select(
            NeedChild.need_id, NeedChild.child_id, Child.sex, township.name.label("township"),
            Need.raised_at, Need.closed_at,
        )
        .join(Need, Need.id == NeedChild.need_id)
        .join(Child, Child.id == NeedChild.child_id)
        .join(village, village.id == Child.village_id)
        .join(township, township.id == village.parent_id)
        .where(Need.county_id == county_id, Need.open_since.is_not(None))
        .where(Need.close_reason.is_(None) | Need.close_reason.not_in(NO_WISH))
        .order_by(NeedChild.need_id, NeedChild.child_id)
    )  # fmt: skip
    return list(db.session.execute(rows))


def _days(row: Any, ready: date | None, today: date) -> int:
    """From the day a wish was raised until all had agreed to a pair, else to its end or today."""
    closed = clock.local(row.closed_at).date() if row.closed_at else today
    return max(0, ((ready or closed) - clock.local(row.raised_at).date()).days)


def _ready(county_id: int) -> dict[int, date]:
    """By wish, the first day on which all had agreed to a pair."""
    rows = select(Pairing.need_id, Pairing.ready_at).where(
        Pairing.county_id == county_id, Pairing.ready_at.is_not(None)
    )
    found: dict[int, date] = {}
    for need_id, at in db.session.execute(rows.order_by(Pairing.ready_at.desc())):
        if at is not None:
            found[need_id] = clock.local(at).date()
    return found


def _categories(county_id: int) -> dict[int, set[str]]:
    """By child, the categories it is in now."""
    rows = (
        select(ChildCategory.child_id, ChildCategory.category)
        .join(Child, Child.id == ChildCategory.child_id)
        .where(Child.county_id == county_id, ChildCategory.ends.is_(None))
    )
    found: dict[int, set[str]] = defaultdict(set)
    for child_id, category in db.session.execute(rows):
        found[child_id].add(category.value)
    return found
