"""A row of a list of past hours: who, when, how long, what, for which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiedui.core.resident_id import ResidentId
from jiedui.helpers import queries as helpers
from jiedui.helpers.exchange import Named
from jiedui.hours.rules.past import PastFault, Period, past_fault
from jiedui.intake.exchange import Today, Value, Values, load, read_cells
from jiedui.intake.rules import IntakeFault, Problem

PAST = load(Path(__file__).resolve().parents[1] / "data" / "past.toml")
UNIT_MOST = 80


@dataclass(frozen=True)
class PastRow:
    """What a row says, and what is wrong with it; without problems it has a period."""

    helper: Named
    period: Period | None
    minutes: int
    what: str
    unit: str
    problems: tuple[Problem, ...]


def read_past(cells: Mapping[str, str], today: Today, unit: str) -> PastRow:
    """Read every cell of a row; a row without a unit is of the unit that brings it."""
    values, problems = read_cells(cells, PAST, today)
    faulty = {one.field for one in problems}
    number, phone = values.get("helper_id"), values.get("helper_phone")
    index = helpers.id_index(number.number) if isinstance(number, ResidentId) else None
    named = Named(str(values.get("helper_name") or ""), index, str(phone) if phone else None)
    period = None if faulty & {"on", "starts", "ends"} else _period(values, problems)
    minutes = _whole(values.get("hours")) + _whole(values.get("minutes"))
    if period is not None and not faulty & {"hours", "minutes"}:
        no = past_fault(period, minutes)
        if no is not None:
            problems.append(Problem("hours" if "hours" in cells else "minutes", no))
    of = str(values.get("unit") or unit)
    if len(of) > UNIT_MOST:
        problems.append(Problem("unit", IntakeFault.too_long, {"most": UNIT_MOST}))
    return PastRow(named, period, minutes, str(values.get("what") or ""), of, tuple(problems))


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _period(values: Values, problems: list[Problem]) -> Period | None:
    on, starts, ends = (values.get(name) for name in ("on", "starts", "ends"))
    if isinstance(on, date):
        if isinstance(starts, date) or isinstance(ends, date):
            problems.append(Problem("on", PastFault.day_or_period))
        return Period(on, on)
    if not isinstance(starts, date) or not isinstance(ends, date):
        problems.append(Problem("on", PastFault.no_day))
        return None
    if ends < starts:
        problems.append(Problem("ends", PastFault.backwards))
        return None
    return Period(starts, ends)
