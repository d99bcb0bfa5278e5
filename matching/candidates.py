"""Every admissible pair of a county with its score: nothing is pruned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.barriers import barriers_of
from matching.compiled import compiled
from matching.features import scores_of
from matching.pairwise import Pairwise
from matching.policy import Policy
from matching.problem import Problem

_BLOCK_CELLS = 4_000_000
_COMPILE_FROM = 2_000_000  # pairs; below it loading the compiled loops takes longer than it saves


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


def admissible_edges(
    problem: Problem,
    policy: Policy,
    needs: np.ndarray | None = None,
    helpers: np.ndarray | None = None,
) -> Edges:
    """All pairs against which no rule stands; of some needs or helpers only, if so asked."""
    cells = len(problem.needs.id) * len(problem.helpers.id)
    everybody = needs is None and helpers is None
    if everybody and cells > _COMPILE_FROM and not (policy.points["text"] and problem.texts):
        fast = compiled("matching.fastlist", "fast_edges")
        if fast:
            found: Edges = fast(problem, policy)
            return found
    of_needs = np.arange(len(problem.needs.id)) if needs is None else needs
    of_helpers = np.arange(len(problem.helpers.id)) if helpers is None else helpers
    blocks = _plausible(problem, of_needs, of_helpers)
    return joined([examined(problem, policy, need, helper) for need, helper in blocks])


def joined(parts: Sequence[Edges]) -> Edges:
    """Edges put together, as they come."""
    none = np.zeros(0, dtype=np.int64)
    return Edges(
        *(
            np.concatenate([none, *(getattr(edges, name) for edges in parts)])
            for name in Edges.__slots__
        )
    )


def _plausible(
    problem: Problem, of_needs: np.ndarray, of_helpers: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs that pass the cheap bit tests, block by block."""
    columns, rows = problem.helpers, problem.needs
    usable = of_helpers[columns.cleared[of_helpers] & (columns.room[of_helpers] > 0)]
    if not len(usable):
        return
    offers, slots = columns.offers[usable], columns.slots[usable]
    step = max(1, _BLOCK_CELLS // len(usable))
    for start in range(0, len(of_needs), step):
        block = of_needs[start : start + step]
        fits = (rows.kind[block, None] & offers) != 0
        fits &= (rows.required[block, None] == 0) | ((rows.slots[block, None] & slots) != 0)
        fits &= rows.consent[block, None]
        need, helper = np.nonzero(fits)
        yield block[need], usable[helper]


def examined(problem: Problem, policy: Policy, need: np.ndarray, helper: np.ndarray) -> Edges:
    """The admissible ones of an array of pairs."""
    pairs = Pairwise(problem, policy, need, helper)
    keep = np.flatnonzero(barriers_of(pairs) == 0)
    pairs = Pairwise(problem, policy, need[keep], helper[keep])
    return Edges(pairs.need, pairs.helper, scores_of(pairs), held_slots(pairs))


def held_slots(pairs: Pairwise) -> np.ndarray:
    """The weekly slots, as bits, of which one is held; 0 where none is."""
    return np.where(pairs.n("holds"), pairs.common, 0)
