"""A child's risk level moves; each move is kept."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.children.actions.past import keep
from jiedui.children.models import Child, RiskMove
from jiedui.children.queries.risk import level_set_on, seen_on
from jiedui.children.rules import ChildRefusal, ChildState, RiskLevel, risk_fault
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh


def move_risk(child: Child, level: RiskLevel, *, by: By, version: int | None = None) -> None:
    """Set a child's risk level; nothing happens where it is so already. Refuses a closed file, an
    older page, and lowering by anybody but the township after a visit that saw the child."""
    db.lock(Child, child.id)
    fresh(child.version, version)
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)
    old = child.risk
    if set_risk(child, level, by):
        child.changed_at = clock.now()
        audit.record(Act.child_risk_moved, child, by=by, old=old, new=level)
        keep(child, by)


def set_risk(child: Child, level: RiskLevel, by: By) -> bool:
    """The step that every change of a level goes through; says whether it was one."""
    old = child.risk
    if level is old:
        return False
    role = by.role if isinstance(by, Actor) else None
    fault = risk_fault(old, level, role, seen_on(child.id), level_set_on(child))
    if fault is not None:
        raise Refusal(fault, "risk")
    child.risk = level
    move = RiskMove(
        county_id=child.county_id,
        child=child,
        old=old,
        new=level,
        at=clock.now(),
        by_account=by.account_id,
    )
    db.session.add(move)
    return True
