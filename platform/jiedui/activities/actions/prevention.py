"""The plan of prevention: its lines are set, changed and dropped; what they reach is counted."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.activities.models import PreventionTarget
from jiedui.activities.queries import prevention as queries
from jiedui.activities.rules.prevention import TargetSaid, target_fault
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.regions.models import Region


def set_target(county: Region, said: TargetSaid, *, by: Actor) -> PreventionTarget:
    """Put a line into a county's plan. Refuses days in the wrong order, over, or more than a year
    apart, and more schools or villages than there are."""
    _check(county, said)
    one = PreventionTarget(
        county_id=county.id, county=county, theme=said.theme, reach=said.reach,
        number=said.number, starts=said.starts, until=said.until, set_by=by.account_id,
        set_at=clock.now(),
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    audit.record(Act.target_written, one, by=by)
    return one


def change_target(
    one: PreventionTarget, said: TargetSaid, *, by: Actor, version: int | None = None
) -> None:
    """Set a line anew. Refuses what setting refuses, and an older page."""
    fresh(one.version, version)
    _check(one.county, said)
    one.theme, one.reach, one.number = said.theme, said.reach, said.number
    one.starts, one.until = said.starts, said.until
    audit.record(Act.target_written, one, by=by)


def drop_target(one: PreventionTarget, *, by: Actor, version: int | None = None) -> None:
    """A line is planned no longer; what was held stays. Refuses an older page."""
    fresh(one.version, version)
    audit.record(Act.target_dropped, one, by=by)
    db.session.delete(one)


def _check(county: Region, said: TargetSaid) -> None:
    there = len(queries.spots(county.path, said.reach))
    fault = target_fault(said, there, clock.today())
    if fault is not None:
        raise Refusal(*fault, there=there)
