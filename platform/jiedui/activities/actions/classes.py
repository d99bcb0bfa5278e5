"""Planning a class with its meetings and seats; who helps."""

from __future__ import annotations

from collections.abc import Collection

from jiedui.access.rules import Actor
from jiedui.activities.models import (
    Activity,
    ActivityHelper,
    ActivityMeeting,
    ActivitySeat,
    Season,
)
from jiedui.activities.queries import classes as queries
from jiedui.activities.queries import seasons
from jiedui.activities.rules import (
    ActivityKind,
    ActivityRefusal,
    ClassSaid,
    Planned,
    class_fault,
    meetings_of,
)
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.partners import queries as partners


def plan_class(season: Season, said: ClassSaid, *, by: Actor) -> Activity:
    """Plan a class of a campaign, with every meeting and every seat. Refuses days outside the
    campaign, a team that has not signed up, a place outside the actor's region."""
    fault = class_fault(said, (season.starts, season.ends))
    if fault is not None:
        raise Refusal(*fault)
    if season.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)
    if said.unit_id not in dict(seasons.teams_of(season.id)):
        raise Refusal(ActivityRefusal.no_team, "unit")
    if partners.place(said.place_id, by.scope) is None:
        raise Refusal(ActivityRefusal.place_outside, "place")
    activity = Activity(
        county_id=season.county_id, kind=ActivityKind.holiday_class, season=season,
        unit_id=said.unit_id, place_id=said.place_id, title=said.title, seats=said.seats,
        starts=said.starts, ends=said.ends, planned_by=by.account_id, planned_at=clock.now(),
    )  # fmt: skip
    with_meetings(activity, said)
    audit.record(Act.class_planned, activity, by=by)
    return activity


def with_meetings(activity: Activity, said: Planned) -> None:
    """Keep an activity with its seats and meetings. A step of planning it."""
    db.session.add(activity)
    db.session.flush()
    db.session.add_all(ActivitySeat(activity_id=activity.id, seat=n + 1) for n in range(said.seats))
    db.session.add_all(_meetings(activity, said))


def _meetings(activity: Activity, said: Planned) -> list[ActivityMeeting]:
    return [
        ActivityMeeting(
            county_id=activity.county_id,
            activity_id=activity.id,
            start_at=clock.at(day, said.begins_at.hour, said.begins_at.minute),
            end_at=clock.at(day, said.ends_at.hour, said.ends_at.minute),
        )
        for day in meetings_of(said)
    ]


def put_helpers(activity: Activity, helper_ids: Collection[int], *, by: Actor) -> None:
    """Say who of the team helps: whoever is named is on the class, whoever was and is not named any
    more leaves it. Refuses a class that is over, people who have not signed up or were left out,
    and after the closing day (of an event: ever) somebody who is not cleared."""
    db.lock(Activity, activity.id)
    if activity.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)
    wanted = set(helper_ids)
    team = queries.team_of(activity)
    if activity.kind is ActivityKind.small_group or wanted - {m.helper_id for m in team}:
        raise Refusal(ActivityRefusal.not_of_team, "helpers")
    standing = seasons.standing_of(team)
    settled = activity.season is None or activity.season.settled_on is not None
    if settled and any(not standing[number].cleared for number in wanted):
        raise Refusal(ActivityRefusal.has_been_left_out, "helpers")
    on = {one.helper_id: one for one in activity.helpers_on}
    for number in sorted(set(on) - wanted):
        on[number].left_at = clock.now()
    now = clock.now()
    for number in sorted(wanted - set(on)):
        new = ActivityHelper(helper_id=number, put_by=by.account_id, put_at=now, answered_at=now)
        activity.helpers.append(new)
    audit.record(Act.class_helpers_put, activity, by=by, count=len(wanted))


def take_off(one: ActivityHelper, *, by: By) -> None:
    """A helper leaves a class or group, or is not asked any more. When too few are left, whoever
    planned it hears of it: it cannot be held."""
    activity = db.lock(Activity, one.activity_id)
    if activity is None or one.left_at is not None:
        return
    one.left_at = clock.now()
    audit.record(Act.class_helper_left, activity, by=by)
    if activity.short:
        outbox.post(
            LetterKind.class_short,
            to=activity.planned_by,
            county_id=activity.county_id,
            about=(Activity.__tablename__, activity.id),
        )
