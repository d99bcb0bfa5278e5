"""Identity in words that others will read. People write what they know; a telephone number or the
name of a child in a note goes further than anybody meant. This tells what a text seems to hold; who
wrote it decides (PIPL 6, 28: no more than the purpose needs)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jiedui.core.resident_id import check_digit, tidy

NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")
MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
GAPS = re.compile(r"(?<=\d)[\s-]+(?=[\dXx])")
# A house number with its group, lane or building in front; a school with a name, not "the school".
HOUSE = re.compile(r"[组巷弄路街栋幢][0-9一二三四五六七八九十百]+号|[0-9]+栋[0-9]+")
SHORTEST = 2  # characters of a name: one alone is in half of all words


class Told(StrEnum):
    """What a text seems to hold."""

    id_number = "id number"
    mobile = "mobile"
    name = "name"
    school = "school"
    address = "address"


@dataclass(frozen=True)
class Family:
    """What is known of the people a text is about: names, where they live, schools."""

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()


NOBODY = Family()


def told(text: str, family: Family = NOBODY) -> list[Told]:
    """What a text seems to hold of somebody's identity, worst first. An eighteen-digit number
    counts when its last character fits (GB 11643)."""
    plain = GAPS.sub("", tidy_keeping_words(text))
    found = {
        Told.id_number: any(check_digit(n[:17]) == n[17] for n in NUMBER.findall(plain)),
        Told.mobile: bool(MOBILE.search(plain)),
        Told.name: _any(family.names, text),
        Told.school: _any(family.schools, text),
        Told.address: _any(family.addresses, text) or bool(HOUSE.search(plain)),
    }
    return [kind for kind, there in found.items() if there]


def tidy_keeping_words(text: str) -> str:
    """Full-width digits as plain ones, a small x as a large one; blanks stay where they are."""
    return " ".join(tidy(word) for word in text.replace("-", " ").split())


def _any(known: Iterable[str], text: str) -> bool:
    bare = "".join(text.split())
    return any(len(one) >= SHORTEST and "".join(one.split()) in bare for one in known)
