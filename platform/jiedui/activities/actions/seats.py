"""Children's seats on a class or event: given, answered by guardian and child, given up."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.activities.actions.waiting import locked, move_up, open_to, take_seat
from jiedui.activities.models import Activity, ActivityChild
from jiedui.activities.queries import classes as queries
from jiedui.activities.rules import ActivityRefusal
from jiedui.children import actions as children
from jiedui.children.actions import ConsentSaid, ViewSaid
from jiedui.children.models import Child
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
    locked(activity)
    open_to(activity, child)
    number = queries.free_seat(activity)
    if number is None:
        raise Refusal(ActivityRefusal.no_seat, "child")
    return take_seat(activity, child, number, by.account_id, by)


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
    """A child does not come, or no longer: the seat is free, and goes to who waits longest. No
    reason is asked."""
    db.lock(Activity, entry.activity_id)
    if entry.left_at is None:
        entry.left_at = clock.now()
        audit.record(Act.class_seat_left, entry, by=by)
        db.session.flush()
        move_up(entry.activity)
