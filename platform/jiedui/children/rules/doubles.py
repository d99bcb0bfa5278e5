"""When two files may be of one child, and which of them may be joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NEAR_DAYS = 366  # a lunar birthday, or a year miscounted


class Likeness(StrEnum):
    """What two files have in common."""

    same_name = "same name"
    same_sound = "same sound"
    same_birth = "same birth"
    near_birth = "near birth"
    same_village = "same village"
    same_parent = "same parent"


@dataclass(frozen=True)
class Sketch:
    """What of a file is compared. `pinyin` is the name's sound without tones; `parents` are the
    grown-ups' names."""

    name: str
    pinyin: str
    birth_date: date
    village_id: int
    parents: frozenset[str] = frozenset()


def likeness(one: Sketch, other: Sketch) -> frozenset[Likeness]:
    """What two files have in common; nothing when they are not alike enough to ask about: the
    name sounds the same, and the birth date is the same, or near in one village or family."""
    if one.pinyin != other.pinyin:
        return frozenset()
    days = abs((one.birth_date - other.birth_date).days)
    village, parent = one.village_id == other.village_id, bool(one.parents & other.parents)
    if days and not (days <= NEAR_DAYS and (village or parent)):
        return frozenset()
    said = {
        Likeness.same_name: one.name == other.name,
        Likeness.same_sound: one.name != other.name,
        Likeness.same_birth: not days,
        Likeness.near_birth: bool(days),
        Likeness.same_village: village,
        Likeness.same_parent: parent,
    }
    return frozenset(like for like, holds in said.items() if holds)


class MergeRefusal(StrEnum):
    """Why two files are not joined, or not taken apart."""

    same_file = "same file"
    not_open = "not open"
    both_numbered = "both numbered"
    keep_the_paired = "keep the paired"
    taken_apart = "taken apart"
    not_alike = "not alike"


def merge_fault(
    kept_id: int, double_id: int, *, open_both: bool, kept_number: str, double_number: str
) -> MergeRefusal | None:
    """Why a file cannot be joined to another: numbers are blind indexes, empty when not known.
    Two children with two ID numbers are two children."""
    if kept_id == double_id:
        return MergeRefusal.same_file
    if not open_both:
        return MergeRefusal.not_open
    if kept_number and double_number and kept_number != double_number:
        return MergeRefusal.both_numbered
    return None
