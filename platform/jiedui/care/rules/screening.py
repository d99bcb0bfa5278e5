"""Screening (排查摸底): house by house, every quarter; what counts as screened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from jiedui.care.rules.visits import HomeFound

MOST_HOUSES = 5000  # of one village


class Screened(StrEnum):
    """How a house stands in a quarter's screening."""

    seen = "seen"
    nobody_home = "nobody_home"
    moved = "moved"
    not_yet = "not_yet"


class ScreeningRefusal(StrEnum):
    """Why something about a screening is refused."""

    house_empty = "house empty"
    other_houses = "other houses"
    too_many = "too many"


def standing(marks: Sequence[HomeFound], visits: Iterable[HomeFound]) -> Screened:
    """How a house stands after the marks of a quarter (in order) and its visits: somebody met once
    counts, whatever came later; else that it moved away, else that nobody was at home."""
    found = {*marks, *visits}
    for outcome in (HomeFound.seen, HomeFound.moved, HomeFound.nobody_home):
        if outcome in found:
            return Screened(outcome.value)
    return Screened.not_yet


def arranged(houses: Sequence[int], order: Sequence[int]) -> list[int]:
    """Houses in a kept walking order; those it does not know come after, as they are."""
    places = {house: place for place, house in enumerate(order)}
    known = sorted((h for h in houses if h in places), key=places.__getitem__)
    return known + [h for h in houses if h not in places]


def renumbered(houses: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """The order in which somebody has numbered houses. A house whose number was changed goes
    before the one that had that number."""

    def place(position: int) -> tuple[int, bool, int]:
        number = numbers[position]
        return number, number == position + 1, position

    return [houses[position] for position in sorted(range(len(houses)), key=place)]
