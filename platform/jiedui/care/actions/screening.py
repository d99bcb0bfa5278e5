"""A house is marked, other houses are counted, the walking order is arranged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jiedui.care.models.screening import ScreeningCount, ScreeningMark, WalkingOrder
from jiedui.care.queries import screening as queries
from jiedui.care.rules.quarters import quarter_of
from jiedui.care.rules.screening import MOST_HOUSES, ScreeningRefusal
from jiedui.care.rules.visits import HomeFound
from jiedui.children.models import Household
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.regions.models import Region


def mark_house(
    home: Household, outcome: HomeFound, *, by: By, on_day: date | None = None
) -> ScreeningMark:
    """Say how a house was found in the quarter's screening, today or on the day it was marked on a
    phone without a line; an earlier mark stays beside it. Refuses a house in which no file is
    open."""
    if not any(child.state is ChildState.open for child in home.children):
        raise Refusal(ScreeningRefusal.house_empty)
    day = on_day or clock.today()
    mark = ScreeningMark(
        county_id=home.county_id,
        household=home,
        quarter=quarter_of(day).key,
        outcome=outcome,
        on_day=day,
        kept_at=clock.now(),
        by_account=by.account_id,
    )
    db.session.add(mark)
    audit.record(Act.screening_marked, mark, by=by, outcome=outcome)
    return mark


def count_others(
    village: Region,
    houses: int,
    *,
    by: By,
    version: int | None = None,
    on_day: date | None = None,
) -> ScreeningCount:
    """Say how many other houses were asked in the quarter of today (or of the day it was said on a
    phone without a line), in which no such child lives: the number so far. `version` 0 is that of
    a number nobody has given yet. Refuses an older page, and a number that cannot be."""
    if not 0 <= houses <= MOST_HOUSES:
        raise Refusal(ScreeningRefusal.too_many, "houses")
    quarter = quarter_of(on_day or clock.today())
    row = queries.others(village.id, quarter)
    fresh(row.version if row else 0, version)
    if row is None:
        row = ScreeningCount(
            county_id=village.county_id, village_id=village.id, quarter=quarter.key
        )
        db.session.add(row)
    row.houses, row.kept_at, row.by_account = houses, clock.now(), by.account_id
    audit.record(Act.screening_counted, row, by=by)
    return row


def arrange(
    village: Region, houses: Sequence[int], *, by: By, version: int | None = None
) -> WalkingOrder:
    """Keep the order in which one walks. `version` 0 is that of an order nobody has made yet.
    Refuses an older page, and other houses than the village has."""
    row = queries.order_row(village.id)
    fresh(row.version if row else 0, version)
    if sorted(houses) != sorted(queries.house_ids(village)):
        raise Refusal(ScreeningRefusal.other_houses)
    if row is None:
        row = WalkingOrder(county_id=village.county_id, village_id=village.id)
        db.session.add(row)
    row.houses = list(houses)
    audit.record(Act.walk_arranged, row, by=by)
    return row
