"""One cell: what it means, or what is wrong with it; and how a value is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.core import resident_id
from jiedui.core.forms.text import phone_digits, phone_exists
from jiedui.core.resident_id import IdFault, ResidentId
from jiedui.intake.exchange.layout import Column, Layout, tidy
from jiedui.intake.rules import IntakeFault, Problem

EXCEL_DAY_0 = date(1899, 12, 30)  # day 0 of a sheet's calendar (ECMA-376, 18.17.4.1)
SERIALS = range(10_000, 80_000)  # 1927 to 2119
DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?(?:[ T]\d{1,2}:.*)?$")
MONTH = re.compile(r"^(\d{4})(\d{2})?$|^(\d{4})年$")
DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
HOURS = re.compile(r"^(\d{1,5}(?:\.\d+)?)(?:(?:个?小时|时|h)(?:(\d{1,2})(?:分钟?)?)?)?$")
MINUTES = re.compile(r"^(\d{1,6})分钟?$")
CLOCK = re.compile(r"^(\d{1,4}):([0-5]\d)(?::00)?$")
NUMBER = re.compile(r"^(\d{1,6})(?:\.0+)?\s*[^\d.]{0,4}$")
MOBILE = re.compile(r"^1[3-9]\d{9}$")
LONGEST = {"name": 40, "work_place": 60, "address": 80, "ethnicity": 20}
TEXT_MOST = 200

Value = str | int | date | ResidentId | frozenset[str] | None
Values = dict[str, Value]


@dataclass(frozen=True)
class Today:
    """What a cell is read against: the day, and whether invented people's numbers are taken."""

    day: date
    invented: bool = False


class Bad(Exception):
    """A cell that cannot be what its column asks for."""

    def __init__(self, code: StrEnum, **facts: object) -> None:
        super().__init__(code.value)
        self.code, self.facts = code, facts


def read_cell(column: Column, text: str, layout: Layout, today: Today) -> Value:
    """What a cell says: None when it is empty; raise Bad."""
    raw = text.strip()
    if not raw or raw in ("-", "/", "—", "无") and column.read != "yes_no":
        return None
    reader = READERS.get(column.read)
    if reader is not None:
        return reader(raw, today)
    if column.several:
        return _several(raw, column, layout)
    if column.read == "text":
        return _text(column, raw)
    return _word(raw, column, layout)


def read_cells(
    cells: Mapping[str, str], layout: Layout, today: Today
) -> tuple[Values, list[Problem]]:
    """Every cell of a row that the layout knows, and what is wrong with them."""
    values: Values = {}
    problems: list[Problem] = []
    for column in layout.columns:
        text = cells.get(column.field)
        if column.keep or text is None or (not text and not column.needed):
            continue
        try:
            value = read_cell(column, text, layout, today)
        except Bad as bad:
            problems.append(Problem(column.field, bad.code, bad.facts))
            continue
        if value is None and column.needed:
            problems.append(Problem(column.field, IntakeFault.missing))
        values[column.field] = value
    return values, problems


def _text(column: Column, raw: str) -> str:
    most = LONGEST.get(column.field.rpartition(".")[2], TEXT_MOST)
    if len(raw) > most:
        raise Bad(IntakeFault.too_long, most=most)
    return raw


def _word(raw: str, column: Column, layout: Layout) -> str:
    spoken = layout.spoken[column.read]
    known = spoken.get(raw)
    if known is None:
        known = spoken.get(tidy(raw))
    if known is None:
        raise Bad(IntakeFault.unknown_word)
    return known


def _several(raw: str, column: Column, layout: Layout) -> frozenset[str]:
    parts = re.split(f"[{re.escape(layout.separators)}]+", raw)
    known = layout.spoken[column.read]
    found = [known.get(tidy(part)) for part in parts if part]
    if None in found:
        raise Bad(IntakeFault.unknown_word)
    return frozenset(one for one in found if one)


def read_date(raw: str, today: Today) -> date:
    """A whole day, as people and sheets write it; raise Bad."""
    known = _whole(raw)
    if known is None:
        raise Bad(IntakeFault.no_date)
    if known > today.day:
        raise Bad(IntakeFault.in_future)
    return known


def read_month(raw: str, today: Today) -> date:
    """The same where the day, or the month too, may be missing: then the first; raise Bad."""
    found = DAY.match(raw) or MONTH.match(raw)
    if found and _whole(raw) is None:
        parts = [int(g) for g in found.groups() if g]
        raw = "-".join(str(n) for n in [*parts, 1, 1][:3])
    return read_date(raw, today)


def _whole(raw: str) -> date | None:
    serial = raw.partition(".")[0]
    if serial.isdigit() and len(serial) == 5 and int(serial) in SERIALS:
        return EXCEL_DAY_0 + timedelta(days=int(serial))
    found = DAY.match("".join(raw.split()) if "年" in raw else raw) or DIGITS.match(raw)
    if found is None or found.group(3) is None:
        return None
    try:
        known = date(*(int(g) for g in found.groups()))
    except ValueError:
        return None
    return known if known.year >= 1900 else None


def read_id(raw: str, today: Today) -> ResidentId:
    """An identity number; raise Bad. A number that a spreadsheet has rounded is named as such: it
    ends in 000 or is written with a power of ten."""
    said = resident_id.read(raw, today.day, invented_allowed=today.invented)
    if isinstance(said, ResidentId):
        return said
    rounded = said is IdFault.check_digit and resident_id.tidy(raw).endswith("000")
    raise Bad(IdFault.spreadsheet if rounded else said)


def read_number(raw: str, _today: Today) -> int:
    """A whole number, with or without its unit (10 km, 10公里); raise Bad."""
    found = NUMBER.match(raw)
    if found is None:
        raise Bad(IntakeFault.no_number)
    return int(found.group(1))


def read_hours(raw: str, _today: Today) -> int:
    """A length in hours as whole minutes: 2.5, 2:30, 2小时30分, 90分钟; raise Bad."""
    clock = CLOCK.match(raw)
    if clock is not None:
        return int(clock.group(1)) * 60 + int(clock.group(2))
    bare = "".join(raw.split())
    only = MINUTES.match(bare)
    if only is not None:
        return int(only.group(1))
    found = HOURS.match(bare)
    if found is None:
        raise Bad(IntakeFault.no_number)
    return round(float(found.group(1)) * 60) + int(found.group(2) or 0)


def read_phone(raw: str, _today: Today) -> str:
    """A telephone number; raise Bad. 13800000000.0 is a number that was taken for one."""
    digits = phone_digits(raw.removesuffix(".0"))
    if not MOBILE.match(digits) and not phone_exists(digits):
        raise Bad(IntakeFault.no_phone)
    return digits


READERS: dict[str, Callable[[str, Today], Value]] = {
    "date": read_date,
    "month": read_month,
    "id": read_id,
    "phone": read_phone,
    "number": read_number,
    "hours": read_hours,
}


def written(column: Column, value: object, layout: Layout) -> str:
    """A value in the words of the sheet."""
    if value is None or value == "":
        return layout.word(column.read, "") if column.read == "unable" else ""
    if isinstance(value, ResidentId):
        return value.number
    if isinstance(value, date):
        return value.isoformat()
    if column.several:
        several = value if isinstance(value, frozenset) else frozenset()
        order = list(layout.words[column.read])
        return layout.joiner.join(
            layout.word(column.read, one) for one in sorted(several & set(order), key=order.index)
        )
    if column.read == "yes_no" or column.read in layout.words:
        text = {True: "yes", False: "no"}.get(value, str(value))  # type: ignore[call-overload]
        return layout.word(column.read, text)
    return str(value)
