"""Once a month whoever looks after a village is told, in words, which wishes there have nobody; not
daily, and nothing where every wish has somebody."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from jiedui.access import queries as accounts
from jiedui.access.rules import Role
from jiedui.children.models import Household
from jiedui.core import clock, db, outbox
from jiedui.core.outbox import LetterKind
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

AFTER = timedelta(days=30)  # a wish that is younger has not been through its matchings yet


def villages_waiting(county_id: int) -> list[int]:
    """Villages with a wish that has been open for a month and has nobody."""
    waiting = (
        select(Household.village_id)
        .join(Need, Need.household_id == Household.id)
        .where(
            Need.county_id == county_id,
            Need.state == NeedState.open,
            Need.open_since <= clock.now() - AFTER,
        )
    )
    found = select(Region.id).where(Region.id.in_(waiting)).order_by(Region.id)
    return list(db.session.scalars(found))


def tell_village(village_id: int) -> int:
    """One letter a month to the village's director, or to the township where there is none; says
    how many were written."""
    village = regions.get(village_id)
    begins = clock.at(clock.today().replace(day=1))
    for role in (Role.child_director, Role.township_supervisor):
        found = accounts.holders(village.county_id or 0, role, region_path=village.path)
        told = 0
        for holding in found:
            if outbox.posted_since(LetterKind.wishes_waiting, holding.account_id, begins):
                continue
            about = ("wishes", village.id)
            county_id = holding.county_id
            kind = LetterKind.wishes_waiting
            outbox.post(kind, to=holding.account_id, county_id=county_id, about=about)
            told += 1
        if found:
            return told
    return 0
