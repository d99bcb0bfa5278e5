"""The figures of a year as tables: the page and the file say exactly the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from jiedui.core import sheets, words
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.tables import Cell, Row, Table
from jiedui.core.withheld import LEAST
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import FOUR, NINE, Situation
from jiedui.protection.rules.clocks import Clock
from jiedui.protection.rules.counted import Fate, From, Kept
from jiedui.protection.rules.figures import QUARTERS, SUM, YEAR, Cells, YearOf, share

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"  # without it Excel takes Chinese in a CSV for something else


def figure(number: int | None) -> Cell:
    """A figure in words: withheld, nothing, or the number."""
    if number is None:
        return gettext("withheld")
    return number or "–"


def tables(found: YearOf) -> list[Table]:
    """Every table of a year that may be shown."""
    reports, cases = gettext("Reports"), gettext("Cases")
    fates = [(words.label(one), one.value) for one in Fate]
    made = [_grid(gettext("What became of reports"), found.fates, fates, reports)]
    if found.situations:
        made.append(_situations(found.situations, cases))
        kinds = [(words.label(one), one.value) for one in From]
        made.append(_grid(gettext("Who reported"), found.sources, kinds, cases))
        places = [
            (row or gettext("Not known"), row)
            for row, column in found.towns
            if column == YEAR and row != SUM
        ]
        made.append(_grid(gettext("Cases by township"), found.towns, places, cases))
        made += [_clocks(found), _days(found), _outcomes(found, cases)]
    return made


def _grid(title: str, cells: Cells, rows: Iterable[tuple[str, str]], whole: str) -> Table:
    """A line for each member and their sum; quarters where they may be shown. Of nothing there is
    no line and no column."""
    columns = (*(one for one in QUARTERS if cells.get((SUM, one), 0) != 0), YEAR)
    heads = (title, *(_head(one) for one in columns))
    lines = [
        Row(name, tuple(figure(cells.get((row, one), 0)) for one in columns))
        for name, row in rows
        if any(cells.get((row, one), 0) != 0 for one in columns)
    ]
    last = Row(whole, tuple(figure(cells.get((SUM, one), 0)) for one in columns), sum=True)
    return Table(title, heads, (*lines, last), wide=len(columns) > 1)


def _head(column: str) -> str:
    return gettext("Whole year") if column == YEAR else gettext("Quarter %(n)s", n=column)


def _situations(cells: Cells, whole: str) -> Table:
    """The nine of mandatory report, then the four others."""
    order = [one for one in Situation if one in NINE] + [one for one in Situation if one in FOUR]
    rows = [(words.label(one), one.value) for one in order]
    made = _grid(gettext("Cases by situation"), cells, rows, whole)
    note = gettext("The first nine are those of mandatory report, the last four of guardianship.")
    return Table(made.title, made.heads, made.rows, note, wide=made.wide)


def _clocks(found: YearOf) -> Table:
    rows = []
    for clock in Clock:
        parts = found.clocks[clock]
        if parts[Kept.kept] == parts[Kept.run_out] == 0:
            continue
        part = share(parts)
        cells = [figure(parts[one]) for one in (Kept.kept, Kept.run_out)]
        rows.append(Row(words.label(clock), (*cells, "–" if part is None else f"{part} %")))
    heads = (
        gettext("Clock"), gettext("Kept in time"), gettext("Not kept in time"),
        gettext("Share kept"),
    )  # fmt: skip
    note = gettext(
        "By case, and by the times that the county has set today. A clock that has run out once"
        " in a case counts as run out."
    )
    return Table(gettext("Clocks of cases"), heads, tuple(rows), note, wide=True)


def _days(found: YearOf) -> Table:
    rows = [Row(words.label(stage), (_took(found.days[stage]),)) for stage in found.days]
    heads = (gettext("Step"), gettext("Days from the report"))
    note = gettext("Half of the cases took no longer. Steps that were left out are not counted.")
    return Table(gettext("Median time to each step"), heads, tuple(rows), note)


def _took(days: float | None) -> Cell:
    return gettext("withheld") if days is None else f"{days:g}"


def _outcomes(found: YearOf, whole: str) -> Table:
    rows = [(words.label(one), one.value) for one in ReportOutcome]
    return _grid(
        gettext("How cases ended"), found.outcomes, [*rows, (gettext("Not closed yet"), "")], whole
    )


def notes(found: YearOf) -> list[str]:
    """What is to be known of all these figures."""
    said = [
        gettext("Counted by the day on which a report came in; trials of the way are left out."),
        gettext("Of what there was none, there is no line."),
        gettext(
            "A figure from 1 to %(n)d is withheld, and with it as many others as are needed so"
            " that it cannot be worked out.", n=LEAST - 1,
        ),
        gettext(
            "Cases that are sealed, or about a worker of village or township, stand in no table."
        ),
    ]  # fmt: skip
    if found.apart is not None:
        said.append(
            ngettext("There is %(num)d of them.", "There are %(num)d of them.", found.apart)
        )
    return said


def csv_of(found: YearOf, title: str) -> bytes:
    """Exactly what is shown, no cell a formula to any program."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow([sheets.inert(title)])
    for table in tables(found):
        lines.writerow([])
        lines.writerow(table.heads)
        for row in table.rows:
            cells = [one if isinstance(one, int) else sheets.inert(one) for one in row.cells]
            lines.writerow([sheets.inert(row.name), *cells])
    lines.writerow([])
    lines.writerows([line] for line in notes(found))
    return (BOM + out.getvalue()).encode()
