"""A row as values by field; the same in the sheet's own words; and three of them compared: what the
national system said last time, what it says now, and what stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiedui.children.rules import CellFault
from jiedui.core.resident_id import ResidentId
from jiedui.intake.exchange import (
    Layout,
    Today,
    Value,
    Values,
    Village,
    Villages,
    read_cells,
    written,
)
from jiedui.intake.rules import IntakeFault, Problem

Line = dict[str, str]
DERIVED = frozenset({"health"})  # follows from disability and illness
YEARS = {"primary": range(1, 7), "junior": range(7, 10)}


@dataclass(frozen=True)
class ReadRow:
    """What the cells of a row say, the village it names, and what is wrong with them."""

    values: Values
    village: Village | None
    problems: tuple[Problem, ...]


def read_values(
    cells: Mapping[str, str], layout: Layout, today: Today, villages: Villages
) -> ReadRow:
    """Read every cell of a row."""
    values, problems = read_cells(cells, layout, today)
    village = _village(values, villages, problems)
    _from_number(values, problems)
    _year(values)
    _grade(values, problems)
    return ReadRow(values, village, tuple(problems))


def _village(values: Values, villages: Villages, problems: list[Problem]) -> Village | None:
    township, name = values.pop("township", None), values.pop("village", None)
    if not isinstance(name, str):
        return None
    found = villages.find(str(township or ""), name)
    if isinstance(found, IntakeFault):
        problems.append(Problem("village", found))
        return None
    values["village"] = f"{found.township} {found.name}"
    return found


def _from_number(values: Values, problems: list[Problem]) -> None:
    """Birth date and sex follow from the number, or agree with it."""
    who = values.get("id_number")
    said = {p.field for p in problems}
    if isinstance(who, ResidentId):
        if values.get("birth_date") not in (None, who.birth_date):
            problems.append(Problem("birth_date", IntakeFault.birth_differs))
        if values.get("sex") not in (None, who.sex.value):
            problems.append(Problem("sex", IntakeFault.sex_differs))
        values["birth_date"], values["sex"] = who.birth_date, who.sex.value
    elif "id_number" not in said:
        if values.get("birth_date") is None and "birth_date" not in said:
            problems.append(Problem("birth_date", CellFault.birth_missing))
        if values.get("sex") is None and "sex" not in said:
            problems.append(Problem("sex", CellFault.sex_missing))


def _year(values: Values) -> None:
    """A year counts with the level it belongs to: year 1 of junior school is year 7."""
    level, year = values.get("school"), values.get("year")
    if level not in YEARS or not isinstance(year, str):
        values.pop("year", None)
        return
    number = int(year) + (6 if level == "junior" and int(year) <= 3 else 0)
    if number in YEARS[str(level)]:
        values["year"] = str(number)
    else:
        values.pop("year", None)


def _grade(values: Values, problems: list[Problem]) -> None:
    said = {p.field for p in problems}
    kind, grade = values.get("disability"), values.get("disability_grade")
    if (kind is None) != (grade is None) and not said & {"disability", "disability_grade"}:
        lacking = "disability" if kind is None else "disability_grade"
        problems.append(Problem(lacking, CellFault.grade_missing))


def canonical(values: Mapping[str, Value], layout: Layout) -> Line:
    """Values in the first words of the sheet."""
    return {
        name: written(layout.by_field[name], value, layout)
        for name, value in values.items()
        if name in layout.by_field
    }


@dataclass(frozen=True)
class Merged:
    """A file and a row put together: the values as they are to be, the fields that the row changes,
    and those where both have changed and the file's stays."""

    values: Values
    changed: tuple[str, ...]
    both: tuple[str, ...]


def merged(file: Values, row: Values, base: Line | None, layout: Layout) -> Merged:
    """What a row changes in a file. An empty cell changes nothing. What the national system said
    last time already is no news: what stands in the file is then newer."""
    values, changed, both = dict(file), [], []
    ours, theirs = canonical(file, layout), canonical(row, layout)
    for name, new in theirs.items():
        old = ours.get(name, "")
        if not new or new == old or row.get(name) is None or name in DERIVED:
            continue
        before = (base or {}).get(name)
        if before == new:
            continue
        if before is not None and old and old != before:
            both.append(name)
            continue
        values[name] = row[name]
        changed.append(name)
    return Merged(values, tuple(changed), tuple(both))
