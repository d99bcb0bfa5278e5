"""Choices, and deliveries."""

from __future__ import annotations

from jiedui.letters.queries.choices import (
    Wanted,
    choice_of,
    hours,
    open_ways,
    plan,
    wanted,
)
from jiedui.letters.queries.deliveries import (
    PAGE,
    any_cut_off,
    any_due,
    counts,
    cut_off,
    get,
    given_up,
    mine,
    of_county,
    of_letter,
    several,
    take_due,
)

__all__ = [
    "PAGE",
    "Wanted",
    "any_cut_off",
    "any_due",
    "choice_of",
    "counts",
    "cut_off",
    "get",
    "given_up",
    "hours",
    "mine",
    "of_county",
    "of_letter",
    "open_ways",
    "plan",
    "several",
    "take_due",
    "wanted",
]
