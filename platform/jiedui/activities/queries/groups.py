"""Small groups: who keeps a place, who may hold one and how near they are, who is asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Role
from jiedui.activities.models import Activity, ActivityHelper
from jiedui.activities.queries.classes import get_class
from jiedui.activities.queries.meetings import meetings_of
from jiedui.activities.rules import ActivityKind
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.partners.models import Place
from jiedui.regions.rules import great_circle_km

KEEPERS = (Role.child_director, Role.township_supervisor)
NOON, EVENING = 12, 18


def get_group(group_id: int) -> Activity:
    """The small group or themed event with this id: what helpers are asked for; raise Missing."""
    found = get_class(group_id)
    if found.kind is ActivityKind.holiday_class:
        raise Missing
    return found


def keepers(place: Place) -> list[tuple[int, str]]:
    """Accounts, with names, of those responsible for children where a place lies: the village's
    director first, then the township's supervisor."""
    found: dict[int, str] = {}
    for role in KEEPERS:
        for held in access.holders(place.county_id, role, region_path=place.region.path):
            found.setdefault(held.account_id, held.account.name)
    return list(found.items())


@dataclass(frozen=True)
class MayHold:
    """Somebody who could hold a group: how far from home, in km (None: not known), and whether
    they said they are free at that time of the week."""

    helper: Helper
    km: float | None
    free: bool


def could_hold(activity: Activity, limit: int = 12) -> list[MayHold]:
    """Cleared helpers within their own reach of the place, those who are free then first, the
    nearest first; never the keeper of the place, nor who helps or is asked already."""
    wanted = _slots(activity)
    known = {one.helper_id for one in (*activity.helpers_on, *activity.asked)}
    found = []
    for helper in helpers.cleared(activity.county_id):
        km = _km(helper, activity.place)
        far = (km or 0.0) > helper.max_km
        if far or helper.id in known or helper.account_id in (None, activity.keeper_id):
            continue
        found.append(MayHold(helper, km, wanted <= {one.slot for one in helper.slots}))
    found.sort(key=lambda one: (not one.free, one.km is None, one.km or 0.0, one.helper.id))
    return found[:limit]


def _km(helper: Helper, place: Place) -> float | None:
    home, there = helper.village.point, place.point
    return great_circle_km(home, there) if home and there else None


def _slots(activity: Activity) -> set[int]:
    """The slots of the week (three a day from Monday) in which a group meets."""
    starts = {clock.local(one.start_at) for one in meetings_of(activity.id)}
    return {s.weekday() * 3 + (s.hour >= NOON) + (s.hour >= EVENING) for s in starts}


def may_hold(activity: Activity, helper_id: int) -> Helper | None:
    """A helper of the county who is cleared today, can answer (has an account) and does not keep
    the place."""
    mine = Helper.id == helper_id, Helper.county_id == activity.county_id
    helper = db.session.scalar(select(Helper).where(*mine))
    if helper is None or helper.account_id in (None, activity.keeper_id):
        return None
    return helper if helpers.is_cleared(helper) else None


def get_asked(asked_id: int) -> ActivityHelper:
    """Somebody's place on a class or group by id; raise Missing."""
    whole = joinedload(ActivityHelper.activity).joinedload(Activity.place)
    found = select(ActivityHelper).where(ActivityHelper.id == asked_id)
    one = db.session.scalar(found.options(whole.joinedload(Place.region)))
    if one is None:
        raise Missing
    return one


def asked_of(actor: Actor) -> list[ActivityHelper]:
    """Groups somebody is asked to hold and has not answered, oldest first."""
    found = (
        select(ActivityHelper)
        .join(Helper, Helper.id == ActivityHelper.helper_id)
        .join(Activity, Activity.id == ActivityHelper.activity_id)
        .where(Helper.account_id == actor.account_id, Activity.ends >= clock.today())
        .where(ActivityHelper.left_at.is_(None), ActivityHelper.answered_at.is_(None))
        .options(joinedload(ActivityHelper.activity))
    )
    return list(db.session.scalars(found.order_by(ActivityHelper.id)))


def unheld(actor: Actor) -> list[Activity]:
    """Groups of a region that nobody holds and nobody is asked for, by their first day."""
    held = select(ActivityHelper.activity_id).where(ActivityHelper.left_at.is_(None))
    found = (
        select(Activity)
        .join(Place, Place.id == Activity.place_id)
        .where(Activity.county_id == actor.county_id, Activity.keeper_id.is_not(None))
        .where(Activity.ends >= clock.today(), Activity.id.not_in(held))
        .options(joinedload(Activity.place).joinedload(Place.region))
    )
    rows = db.session.scalars(found.order_by(Activity.starts, Activity.id))
    return [one for one in rows if one.scope_path.startswith(actor.scope)]
