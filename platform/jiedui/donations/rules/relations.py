"""Whether whoever gives, or decides, is of the household that would get it (慈善法 40, 59).
Pure: who they are comes in, only the kind of tie goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

DIGITS = 11  # of a mobile number; a country's number before it says nothing


class Tie(StrEnum):
    """What a giver and a household have in common."""

    telephone = "telephone"
    identity_number = "identity_number"
    name = "name"  # where one of the two has no telephone to tell them apart


class TieAnswer(StrEnum):
    """What another person says of it. Upheld: it stays stopped."""

    cleared = "cleared"
    upheld = "upheld"


class ClearReason(StrEnum):
    """Why a tie is none, or does no harm."""

    other_person = "other_person"
    old_number = "old_number"
    no_influence = "no_influence"
    related = "related"


REASONS = {
    TieAnswer.cleared: (ClearReason.other_person, ClearReason.old_number, ClearReason.no_influence),
    TieAnswer.upheld: (ClearReason.related,),
}


@dataclass(frozen=True)
class Somebody:
    """A person as far as it is known; nothing of it is ever printed."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)


def plain_phone(text: str | None) -> str:
    """The digits of a number, as they are dialled within the country.

    >>> plain_phone("+86 139-0000-0001")
    '13900000001'
    """
    digits = "".join(sign for sign in text or "" if sign.isdecimal())
    mobile = digits[-DIGITS:]
    return mobile if len(digits) > DIGITS and mobile.startswith("1") else digits


def plain_name(text: str | None) -> str:
    """A name without blanks and middle dots."""
    return "".join(sign for sign in text or "" if sign.isalnum())


def tie(one: Somebody, other: Somebody) -> frozenset[Tie]:
    """What two people have in common; nothing where too little is known of either."""
    phones, names = (
        (plain_phone(one.phone), plain_phone(other.phone)),
        (plain_name(one.name), plain_name(other.name)),
    )
    numbers = one.id_number.strip().upper(), other.id_number.strip().upper()
    found = {
        Tie.telephone: bool(phones[0]) and phones[0] == phones[1],
        Tie.identity_number: bool(numbers[0]) and numbers[0] == numbers[1],
        Tie.name: len(names[0]) > 1 and names[0] == names[1] and not all(phones),
    }
    return frozenset(kind for kind, holds in found.items() if holds)


def ties(some: Iterable[Somebody], others: Iterable[Somebody]) -> frozenset[Tie]:
    """What any of these have in common with any of those."""
    there = list(others)
    return frozenset(kind for one in some for other in there for kind in tie(one, other))
