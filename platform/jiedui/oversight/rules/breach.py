"""What the letters about a leak must say, and what must not stand in them.

Personal Information Protection Law (个人信息保护法) art. 57: kinds of data, cause, harm that may
come of it, what was done, what people can do themselves, contact. Regulations on the Protection
of Minors in Cyberspace (未成年人网络保护条例) art. 35: the authority is told, and children and
guardians one by one. Nothing of it is stored: a form makes a paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# An identity number, or a mobile number, wherever it stands among other signs.
_SOMEBODY = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


class LeakKind(StrEnum):
    """What kinds of data may have come into wrong hands."""

    identity = "identity"
    contact = "contact"
    family = "family"
    health = "health"
    situation = "situation"
    school = "school"
    care = "care"
    helpers = "helpers"


class BreachRefusal(StrEnum):
    """Why the letters are not made."""

    in_future = "in future"
    noticed_before = "noticed before"
    names_somebody = "names somebody"


@dataclass(frozen=True)
class Breach:
    """What is said of a leak. `people`: how many may be touched, None when not known yet."""

    kinds: tuple[LeakKind, ...]
    happened: date
    noticed: date
    people: int | None
    cause: str
    harm: str
    remedies: str
    advice: str
    contact: str


def names_somebody(text: str) -> bool:
    """Whether a number that is somebody's stands in a text. A landline in it is nobody's."""
    joined = text.replace(" ", "").replace("-", "")  # 138 0013 8000
    return any(_SOMEBODY.search(one) for one in (text, joined))


def breach_fault(said: Breach, today: date) -> tuple[BreachRefusal, str] | None:
    """What is wrong, and the field it belongs to. The contact may be a mobile number: it is the
    office's own."""
    for name in ("happened", "noticed"):
        if getattr(said, name) > today:
            return BreachRefusal.in_future, name
    if said.noticed < said.happened:
        return BreachRefusal.noticed_before, "noticed"
    for name in ("cause", "harm", "remedies", "advice"):
        if names_somebody(getattr(said, name)):
            return BreachRefusal.names_somebody, name
    return None
