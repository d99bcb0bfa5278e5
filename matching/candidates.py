"""Every admissible pair of a county with its score: nothing is pruned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.barriers import barriers_of
from matching.features import scores_of
from matching.pairwise import Pairwise
from matching.policy import Policy
from matching.problem import Problem

_BLOCK_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Edges:
    """Admissible pairs, sorted by need and then helper (indexes, in the order of the ids)."""

    need: np.ndarray
    helper: np.ndarray
    score: np.ndarray
    slots: np.ndarray  # the weekly slots that may be held, as bits; 0 where none is held

    def __len__(self) -> int:
        return len(self.need)

    def where(self, keep: np.ndarray) -> Edges:
        """The edges that a mask or an index array names."""
        return Edges(self.need[keep], self.helper[keep], self.score[keep], self.slots[keep])


def admissible_edges(problem: Problem, policy: Policy) -> Edges:
    """All pairs against which no rule stands."""
    found = [_examined(problem, policy, *block) for block in _plausible(problem)]
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return Edges(empty, empty, empty, empty)
    return Edges(
        *(np.concatenate([getattr(edges, name) for edges in found]) for name in Edges.__slots__)
    )


def _plausible(problem: Problem) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs that pass the cheap bit tests, block by block."""
    needs, helpers = problem.needs, problem.helpers
    usable = np.flatnonzero(helpers.cleared & (helpers.room > 0))
    if not len(usable):
        return
    offers, slots = helpers.offers[usable], helpers.slots[usable]
    step = max(1, _BLOCK_CELLS // len(usable))
    for start in range(0, len(needs.id), step):
        block = slice(start, start + step)
        fits = (needs.kind[block, None] & offers) != 0
        fits &= (needs.required[block, None] == 0) | ((needs.slots[block, None] & slots) != 0)
        fits &= needs.consent[block, None]
        need, helper = np.nonzero(fits)
        yield need + start, usable[helper]


def _examined(problem: Problem, policy: Policy, need: np.ndarray, helper: np.ndarray) -> Edges:
    pairs = Pairwise(problem, policy, need, helper)
    keep = np.flatnonzero(barriers_of(pairs) == 0)
    pairs = Pairwise(problem, policy, need[keep], helper[keep])
    return Edges(pairs.need, pairs.helper, scores_of(pairs), held_slots(pairs))


def held_slots(pairs: Pairwise) -> np.ndarray:
    """The weekly slots, as bits, of which one is held; 0 where none is."""
    return np.where(pairs.n("holds"), pairs.common, 0)
