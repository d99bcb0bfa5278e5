"""Kinds of things that are wished and given, and their size on one scale of its kind.

Clothes go by height in centimetres (GB/T 1335.3), shoes by length of the foot in millimetres
(GB/T 3293.1; the old numbers are (mm - 50) / 5)."""

from __future__ import annotations

import re
from enum import StrEnum

HEIGHTS = (50, 200)  # cm
FEET = (90, 320)  # mm
OLD_NUMBERS = (10, 50)


class GoodsKind(StrEnum):
    """What is wished, given, or what a sum is given for."""

    winter_clothes = "winter_clothes"
    shoes = "shoes"
    school_things = "school_things"
    books = "books"
    sports_things = "sports_things"
    bedding = "bedding"
    daily_things = "daily_things"
    learning_device = "learning_device"
    toy = "toy"
    other = "other"


SIZED = frozenset({GoodsKind.winter_clothes, GoodsKind.shoes})
_NUMBER = re.compile(r"\d+(?:\.\d)?")


def measure(kind: GoodsKind, size: str) -> int | None:
    """What a size says on the scale of its kind; None where it says nothing."""
    found = _NUMBER.search(size) if kind in SIZED else None
    if found is None:
        return None
    number = float(found.group())
    if kind is GoodsKind.winter_clothes:
        return round(number) if HEIGHTS[0] <= number <= HEIGHTS[1] else None
    if OLD_NUMBERS[0] <= number <= OLD_NUMBERS[1]:
        number = 5 * number + 50
    return round(number) if FEET[0] <= number <= FEET[1] else None


def shown(kind: GoodsKind, measured: int) -> str:
    """A size as people say it: a height, or the old number of a shoe."""
    if kind is not GoodsKind.shoes:
        return str(measured)
    return f"{(measured - 50) / 5:g}"


def span(kind: GoodsKind, low: str, high: str) -> tuple[int, int] | None:
    """From which size to which, both on the scale; one of them alone is both. None where a size
    cannot be read, or the first is above the last."""
    ends = [measure(kind, size) for size in (low or high, high or low)]
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return ends[0], ends[1]


def fits(sizes: tuple[int, int] | None, size: int | None) -> bool:
    """Whether something of these sizes is for that size; what is not known bars nothing."""
    return sizes is None or size is None or sizes[0] <= size <= sizes[1]
