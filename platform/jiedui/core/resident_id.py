"""The 18 digits of a resident identity number (GB 11643): what they say, and whether they can be.

The check digit, birth date and sex are checked; the division code only for its province, since
codes of abolished counties live on in people's numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
# First two digits: provinces, Hong Kong, Macao and Taiwan residents (81-83), permanent foreign
# residents (9x). 999999 was never allotted: invented people carry it.
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
        "92",
        "93",
        "94",
        "95",
    ]
)
INVENTED = "999999"
WIDE = {ord(w): n for w, n in zip("０１２３４５６７８９Ｘｘ", "0123456789XX", strict=True)}


class IdFault(StrEnum):
    """Why a number cannot be one."""

    length = "length"
    spreadsheet = "spreadsheet"
    digits = "digits"
    division = "division"
    birth = "birth"
    check_digit = "check digit"
    invented = "invented"


class Sex(StrEnum):
    """As the number says it."""

    female = "f"
    male = "m"


@dataclass(frozen=True)
class ResidentId:
    """A number that can be one, and what it says."""

    number: str
    birth_date: date
    sex: Sex


def tidy(raw: str) -> str:
    """The number as typed on a phone: full-width digits, blanks and a small x are forgiven."""
    return "".join(raw.translate(WIDE).split()).upper().replace("-", "")


def check_digit(first17: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    total = sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True))
    return CHECK[total % 11]


def read(raw: str, today: date, *, invented_allowed: bool) -> ResidentId | IdFault:
    """What a number says, or the first thing that is wrong with it."""
    number = tidy(raw)
    fault = _shape(number)
    if fault:
        return fault
    if number.startswith(INVENTED):
        if not invented_allowed:
            return IdFault.invented
    elif number[:2] not in PROVINCES:
        return IdFault.division
    try:
        known = kept(number)
    except ValueError:
        return IdFault.birth
    if known.birth_date > today or known.birth_date.year < 1900:
        return IdFault.birth
    if check_digit(number[:17]) != number[17]:
        return IdFault.check_digit
    return known


def kept(number: str) -> ResidentId:
    """What a number says that was looked at when it came in; raise ValueError for another."""
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return ResidentId(number, birth, Sex.male if int(number[16]) % 2 else Sex.female)


def _shape(number: str) -> IdFault | None:
    if "E+" in number or (number.endswith("000") and "." in number):
        return IdFault.spreadsheet
    if len(number) != 18:
        return IdFault.length
    if not number[:17].isascii() or not number[:17].isdigit() or number[17] not in CHECK:
        return IdFault.digits
    return None


def masked(number: str) -> str:
    """The number as anybody may see it: province and last two characters, no birth date."""
    return number[:2] + "*" * 14 + number[-2:]


def age_on(birth: date, day: date) -> int:
    """Full years lived on a day (a person of 29 February turns a year older on 1 March)."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
