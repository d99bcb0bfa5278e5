"""Children's seats on a class: given, answered by guardian and child, given up."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.activities.models import Activity, ActivityChild
from jiedui.activities.queries import classes as queries
from jiedui.activities.rules import ActivityRefusal
from jiedui.children import actions as children
from jiedui.children.actions import ConsentSaid, ViewSaid
from jiedui.children.models import Child
from jiedui.children.rules import ChildRefusal, ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh


@dataclass(frozen=True)
class Answers:
    """What the guardian (by number) and the child said of a class; None: not asked."""

    guardian: tuple[int, ConsentSaid] | None = None
    view: ViewSaid | None = None


def seat(activity: Activity, child: Child, *, by: By) -> ActivityChild:
    """Keep a seat for a child; it comes once guardian and child have said yes. Refuses a class
    that is over or full, a closed file, and a child that has a seat."""
    db.lock(Activity, activity.id)
    db.session.expire(activity, ["children"])
    if activity.ends < clock.today():
        raise Refusal(ActivityRefusal.class_over)
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed, "child")
    if child.id in {one.child_id for one in activity.children_on}:
        raise Refusal(ActivityRefusal.on_class_already, "child")
    number = queries.free_seat(activity)
    if number is None:
        raise Refusal(ActivityRefusal.no_seat, "child")
    entry = ActivityChild(
        county_id=activity.county_id, child=child, seat=number, signed_by=by.account_id,
        signed_at=clock.now(),
    )  # fmt: skip
    activity.children.append(entry)
    db.session.flush()
    audit.record(Act.class_seat_given, entry, by=by)
    return entry


def hear(entry: ActivityChild, said: Answers, *, by: By, version: int | None = None) -> None:
    """Record what guardian and child said of this class; a no frees the seat. Refuses when nothing
    was said, a seat given up, an older page, and what recording a consent refuses."""
    fresh(entry.version, version)
    if entry.left_at is not None:
        raise Refusal(ActivityRefusal.left_already)
    if said.guardian is None and said.view is None:
        raise Refusal(ActivityRefusal.answer_missing)
    if said.view is not None:
        children.record_view(entry.child, said.view, by=by)
    if said.guardian is not None:
        children.record_consent(entry.child, *said.guardian, by=by)


def unseat(entry: ActivityChild, *, by: By) -> None:
    """A child does not come, or no longer: the seat is free. No reason is asked."""
    db.lock(Activity, entry.activity_id)
    if entry.left_at is None:
        entry.left_at = clock.now()
        audit.record(Act.class_seat_left, entry, by=by)
