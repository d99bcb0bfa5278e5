"""What a school's screening says is kept, of children on file alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.counselling.models import PupilScreening, ScreeningResult
from jiedui.counselling.queries import screening as queries
from jiedui.counselling.queries.schools import school
from jiedui.counselling.rules.screening import MOST_LINES, ScreeningRefusal, read_lines


@dataclass(frozen=True)
class ScreeningSaid:
    """A screening as its counsellor types it: school, day, instrument in words, how many pupils
    were screened, and the list of those on file."""

    unit_id: int
    on_day: date
    instrument: str
    pupils: int
    lines: str


def keep_screening(said: ScreeningSaid, *, by: Actor) -> PupilScreening:
    """Keep a screening with its results. Refuses it whole when a line cannot be read or means
    nobody (`at`: which lines), when it was entered before, and more results than pupils."""
    lines = read_lines(said.lines)
    if not lines:
        raise Refusal(ScreeningRefusal.no_lines, "lines")
    if len(lines) > MOST_LINES:
        raise Refusal(ScreeningRefusal.too_many, "lines", most=MOST_LINES)
    if len(lines) > said.pupils:
        raise Refusal(ScreeningRefusal.more_found, "pupils")
    unit = school(said.unit_id)
    if queries.held_already(unit.id, said.on_day, said.instrument):
        raise Refusal(ScreeningRefusal.held_already, "instrument")
    found = [queries.meant(line, by.county_id) for line in lines]
    wrong = queries.faults(lines, found)
    if wrong:
        at = ", ".join(str(number) for number, _fault in wrong)
        raise Refusal(ScreeningRefusal.lines_faulty, "lines", at=at)
    one = PupilScreening(
        county_id=by.county_id,
        unit_id=unit.id,
        on_day=said.on_day,
        instrument=said.instrument,
        pupils=said.pupils,
        entered_by=by.account_id,
        entered_at=clock.now(),
    )
    for line, child in zip(lines, found, strict=True):
        if line.finding is not None and child is not None:
            one.results.append(
                ScreeningResult(
                    county_id=by.county_id,
                    child_id=child.id,
                    sealed_finding=line.finding.value,
                    kept_at=clock.now(),
                )
            )
    db.session.add(one)
    db.session.flush()
    audit.record(Act.pupils_screened, one, by=by)
    return one
