"""Once a month whoever looks after a village is told, in words, which wishes there have nobody; not
daily, and nothing where every wish has somebody."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from jiedui.access import queries as accounts
from jiedui.access.models import RoleHolding
from jiedui.access.rules import Role
from jiedui.children.models import Household
from jiedui.core import clock, db, outbox
from jiedui.core.outbox import LetterKind
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

AFTER = timedelta(days=30)  # a wish that is younger has not been through its matchings yet


def villages_to_tell(county_id: int) -> list[int]:
    """Villages with a wish that has been open for a month and has nobody, whose people have not
    been told this month."""
    waiting = (
        select(Household.village_id)
        .join(Need, Need.household_id == Household.id)
        .where(
            Need.county_id == county_id,
            Need.state == NeedState.open,
            Need.open_since <= clock.now() - AFTER,
        )
    )
    found = select(Region).where(Region.id.in_(waiting)).order_by(Region.id)
    return [village.id for village in db.session.scalars(found) if _untold(village)]


def _untold(village: Region) -> list[RoleHolding]:
    """The village's director, or the township where there is none, without a letter this month."""
    begins, county_id = clock.at(clock.today().replace(day=1)), village.county_id or 0
    for role in (Role.child_director, Role.township_supervisor):
        found = accounts.holders(county_id, role, region_path=village.path)
        if found:
            kind = LetterKind.wishes_waiting
            return [h for h in found if not outbox.posted_since(kind, h.account_id, begins)]
    return []


def tell_village(village_id: int) -> int:
    """One letter a month to whoever looks after the village; says how many were written."""
    village = regions.get(village_id)
    found = _untold(village)
    for holding in found:
        about = ("wishes", village.id)
        kind = LetterKind.wishes_waiting
        outbox.post(kind, to=holding.account_id, county_id=holding.county_id, about=about)
    return len(found)
