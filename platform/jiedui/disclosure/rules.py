"""What of a figure may be seen by everybody: numbers so small that a child could be told from
them are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

LEAST = 5
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


def middle(days: Sequence[int]) -> int | None:
    """The median, when there are enough to hide in."""
    return round(median(days)) if len(days) >= LEAST else None
