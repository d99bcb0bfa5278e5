"""Needs and helpers from CSV files; every fault is named by file, row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from matching.shapes import CLASSES, FREQUENCIES, MODES, SLOTS, TRAVEL, Helper, Need

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS_OF_DAY = ("am", "pm", "eve")
SEXES = ("f", "m")
Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that could not be read."""

    file: str
    row: int  # as a spreadsheet counts: the header is row 1
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} row {self.row}, {self.column}: {self.message}"


@dataclass(slots=True)
class Table:
    """What was read: rows by county, names of places for the report, and the faults."""

    rows: list[Any] = field(default_factory=list)
    county: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def slot_name(slot: int) -> str:
    """The code of a weekly slot.

    >>> slot_name(15), slot_of("sat-am")
    ('sat-am', 15)
    """
    return f"{DAYS[slot // 3]}-{PARTS_OF_DAY[slot % 3]}"


def slot_of(text: str) -> int:
    """The slot of a code such as sat-am, or of a number from 0 to 20."""
    if text.isdigit() and int(text) < SLOTS:
        return int(text)
    day, _, part = text.lower().partition("-")
    if day not in DAYS or part not in PARTS_OF_DAY:
        raise ValueError(f"{text!r} is no slot such as sat-am")
    return DAYS.index(day) * 3 + PARTS_OF_DAY.index(part)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _between(low: float, high: float) -> Read:
    def read(text: str) -> float:
        value = _number(text)
        if not low <= value <= high:
            raise ValueError(f"{text} is not between {low:g} and {high:g}")
        return value

    return read


def _at_least(low: int) -> Read:
    def read(text: str) -> int:
        value = _whole(text)
        if value < low:
            raise ValueError(f"{text} is below {low}")
        return value

    return read


def _one_of(*codes: str) -> Read:
    def read(text: str) -> str:
        if text not in codes:
            raise ValueError(f"{text!r} is none of {', '.join(codes)}")
        return text

    return read


def _yes(text: str) -> bool:
    return {"yes": True, "no": False}[_one_of("yes", "no")(text.lower())]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date such as 2026-09-01") from None


def _several(read: Read, kind: Callable[[Any], Any]) -> Read:
    """Values separated by spaces, semicolons or commas."""

    def read_all(text: str) -> Any:
        parts = text.replace(";", " ").replace(",", " ").split()
        return kind(read(part) for part in parts)

    return read_all


def _period(text: str) -> tuple[date, date | None]:
    start, _, end = text.partition("/")
    return _day(start), _day(end) if end else None


_codes, _ids = _several(str, frozenset), _several(_whole, tuple)
_places: Mapping[str, Read] = {
    "lat": _between(-90, 90),
    "lon": _between(-180, 180),
    "township_id": _whole,
    "slots": _several(slot_of, frozenset),
    "languages": _codes,
    "subjects": _codes,
    "text": str,
}
NEED_COLUMNS: Mapping[str, Read] = {
    "id": _whole,
    "kind": str,
    "child_ids": _ids,
    "household_id": _whole,
    "stage": str,
    "mode": _one_of(*MODES),
    "frequency": _one_of(*FREQUENCIES),
    "times_per_week": _at_least(1),
    "demand": _at_least(1),
    "child_sex": _several(_one_of(*SEXES), frozenset),
    "wished_sex": _one_of(*SEXES),
    "credential": str,
    "starts": _day,
    "ends": _day,
    "urgency": _one_of(*CLASSES),
    "risk_red": _yes,
    "waiting_days": _at_least(0),
    "consent": _yes,
    "living_helpers": _ids,
    **_places,
}
HELPER_COLUMNS: Mapping[str, Read] = {
    "id": _whole,
    "kind": _one_of("volunteer", "social_worker"),
    "sex": _one_of("f", "m", "mixed"),
    "offers": _codes,
    "stages": _codes,
    "credentials": _codes,
    "cleared": _yes,
    "modes": _several(_one_of(*MODES), frozenset),
    "max_km": _between(0, 1000),
    "travel": _one_of(*TRAVEL),
    "busy_slots": _several(slot_of, frozenset),
    "capacity": _at_least(0),
    "living": _at_least(0),
    "periods": _several(_period, tuple),
    "household_related": _several(_whole, frozenset),
    **_places,
}
_REQUIRED = {Need: ("id", "kind"), Helper: ("id", "offers")}


def read_needs(path: Path) -> Table:
    """The needs of a file."""
    return _read(path, Need, NEED_COLUMNS)


def read_helpers(path: Path) -> Table:
    """The helpers of a file."""
    return _read(path, Helper, HELPER_COLUMNS)


def _read(path: Path, shape: type[Need] | type[Helper], columns: Mapping[str, Read]) -> Table:
    """All rows; cells that are empty keep the default of the shape."""
    table = Table()
    lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    header = [name.strip() for name in lines.fieldnames or ()]
    lines.fieldnames = header
    table.faults = list(_header_faults(path.name, header, shape, columns))
    if table.faults:
        return table
    seen: set[tuple[str, int]] = set()
    for at, line in enumerate(lines, start=2):
        facts = _facts(path.name, at, line, columns, table.faults)
        for name in _REQUIRED[shape]:
            if not (line.get(name) or "").strip():
                table.faults.append(Fault(path.name, at, name, "must not be empty"))
        county = (line.get("county") or "").strip()
        if "id" in facts:
            if (county, facts["id"]) in seen:
                table.faults.append(Fault(path.name, at, "id", f"{facts['id']} occurs twice"))
            seen.add((county, facts["id"]))
            table.county.append(county)
            table.rows.append(shape(**{"kind": "", **facts} if shape is Need else facts))
    return table


def _header_faults(
    file: str, header: list[str], shape: type[Need] | type[Helper], columns: Mapping[str, Read]
) -> Iterator[Fault]:
    for name in header:
        if name not in columns and name != "county":
            yield Fault(file, 1, name, "this column is not known")
    for name in _REQUIRED[shape]:
        if name not in header:
            yield Fault(file, 1, name, "this column is missing")


def _facts(
    file: str,
    at: int,
    line: Mapping[str, str | None],
    columns: Mapping[str, Read],
    faults: list[Fault],
) -> dict[str, Any]:
    facts = {}
    for name, read in columns.items():
        text = (line.get(name) or "").strip()
        if text:
            try:
                facts[name] = read(text)
            except ValueError as error:
                faults.append(Fault(file, at, name, str(error)))
    return facts
