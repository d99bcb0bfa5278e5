"""A file is held back from clearing, for a reason, and released again."""

from __future__ import annotations

from jiedui.children.models import Child, FileHold
from jiedui.children.queries.keeping import hold_of
from jiedui.children.rules import ChildRefusal, HoldReason
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal


def set_hold(child: Child, reason: HoldReason, words: str, *, by: By) -> FileHold:
    """Hold a file back: nothing of it is cleared until the hold is lifted. Refuses a file whose
    identity is cleared already, and a second hold."""
    db.lock(Child, child.id)
    if child.deidentified_at is not None:
        raise Refusal(ChildRefusal.identity_cleared)
    if hold_of(child.id) is not None:
        raise Refusal(ChildRefusal.held_already)
    hold = FileHold(
        county_id=child.county_id,
        child=child,
        reason=reason,
        words=words,
        set_at=clock.now(),
        set_by=by.account_id,
    )
    db.session.add(hold)
    audit.record(Act.hold_set, child, by=by, reason=reason)
    return hold


def lift_hold(child: Child, *, by: By) -> None:
    """Release a file: its time goes on as if there had been no hold. Refuses one not held."""
    db.lock(Child, child.id)
    hold = hold_of(child.id)
    if hold is None:
        raise Refusal(ChildRefusal.not_held)
    hold.lifted_at, hold.lifted_by = clock.now(), by.account_id
    audit.record(Act.hold_lifted, child, by=by)
