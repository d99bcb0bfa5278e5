"""A school says that a pupil is not there; whoever finds out says how it ended."""

from __future__ import annotations

from datetime import date

from jiedui.access.rules import Actor
from jiedui.care.models.absences import Absence
from jiedui.care.queries.absences import open_of, pupils_called
from jiedui.care.rules.absences import (
    SCHOOL_DAYS,
    AbsenceEnd,
    AbsenceRefusal,
    AbsenceState,
    end_fault,
    since_fault,
)
from jiedui.children.models import Child
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh


def report_absence(name: str, since: date, birth: date | None, *, by: Actor) -> Absence:
    """A pupil of the actor's own school is absent since a day. The pupil is found by name, and by
    birth date where two have it. Refuses a name that is not there, a day that cannot be, and a
    second report while the child is away."""
    fault = since_fault(since, clock.today())
    if fault is not None:
        raise Refusal(fault, "since")
    child = _pupil(name, birth, by)
    if open_of(child.id) is not None:
        raise Refusal(AbsenceRefusal.absent_already, "pupil")
    one = Absence(
        county_id=child.county_id,
        child=child,
        unit_id=by.unit_id,
        since=since,
        due=clock.working_days_after(since, SCHOOL_DAYS),
        state=AbsenceState.open,
        reported_by=by.account_id,
        reported_at=clock.now(),
    )
    db.session.add(one)
    audit.record(Act.absence_reported, one, by=by)
    return one


def _pupil(name: str, birth: date | None, by: Actor) -> Child:
    found = pupils_called(name, by.unit_id, birth) if by.unit_id is not None else []
    if not found:
        raise Refusal(AbsenceRefusal.unknown_pupil, "pupil")
    if len(found) > 1:
        raise Refusal(AbsenceRefusal.several_pupils, "birth_date")
    return found[0]


def end_absence(
    one: Absence, how: AbsenceEnd, on: date | None, *, by: Actor, version: int | None = None
) -> None:
    """The child is back, or it is known where it is. Refuses an older page, one that is over, and
    a day that is missing or cannot be."""
    db.lock(Absence, one.id)
    fresh(one.version, version)
    fault = end_fault(one.state, one.since, how, on, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    one.state, one.end_how, one.ended_on = AbsenceState.closed, how, on
    one.ended_by, one.ended_at = by.account_id, clock.now()
    audit.record(Act.absence_ended, one, by=by, how=how)
