"""Levels of a division, and what a county may set for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_KM = 6371.0088  # mean radius, IUGG


class Level(StrEnum):
    """The three levels that Jiedui works on."""

    county = "county"
    township = "township"
    village = "village"


class Setting(StrEnum):
    """What a county may set for itself; DEFAULTS says what holds when it has not."""

    acceptance_days = "acceptance days"
    approval_head_after = "approval head after"
    approval_civil_affairs_after = "approval civil affairs after"
    record_check_months = "record check months"
    trial_days = "trial days"
    helpers_per_child = "helpers per child"
    companionship_months = "companionship months"
    detour_percent = "detour percent"
    sex_rule = "sex rule"
    timer_round = "timer round"
    text_weight = "text weight"
    duty_phone = "duty phone"
    duty_hours = "duty hours"
    office_for = "office for"
    portal_name = "portal name"
    filing_number = "filing number"
    visit_plan = "visit plan"
    school_holidays = "school holidays"
    letter_hours = "letter hours"
    sms_to_helpers = "sms to helpers"
    training_by_reading = "training by reading"
    wish_ceiling = "wish ceiling"
    second_person_from = "second person from"
    report_clocks = "report clocks"
    walking_minutes = "walking minutes"


class Source(StrEnum):
    """Who said where something lies."""

    gazetteer = "gazetteer"
    nominatim = "nominatim"
    baidu = "baidu"


class Doubt(StrEnum):
    """Why a position is not sure, or not there."""

    several = "several"
    vague = "vague"
    far = "far"
    unknown = "unknown"
    unreachable = "unreachable"
    declined = "declined"


DEFAULTS: dict[Setting, Any] = {
    Setting.acceptance_days: 14,
    Setting.approval_head_after: 5,
    Setting.approval_civil_affairs_after: 10,
    Setting.record_check_months: 12,  # 未成年人保护法 art. 62: every year
    Setting.trial_days: 30,
    Setting.helpers_per_child: 2,
    Setting.companionship_months: 6,
    Setting.detour_percent: 135,
    Setting.text_weight: 0,
    Setting.walking_minutes: 30,  # within which a village should have a place for its children
    Setting.sex_rule: True,
    Setting.timer_round: True,
    Setting.duty_phone: "",
    Setting.duty_hours: "8:00–18:00",
    Setting.office_for: {},
    Setting.portal_name: "",
    Setting.filing_number: "",
    # Days between visits by risk level, until the first one, and after holidays have begun.
    Setting.visit_plan: {
        "red": 7,
        "yellow": 14,
        "blue": 30,
        "green": 91,
        "new file": 10,
        "holidays": 28,
    },
    Setting.school_holidays: {"winter": "01-20", "summer": "07-05"},  # month and day they begin
    # Between these times no letter leaves the house; at the third the daily one does.
    Setting.letter_hours: {"quiet from": "21:00", "quiet until": "08:00", "daily at": "18:00"},
    Setting.sms_to_helpers: False,
    Setting.training_by_reading: True,  # until a course takes place
    Setting.wish_ceiling: 20_000,  # fen a material wish may cost
    Setting.second_person_from: 200_000,  # fen of gifts from which a second person decides too
    # Within which a report and its case go on; after which the office's head and the leader hear.
    Setting.report_clocks: {
        "unread minutes": 30,
        "triage hours": 2,
        "police minutes": 30,
        "safety hours": 24,
        "assessment hours": 72,
        "plan days": 7,
        "intervention days": 14,
        "follow-up days": 7,
        "ending days": 30,
        "second look days": 3,
        "head hours": 2,
        "leader hours": 6,
    },
}


def read_setting(name: Setting, text: str) -> Any:
    """The value somebody typed for a setting; raise ValueError saying what would be one."""
    usual, typed = DEFAULTS[name], text.strip()
    if isinstance(usual, bool):
        if typed.lower() not in YES_NO:
            raise ValueError("yes or no")
        return YES_NO[typed.lower()]
    if isinstance(usual, int):
        if not typed.isdecimal():
            raise ValueError("a whole number")
        return int(typed)
    if isinstance(usual, dict):
        pairs = [part.split("=") for part in typed.split(",") if part.strip()]
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError("kind=office, several with commas between")
        return _read_table(usual, {key.strip(): value.strip() for key, value in pairs})
    return typed


def _read_table(usual: dict[str, Any], typed: dict[str, str]) -> dict[str, Any]:
    """A table that has usual rows keeps those nobody typed; its values are of the same kind."""
    if not usual:
        return dict(typed)
    if not typed.keys() <= usual.keys():
        raise ValueError(f"rows are {', '.join(usual)}")
    return usual | {key: _read_cell(usual[key], value) for key, value in typed.items()}


def _read_cell(usual: Any, typed: str) -> Any:
    if isinstance(usual, int):
        if not typed.isdecimal() or not 0 < int(typed) < 367:
            raise ValueError("a number from 1 to 366")
        return int(typed)
    if ":" in usual:
        return _read_time(typed)
    month, _, day = typed.partition("-")
    if not (month.isdecimal() and day.isdecimal()):
        raise ValueError("month-day, as 01-20")
    try:
        begins = date(2025, int(month), int(day))  # a year without 29 February: it comes every year
    except ValueError as error:
        raise ValueError("month-day, as 01-20") from error
    return f"{begins:%m-%d}"


def _read_time(typed: str) -> str:
    try:
        return f"{time.fromisoformat(typed.strip().zfill(5)):%H:%M}"
    except ValueError as error:
        raise ValueError("a time, as 21:00") from error


YES_NO = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True)
class Row:
    """One line of a list of divisions. Degrees are WGS-84."""

    code: str
    name: str
    level: Level
    parent_code: str
    latitude: float | None
    longitude: float | None
    coordinate_source: str


def path_of(parent_path: str, own_id: int) -> str:
    """The path by which a division and all below it are found: ids from the county down."""
    return f"{parent_path}{own_id}/"


def within(path: str, scope: str) -> bool:
    """Whether a division with this path lies in the division with that path."""
    return path.startswith(scope)


def faults(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """What is wrong with a list of divisions, as (code, what)."""
    rows = list(rows)
    known = {row.code: row for row in rows}
    found = [(r.code, "doubled code") for r in rows if known[r.code] is not r]
    above = {Level.township: Level.county, Level.village: Level.township}
    for row in rows:
        if len(row.code) != 12 or not row.code.isdigit():
            found.append((row.code, "a division code has 12 digits"))
        if row.level is Level.county:
            continue
        parent = known.get(row.parent_code)
        if parent is None or parent.level is not above[row.level]:
            found.append((row.code, "no such parent"))
    if sum(r.level is Level.county for r in rows) != 1:
        found.append(("", "exactly one county"))
    return found


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance over the sphere between two (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = a, b
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2
    half += cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
