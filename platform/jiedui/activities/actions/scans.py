"""Slips of children's seats at a themed event: made to be printed, scanned at the door."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.access.rules import Actor
from jiedui.activities.models import Activity, ActivityChild, ActivityMeeting, SeatScan
from jiedui.activities.queries import classes, scans
from jiedui.activities.rules import ActivityKind, ActivityRefusal
from jiedui.activities.rules.events import EventRefusal
from jiedui.core import audit, clock, crypto, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal


def make_slips(activity: Activity, entries: Iterable[ActivityChild], *, by: Actor) -> int:
    """Give each of these seats a code for its slip; one that has a code keeps it. Says how many
    there are. Refuses what is no event, is over, or has none of these seats."""
    db.lock(Activity, activity.id)
    mine = [one for one in entries if one.activity_id == activity.id and one.left_at is None]
    if activity.kind is not ActivityKind.themed_event or not mine:
        raise Refusal(EventRefusal.no_slips)
    if activity.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)
    for one in mine:
        one.slip = one.slip or crypto.new_token()
    audit.record(Act.event_slips_made, activity, by=by, count=len(mine))
    return len(mine)


def scan(slip: scans.Slip, *, by: Actor) -> ActivityMeeting:
    """Mark a seat as present at today's meeting; a second scan changes nothing. Refuses any other
    day, a list that is confirmed, a seat given up, and a child without both yeses."""
    meeting = scans.meeting_today(slip.activity)
    if meeting is None:
        raise Refusal(EventRefusal.slip_not_today)
    db.lock(ActivityMeeting, meeting.id)
    if meeting.confirmed_by is not None:
        raise Refusal(ActivityRefusal.confirmed_already)
    if slip.entry.left_at is not None:
        raise Refusal(ActivityRefusal.left_already)
    if not any(one.entry is slip.entry and one.comes for one in classes.seated(slip.activity)):
        raise Refusal(EventRefusal.slip_without_yes)
    if slip.entry.id not in scans.scanned(meeting.id):
        db.session.add(SeatScan(
            meeting_id=meeting.id, entry_id=slip.entry.id, activity_id=slip.activity.id,
            scanned_at=clock.now(), scanned_by=by.account_id,
        ))  # fmt: skip
        audit.record(Act.seat_scanned, slip.activity, by=by)
    return meeting
