"""What of a figure may be seen by everybody: numbers so small that a child could be told from
them are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TypeVar

from jiedui.core.withheld import LEAST

FLOW_LEAST = 3  # townships are joined on the sketch from this many pairs on


class Hidden(StrEnum):
    """What stands in place of a small number."""

    few = "few"


Figure = int | Hidden | None


def public(number: int) -> Figure:
    """A number as everybody may read it: none at all, few, or the number."""
    if number == 0:
        return None
    return number if number >= LEAST else Hidden.few


def rounded(number: int) -> Figure:
    """A number that grows day by day, in whole tens: from one look to the next nobody learns what
    one more was."""
    if number == 0:
        return None
    return number // 10 * 10 if number >= 10 else Hidden.few


@dataclass(frozen=True)
class Sum:
    """A sum over figures of which some are hidden: at least this much."""

    least: int
    exact: bool


def add(figures: Sequence[Figure]) -> Sum:
    """The sum of what may be seen; where something is hidden the sum must not give it away."""
    seen = [f for f in figures if isinstance(f, int)]
    return Sum(sum(seen), exact=Hidden.few not in figures)


def table(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, Figure]]:
    """A table of counts as everybody may read it. Where only one cell of all would be hidden, the
    total of all gives it away: then the smallest other one is hidden with it."""
    shown = {row: {k: public(n) for k, n in cells.items()} for row, cells in counts.items()}
    hidden = [1 for cells in shown.values() for f in cells.values() if f is Hidden.few]
    if len(hidden) == 1:
        others = [
            (f, row, k)
            for row, cells in shown.items()
            for k, f in cells.items()
            if isinstance(f, int)
        ]
        if others:
            _, row, k = min(others, key=lambda o: (o[0], o[1], o[2]))
            shown[row][k] = Hidden.few
    return shown


K = TypeVar("K", bound=StrEnum)


def pooled(counts: Mapping[str, Mapping[K, int]]) -> list[tuple[K, str, Figure]]:
    """Counts by place and kind as (kind, place, figure), kind by kind. Where a place has fewer than
    LEAST of a kind they stand with the county (place ""), together with those of all other such
    places; if even these are few, so they are called. No total of a kind is given: it would tell
    what was pooled."""
    lines: list[tuple[K, str, Figure]] = []
    for kind in sorted({kind for cells in counts.values() for kind, n in cells.items() if n}):
        small = 0
        for place, cells in counts.items():
            number = cells.get(kind, 0)
            if number >= LEAST:
                lines.append((kind, place, number))
            small += number if number < LEAST else 0
        if small:
            lines.append((kind, "", public(small)))
    return lines


def middle(days: Sequence[int]) -> int | None:
    """The median, when there are enough to hide in."""
    return round(median(days)) if len(days) >= LEAST else None
