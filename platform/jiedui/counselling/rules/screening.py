"""A psychological screening of a school (心理筛查): what it says of a pupil, and reading a list.

Only counsellors see what it says (未成年人网络保护条例 art. 36: the least that a task needs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 500


class Finding(StrEnum):
    """What a screening says of a pupil, least first."""

    none = "none"
    watch = "watch"
    counsellor = "counsellor"
    urgent = "urgent"


MUST_ANSWER = frozenset({Finding.urgent})
# How a school's list says it, in Chinese or English.
SAID: dict[str, Finding] = {
    "正常": Finding.none,
    "无": Finding.none,
    "none": Finding.none,
    "关注": Finding.watch,
    "一般关注": Finding.watch,
    "watch": Finding.watch,
    "咨询": Finding.counsellor,
    "建议咨询": Finding.counsellor,
    "counsellor": Finding.counsellor,
    "紧急": Finding.urgent,
    "urgent": Finding.urgent,
}


class LineFault(StrEnum):
    """What is wrong with a line of a list."""

    two_parts = "two parts"
    level_unknown = "level unknown"
    child_unknown = "child unknown"
    twice = "twice"


class ScreeningRefusal(StrEnum):
    """Why a screening is refused."""

    lines_faulty = "lines faulty"
    no_lines = "no lines"
    too_many = "too many"
    more_found = "more found"
    held_already = "held already"


@dataclass(frozen=True)
class Line:
    """One pupil of a list: file number or identity number as typed, and what was found."""

    number: int
    who: str
    finding: Finding | None
    fault: LineFault | None = None


def read_lines(text: str) -> list[Line]:
    """A list as it is typed or pasted from a sheet: who, then a blank, comma or tab, then what was
    found. Empty lines are passed over; a line that cannot be read carries its fault."""
    found = []
    for number, raw in enumerate(text.splitlines(), start=1):
        parts = [part for part in re.split(r"[\s,，;；]+", raw.strip()) if part]
        if parts:
            found.append(_line(number, parts))
    return found


def _line(number: int, parts: list[str]) -> Line:
    if len(parts) != 2:
        return Line(number, parts[0], None, LineFault.two_parts)
    finding = SAID.get(parts[1].lower())
    fault = None if finding is not None else LineFault.level_unknown
    return Line(number, parts[0], finding, fault)


def code_number(who: str) -> int | None:
    """The number in a file's code ("C-0733"); None where it is none."""
    found = re.fullmatch(r"[Cc]-?(\d{1,9})", who)
    return int(found.group(1)) if found else None


def counts(findings: Iterable[Finding]) -> dict[Finding, int]:
    """How many pupils were found in each level."""
    found = dict.fromkeys(Finding, 0)
    for one in findings:
        found[one] += 1
    return found
