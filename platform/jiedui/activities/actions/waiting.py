"""Children that wait for a seat: put in line, and moved up when a seat becomes free."""

from __future__ import annotations

from jiedui.activities.models import Activity, ActivityChild, ActivityWait
from jiedui.activities.queries import classes as queries
from jiedui.activities.rules import ActivityRefusal
from jiedui.activities.rules.events import EventRefusal
from jiedui.children.models import Child
from jiedui.children.rules import ChildRefusal, ChildState
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind


def wait(activity: Activity, child: Child, *, by: By) -> ActivityWait:
    """Put a child in line for a seat. Refuses an activity that is over or has a free seat, a closed
    file, and a child that has a seat or waits already."""
    locked(activity)
    open_to(activity, child)
    if queries.free_seat(activity) is not None:
        raise Refusal(EventRefusal.seat_is_free, "child")
    if child.id in {one.child_id for one in activity.in_line}:
        raise Refusal(EventRefusal.waits_already, "child")
    one = ActivityWait(
        county_id=activity.county_id, child=child, signed_by=by.account_id, signed_at=clock.now()
    )
    activity.waiting.append(one)
    db.session.flush()
    audit.record(Act.seat_awaited, one, by=by)
    return one


def leave_line(one: ActivityWait, *, by: By) -> None:
    """A child does not wait any more; no reason is asked."""
    if one.left_at is None:
        one.left_at = clock.now()
        audit.record(Act.seat_awaited_no_more, one, by=by)


def locked(activity: Activity) -> None:
    """Hold an activity, and see its seats and its line as they are now."""
    db.lock(Activity, activity.id)
    db.session.expire(activity, ["children", "waiting"])


def open_to(activity: Activity, child: Child) -> None:
    """Refuse a child's seat on what is over, is counted or is not agreed, of a closed file, and a
    second one."""
    if activity.counted:
        raise Refusal(EventRefusal.by_count, "child")
    if not activity.open:
        raise Refusal(EventRefusal.not_agreed)
    if activity.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed, "child")
    if child.id in {one.child_id for one in activity.children_on}:
        raise Refusal(ActivityRefusal.on_class_already, "child")


def take_seat(
    activity: Activity, child: Child, number: int, signed_by: int | None, by: By
) -> ActivityChild:
    """A child holds a free seat from now on; a place in line is given up."""
    entry = ActivityChild(
        county_id=activity.county_id, child=child, seat=number, signed_by=signed_by,
        signed_at=clock.now(),
    )  # fmt: skip
    activity.children.append(entry)
    for one in activity.in_line:
        if one.child_id == child.id:
            one.left_at = clock.now()
    db.session.flush()
    audit.record(Act.class_seat_given, entry, by=by)
    return entry


def move_up(activity: Activity) -> ActivityChild | None:
    """Give a free seat to who waits longest, if the activity still goes on; who signed the child up
    hears of it, for guardian and child have to be asked now."""
    locked(activity)
    number = queries.free_seat(activity)
    first = next((one for one in activity.in_line if one.child.state is ChildState.open), None)
    if number is None or first is None or activity.ends < clock.today():
        return None
    entry = take_seat(activity, first.child, number, first.signed_by, SYSTEM)
    outbox.post(
        LetterKind.seat_moved_up,
        to=first.signed_by,
        county_id=activity.county_id,
        about=(Activity.__tablename__, activity.id),
    )
    return entry
