"""Figures of reports and cases of a year, as they may leave the room of those who read reports.

A report whose case is sealed, or about a worker of village or township, stands in none of them: it
is counted by itself, and only where there are many. Of all others nothing small is shown, and
nothing from which it can be worked out: what the tables have in common (the reports, the cases of a
quarter or a year) is a figure that everybody may see, or there are no tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import cast

from jiedui.core.withheld import LEAST, SUM, Name, edges_of_parts, edges_of_table, shown
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import DONE, Situation, Stage
from jiedui.protection.rules.clocks import Clock, Times
from jiedui.protection.rules.counted import Fate, From, Kept, Told, came_out

YEAR = SUM  # the column that stands for all four quarters
QUARTERS = ("1", "2", "3", "4")
COLUMNS = (*QUARTERS, YEAR)
Cells = dict[tuple[str, str], int | None]  # None: withheld


@dataclass(frozen=True)
class YearOf:
    """A year as it is shown. A table that is empty is not shown at all; `apart` is None where it is
    small."""

    fates: Cells
    sources: Cells = field(default_factory=dict)
    situations: Cells = field(default_factory=dict)
    towns: Cells = field(default_factory=dict)
    outcomes: Cells = field(default_factory=dict)
    clocks: dict[Clock, dict[Kept, int | None]] = field(default_factory=dict)
    days: dict[Stage, float | None] = field(default_factory=dict)
    apart: int | None = None


def year_of(rows: Iterable[Told], towns: Sequence[str], times: Times, now: datetime) -> YearOf:
    """The figures of a year from all its reports; `towns` stand in the table even with none."""
    known = list(rows)
    told = [one for one in known if not one.apart]
    cases = [one for one in told if one.fate is Fate.case]
    found = YearOf(_fates(told), apart=many(len(known) - len(told)))
    if not found.fates[Fate.case, YEAR]:
        return found
    found.sources.update(_by([(one.source, one.quarter) for one in cases], From, found))
    situations = [(one.situation or Situation.other_harm, one.quarter) for one in cases]
    found.situations.update(_by(situations, Situation, found))
    places = [(one.town, one.quarter) for one in cases]
    found.towns.update(_by(places, [*towns, ""], found))
    found.outcomes.update(_outcomes(cases))
    found.clocks.update(_clocks(cases, times, now))
    found.days.update(_days(cases))
    return found


def many(number: int) -> int | None:
    """A number that tells of nobody; None of a small one."""
    return number if number >= LEAST else None


def _cells(pairs: Iterable[tuple[str, str]], rows: Iterable[str]) -> dict[tuple[str, str], int]:
    """Every cell, those of nothing too: where all is withheld, they are."""
    counted = Counter(pairs)
    return {(row, column): counted[row, column] for row in rows for column in QUARTERS}


def _pair(name: Name) -> tuple[str, str]:
    return cast(tuple[str, str], name)


def _fates(told: Sequence[Told]) -> Cells:
    """What became of reports. The other tables are of cases: how many there are is shown where it
    can be, and rather the sum of all reports is withheld."""
    edges = edges_of_table(_cells([(one.fate, one.quarter) for one in told], Fate))
    value = {_pair(edge.name): edge.value for edge in edges}
    cases = [(Fate.case.value, column) for column in (*QUARTERS, YEAR)]
    known: list[tuple[str, str]] = []
    if value[cases[-1]] >= LEAST:
        few = any(0 < value[one] < LEAST for one in cases)
        known = cases[-1:] if few else cases
    found = shown([edge for edge in edges if edge.name not in known])
    return {_pair(name): n for name, n in found.items()} | {name: value[name] for name in known}


def _by(pairs: Sequence[tuple[str, str]], rows: Iterable[str], whole: YearOf) -> Cells:
    """A table by quarter where every quarter's sum may be seen; else of the year alone."""
    members = list(rows)
    last: Cells = {(SUM, YEAR): len(pairs)}
    sums = Counter(column for _row, column in pairs)
    if all(whole.fates[Fate.case, column] == sums[column] for column in QUARTERS):
        every = edges_of_table(_cells(pairs, members))
        found = shown([edge for edge in every if _pair(edge.name)[0] != SUM])
        if set(found.values()) != {None}:
            inner = {_pair(name): n for name, n in found.items()}
            return inner | {(SUM, column): sums[column] for column in QUARTERS} | last
    counted = Counter(row for row, _column in pairs)
    return _year_alone({row: counted[row] for row in members}) | last


def _year_alone(parts: Mapping[str, int]) -> Cells:
    return {(str(name), YEAR): n for name, n in shown(edges_of_parts(parts)).items()}


def _outcomes(cases: Sequence[Told]) -> Cells:
    """How cases ended, and how many run (under ""). The clocks nearly tell how many run: that
    figure never helps to hide another, unless so few have ended that it would tell these."""
    counted = Counter(one.outcome for one in cases)
    ended = {str(one): counted[one] for one in ReportOutcome}
    runs, last = counted[None], {(SUM, YEAR): len(cases)}
    if 0 < len(cases) - runs < LEAST:
        return dict.fromkeys(((row, YEAR) for row in (*ended, "")), None) | last
    if 0 < runs < LEAST:
        return _year_alone({**ended, "": runs}) | last
    return _year_alone(ended) | {("", YEAR): runs} | last


def _clocks(
    cases: Sequence[Told], times: Times, now: datetime
) -> dict[Clock, dict[Kept, int | None]]:
    """Each clock by itself: of all cases, in how many it was kept and in how many it ran out."""
    ways = [came_out(one, times, now) for one in cases]
    found: dict[Clock, dict[Kept, int | None]] = {}
    for clock in Clock:
        counted = Counter(way.get(clock, Kept.open) for way in ways)
        seen = shown(edges_of_parts({kept: counted[kept] for kept in Kept}))
        found[clock] = {kept: seen[kept] for kept in Kept}
    return found


def share(parts: Mapping[Kept, int | None]) -> int | None:
    """Of a hundred clocks that came to an end, how many were kept; None where a part is withheld
    or none has ended."""
    kept, run_out = parts[Kept.kept], parts[Kept.run_out]
    if kept is None or run_out is None or not kept + run_out:
        return None
    return round(100 * kept / (kept + run_out))


def _days(cases: Sequence[Told]) -> dict[Stage, float | None]:
    """The median of days from the report to a step that was done, where enough stand behind it."""
    found: dict[Stage, float | None] = {}
    for stage in (*DONE, Stage.closed):
        took = [
            (step.at - one.received).total_seconds() / 86_400
            for one in cases
            for step in [s for s in one.steps if s.stage is stage and not s.skipped][:1]
        ]
        found[stage] = max(0.0, round(median(took), 1)) if len(took) >= LEAST else None
    return found
