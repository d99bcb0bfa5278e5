"""What is left of a file when its identity is cleared, and for what a file is held back.

Personal Information Protection Law (个人信息保护法) art. 19, 47, 73(3): kept no longer than its
purpose needs; de-identified so that nobody can tell the person without more. What stays is what
figures are made of: birth year, village, sex, categories, definitions, dates, states.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any


class HoldReason(StrEnum):
    """For what a file must be kept although its time is over."""

    court = "court"
    complaint = "complaint"
    inspection = "inspection"
    claim = "claim"
    other = "other"


class ClearedFor(StrEnum):
    """Why a file's identity is cleared."""

    term_over = "term over"
    guardian_asked = "guardian asked"
    with_other_file = "with other file"


# Facts of a kept state by which somebody could be told: what stands there afterwards.
OWN: dict[str, Any] = {
    "name": "",
    "id_number": None,
    "address": "",
    "ethnicity": "",
    "registered_at": None,
    "illness": None,
    "evidence": {},
}
GROWN_UP: dict[str, Any] = {
    "name": "",
    "phone": None,
    "id_number": None,
    "birth_date": None,
    "work_place": None,
}


def year_of(birth: date) -> date:
    """A birth date of which only the year is kept."""
    return date(birth.year, 1, 1)


def reduced(facts: dict[str, Any]) -> dict[str, Any]:
    """A kept state of a file without whose it is."""
    rest = facts | {name: value for name, value in OWN.items() if name in facts}
    if rest.get("birth_date"):
        rest["birth_date"] = year_of(date.fromisoformat(rest["birth_date"])).isoformat()
    grown_ups = facts.get("grown_ups", [])
    return rest | {"grown_ups": [one | GROWN_UP for one in grown_ups]}
