"""A meeting is called off; the whole ends early. Everybody concerned hears of it."""

from __future__ import annotations

from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.activities.queries import meetings as queries
from jiedui.activities.rules import ActivityRefusal, CalledOff
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import MeetingCalledOff, happen
from jiedui.core.outbox import LetterKind


def call_off(
    meeting: ActivityMeeting, reason: CalledOff, *, by: By, version: int | None = None
) -> None:
    """A meeting is not held, or was not: it wants no list. Who helps, who keeps the place, who
    planned it and who keeps the seats of children hears of it, but whoever says so. Refuses one
    that was held."""
    _off(meeting, reason, by=by, version=version)
    _tell(meeting.activity, by=by)


def _off(meeting: ActivityMeeting, reason: CalledOff, *, by: By, version: int | None) -> None:
    fresh(meeting.version, version)
    db.lock(ActivityMeeting, meeting.id)
    if meeting.called_off is not None:
        raise Refusal(ActivityRefusal.called_off_already)
    if meeting.confirmed_by is not None:
        raise Refusal(ActivityRefusal.confirmed_already)
    meeting.called_off, meeting.called_off_by = reason, by.account_id
    meeting.called_off_at = clock.now()
    audit.record(Act.meeting_called_off, meeting, by=by, reason=reason)
    happen(MeetingCalledOff(meeting.id))


def end(activity: Activity, *, by: By, version: int | None = None) -> int:
    """A class or group ends today: every meeting to come is called off. Says how many; refuses one
    that is over."""
    fresh(activity.version, version)
    db.lock(Activity, activity.id)
    if activity.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)
    count = drop_coming(activity, by=by)
    activity.ends = max(activity.starts, clock.today())
    audit.record(Act.class_ended, activity, by=by, count=count)
    _tell(activity, by=by)
    return count


def drop_coming(activity: Activity, *, by: By) -> int:
    """Call off every meeting to come, because the whole is not held; says how many."""
    coming = [m for m in queries.meetings_of(activity.id) if m.start_at > clock.now()]
    off = [m for m in coming if m.called_off is None]
    for meeting in off:
        _off(meeting, CalledOff.ended, by=by, version=None)
    return len(off)


def _tell(activity: Activity, *, by: By) -> None:
    helping = {one.helper.account_id for one in activity.helpers_on}
    seating = {one.signed_by for one in activity.children_on}
    everybody = helping | seating | {activity.keeper_id, activity.planned_by}
    for account_id in sorted(one for one in everybody if one and one != by.account_id):
        outbox.post(
            LetterKind.meeting_off,
            to=account_id,
            county_id=activity.county_id,
            about=(Activity.__tablename__, activity.id),
        )
