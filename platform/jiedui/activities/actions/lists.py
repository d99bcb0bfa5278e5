"""The list of a meeting: the team says which helpers came, somebody else confirms it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jiedui.access.rules import Actor
from jiedui.activities.models import ActivityMeeting, ChildPresence, HelperPresence
from jiedui.activities.queries import classes
from jiedui.activities.rules import ActivityRefusal, Came, list_fault
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import MeetingConfirmed, happen


def tell(
    meeting: ActivityMeeting, came: Sequence[Came], *, by: Actor, version: int | None = None
) -> None:
    """Say which helpers came and from when to when; until it is confirmed it can be said anew.
    Refuses a meeting that is not over, fewer than two helpers, and whoever is not on the class."""
    fresh(meeting.version, version)
    db.lock(ActivityMeeting, meeting.id)
    if meeting.end_at > clock.now():
        raise Refusal(ActivityRefusal.not_yet)
    if meeting.confirmed_by is not None:
        raise Refusal(ActivityRefusal.confirmed_already)
    on = [one.helper_id for one in meeting.activity.helpers_on]
    fault = list_fault(came, on, (meeting.start_at, meeting.end_at))
    if fault is not None:
        raise Refusal(*fault)
    meeting.came.clear()
    db.session.flush()
    meeting.came.extend(
        HelperPresence(helper_id=one.helper_id, start_at=one.start, end_at=one.end) for one in came
    )
    meeting.adults, meeting.told_by, meeting.told_at = len(came), by.account_id, clock.now()
    audit.record(Act.class_list_told, meeting, by=by)


def confirm(
    meeting: ActivityMeeting, child_ids: Collection[int], *, by: Actor, version: int | None = None
) -> None:
    """Say which children came and confirm the list; the hours of the helpers are on record from
    now on. Refuses a list nobody has told, one's own (as who told it or as a helper on it), and a
    child without both yeses."""
    fresh(meeting.version, version)
    db.lock(ActivityMeeting, meeting.id)
    if meeting.told_by is None:
        raise Refusal(ActivityRefusal.not_told)
    if meeting.confirmed_by is not None:
        raise Refusal(ActivityRefusal.confirmed_already)
    persons = {by.account_id, by.acts_as}
    if persons & {meeting.told_by, *(one.helper.account_id for one in meeting.came)}:
        raise Refusal(ActivityRefusal.own_list)
    may = {one.entry.child_id for one in classes.seated(meeting.activity) if one.comes}
    if set(child_ids) - may:
        raise Refusal(ActivityRefusal.without_consent, "children")
    meeting.children.extend(ChildPresence(child_id=number) for number in sorted(set(child_ids)))
    meeting.confirmed_by, meeting.confirmed_at = by.account_id, clock.now()
    audit.record(Act.class_list_confirmed, meeting, by=by)
    db.session.flush()
    happen(MeetingConfirmed(meeting.id))
