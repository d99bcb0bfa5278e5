"""A small group at a Children's Home: planned by an office, held by one helper who is asked and
says yes; a keeper of the place is there the whole time. Helpers of a themed event are asked so too,
as many as it needs."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.activities.actions.classes import take_off, with_meetings
from jiedui.activities.models import Activity, ActivityHelper
from jiedui.activities.queries import groups as queries
from jiedui.activities.rules import ActivityKind, ActivityRefusal, GroupSaid, group_fault
from jiedui.activities.rules.events import EventRefusal
from jiedui.core import audit, clock, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.partners import queries as partners
from jiedui.partners.rules import PlaceKind


def plan_group(said: GroupSaid, *, by: Actor) -> Activity:
    """Plan a group with every meeting and every seat. Refuses days that are past or longer than
    half a year, more than six children, a place that is no Children's Home of the actor's region,
    and a keeper who is not responsible there."""
    fault = group_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    place = partners.place(said.place_id, by.scope)
    if place is None:
        raise Refusal(ActivityRefusal.place_outside, "place")
    if place.kind is not PlaceKind.childrens_home:
        raise Refusal(ActivityRefusal.not_a_home, "place")
    if said.keeper_id not in dict(queries.keepers(place)):
        raise Refusal(ActivityRefusal.no_keeper, "keeper")
    activity = Activity(
        county_id=place.county_id, kind=ActivityKind.small_group, place_id=place.id,
        keeper_id=said.keeper_id, title=said.title, seats=said.seats, starts=said.starts,
        ends=said.ends, planned_by=by.account_id, planned_at=clock.now(),
    )  # fmt: skip
    with_meetings(activity, said)
    audit.record(Act.group_planned, activity, by=by)
    return activity


def ask(activity: Activity, helper_id: int, *, by: Actor) -> ActivityHelper:
    """Ask somebody to hold a group or help at an event; they answer themselves (志愿服务条例 25:
    nobody is made to). Refuses whoever is not cleared or keeps the place, a group somebody holds or
    is asked for, who is asked or helps already, and what is over."""
    _locked(activity)
    known = (*activity.helpers_on, *activity.asked)
    if activity.kind is ActivityKind.themed_event:
        if helper_id in {one.helper_id for one in known}:
            raise Refusal(EventRefusal.helped_already, "helper")
    elif known:
        raise Refusal(ActivityRefusal.held_by_one, "helper")
    helper = queries.may_hold(activity, helper_id)
    if helper is None:
        raise Refusal(ActivityRefusal.not_cleared, "helper")
    one = ActivityHelper(helper=helper, put_by=by.account_id, put_at=clock.now())
    activity.helpers.append(one)
    db.session.flush()
    audit.record(Act.group_asked, activity, by=by)
    _letter(_kind(activity, "asked"), activity, helper.account_id)
    return one


def answer(one: ActivityHelper, *, yes: bool, by: Actor) -> None:
    """Whoever is asked says yes or no; no reason is wanted. Refuses a second answer, a group that
    is over, and a yes of somebody who is not cleared any more."""
    activity = one.activity
    _locked(activity)
    db.session.refresh(one)
    if one.left_at is not None or one.answered_at is not None:
        raise Refusal(ActivityRefusal.answered_already)
    if yes and queries.may_hold(activity, one.helper_id) is None:
        raise Refusal(ActivityRefusal.not_cleared)
    if yes:
        one.answered_at = clock.now()
    else:
        one.left_at = clock.now()
    audit.record(Act.group_answered, activity, by=by, yes=yes)
    told = {activity.planned_by}
    if yes and activity.keeper_id is not None:
        told.add(activity.keeper_id)
    for account_id in sorted(told):
        _letter(_kind(activity, "answered"), activity, account_id)


def leave(one: ActivityHelper, *, by: Actor) -> None:
    """Whoever holds a group stops; whoever planned it hears that nobody holds it. Refuses one who
    has left."""
    if one.left_at is not None:
        raise Refusal(ActivityRefusal.answered_already)
    take_off(one, by=by)


def _locked(activity: Activity) -> None:
    db.lock(Activity, activity.id)
    db.session.expire(activity, ["helpers"])
    if activity.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)


def _kind(activity: Activity, what: str) -> LetterKind:
    of_event = activity.kind is ActivityKind.themed_event
    return LetterKind(f"{'event' if of_event else 'group'} {what}")


def _letter(kind: LetterKind, activity: Activity, to: int | None) -> None:
    about = (Activity.__tablename__, activity.id)
    outbox.post(kind, to=to, county_id=activity.county_id, about=about)
