"""What is not known, and for how many possible pairs it counts: to be asked for, never refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.candidates import admissible_edges
from matching.features import MISSING
from matching.pairwise import Pairwise
from matching.policy import Policy
from matching.problem import Problem

_BLOCK = 500_000


@dataclass(frozen=True, slots=True)
class Missing:
    """One datum of one need or helper, and how many possible pairs would be surer with it."""

    code: str  # one of features.MISSING; its first word is the side
    side: str  # "need" or "helper"
    id: int
    pairs: int


def missing_data(problem: Problem, policy: Policy | None = None) -> list[Missing]:
    """Every datum that lowers the certainty of a possible pair, those that count most first.

    >>> from matching import Helper, Need, Problem
    >>> saturday = frozenset({15})
    >>> need = Need(id=1, kind="reading", mode="online", slots=saturday)
    >>> helper = Helper(
    ...     id=9, offers=frozenset({"reading"}), modes=frozenset({"online"}), slots=saturday,
    ...     languages=frozenset({"mandarin"}),
    ... )
    >>> [(one.code, one.id, one.pairs) for one in missing_data(Problem.from_rows([need], [helper]))]
    [('helper_periods', 9, 1), ('need_languages', 1, 1)]
    """
    policy = policy or Policy()
    edges = admissible_edges(problem, policy)
    ids = {"need": problem.needs.id, "helper": problem.helpers.id}
    counts = {code: np.zeros(len(ids[_side(code)]), dtype=np.int64) for code in MISSING}
    for start in range(0, len(edges), _BLOCK):
        end = start + _BLOCK
        pairs = Pairwise(problem, policy, edges.need[start:end], edges.helper[start:end])
        for code, (_, rule) in MISSING.items():
            at = pairs.need if _side(code) == "need" else pairs.helper
            counts[code] += np.bincount(at[rule(pairs)], minlength=len(counts[code]))
    found = [
        Missing(code, _side(code), int(ids[_side(code)][at]), int(counts[code][at]))
        for code in counts
        for at in np.flatnonzero(counts[code])
    ]
    return sorted(found, key=lambda one: (-one.pairs, one.code, one.id))


def _side(code: str) -> str:
    return code.split("_", 1)[0]
