"""Arrays of (need, helper) pairs with the facts that several rules ask for, computed once."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matching.columns import HelperColumns, NeedColumns
from matching.geometry import metres_between
from matching.policy import Policy
from matching.problem import Problem
from matching.shapes import MODES, TRAVEL

IN_PERSON = 1 << MODES.index("in_person")


class Pairwise:
    """The pairs (need[k], helper[k]) of a problem; indexes, not ids."""

    def __init__(
        self, problem: Problem, policy: Policy, need: np.ndarray, helper: np.ndarray
    ) -> None:
        self.problem, self.policy = problem, policy
        self.need, self.helper = need, helper
        self._needs: NeedColumns = problem.needs
        self._helpers: HelperColumns = problem.helpers

    def __len__(self) -> int:
        return len(self.need)

    def n(self, fact: str) -> np.ndarray:
        """A column of the needs, gathered for the pairs."""
        return np.asarray(getattr(self._needs, fact))[self.need]

    def h(self, fact: str) -> np.ndarray:
        """A column of the helpers, gathered for the pairs."""
        return np.asarray(getattr(self._helpers, fact))[self.helper]

    @cached_property
    def in_person(self) -> np.ndarray:
        """Whether somebody travels."""
        return self.n("mode") == IN_PERSON

    @cached_property
    def metres(self) -> np.ndarray:
        """Metres to the place; 0 when nobody travels, -1 when a place is not known."""
        between = metres_between(self._needs.point[self.need], self._helpers.point[self.helper])
        return np.where(self.in_person, between, 0)

    @cached_property
    def max_metres(self) -> np.ndarray:
        """How far the helper goes."""
        own = self.h("max_metres")
        return np.where(own < 0, round(self.policy.default_max_km * 1000), own)

    @cached_property
    def speed(self) -> np.ndarray:
        """Metres as the crow flies that the helper covers in a minute."""
        by_travel = np.array([self.policy.metres_per_minute(travel) for travel in TRAVEL])
        return by_travel[self.h("travel")]

    @cached_property
    def same_township(self) -> np.ndarray:
        """Whether both are known to be in one township."""
        return (self.n("township") == self.h("township")) & (self.n("township") >= 0)

    @cached_property
    def common(self) -> np.ndarray:
        """The weekly slots, as bits, in which both are free."""
        return self.n("slots") & self.h("slots")

    @cached_property
    def common_count(self) -> np.ndarray:
        """How many weekly slots both are free in."""
        return np.bitwise_count(self.common).astype(np.int64)

    @cached_property
    def days_in_sight(self) -> np.ndarray:
        """The longest unbroken stretch of days in which need and helper overlap."""
        starts, ends = self.n("starts"), self.n("ends")
        longest = np.full(len(self), -1, dtype=np.int64)
        for column in range(self._helpers.period_starts.shape[1]):
            first = np.maximum(starts, self._helpers.period_starts[self.helper, column])
            last = np.minimum(ends, self._helpers.period_ends[self.helper, column])
            longest = np.maximum(longest, last - first + 1)
        return longest

    @cached_property
    def flags(self) -> np.ndarray:
        """What is known about the pair, see matching.relations."""
        return self.problem.relations.of(self.need, self.helper)
