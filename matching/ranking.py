"""One person's question: who could help here, whom could I help, and what about this pair?"""

from __future__ import annotations

import numpy as np

from matching.pairwise import Pairwise
from matching.policy import Policy
from matching.problem import Problem
from matching.reasons import describe
from matching.shapes import Candidate


def rank_helpers(
    problem: Problem,
    need_id: int,
    policy: Policy | None = None,
    limit: int = 20,
    *,
    include_barred: bool = False,
) -> list[Candidate]:
    """The helpers for one need, best first; the refused ones after them on request.

    KeyError when the need is not in the round.
    """
    helper = np.arange(len(problem.helpers.id))
    need = np.full(len(helper), problem.need_index(need_id))
    return _ranked(problem, policy, need, helper, limit, include_barred=include_barred)


def rank_needs(
    problem: Problem,
    helper_id: int,
    policy: Policy | None = None,
    limit: int = 20,
    *,
    include_barred: bool = False,
) -> list[Candidate]:
    """The needs for one helper, best first; the refused ones after them on request."""
    need = np.arange(len(problem.needs.id))
    helper = np.full(len(need), problem.helper_index(helper_id))
    return _ranked(problem, policy, need, helper, limit, include_barred=include_barred)


def judge(
    problem: Problem, need_id: int, helper_id: int, policy: Policy | None = None
) -> Candidate:
    """One named pair: its barriers, or its score with the parts.

    >>> from matching import Helper, Need, Problem
    >>> need = Need(id=1, kind="reading", slots=frozenset({3}))
    >>> helper = Helper(id=2, offers=frozenset({"tutoring"}), slots=frozenset({3}))
    >>> judge(Problem.from_rows([need], [helper]), 1, 2).barriers
    ('kind',)
    """
    need = np.array([problem.need_index(need_id)])
    helper = np.array([problem.helper_index(helper_id)])
    return describe(Pairwise(problem, policy or Policy(), need, helper))[0]


def _ranked(
    problem: Problem,
    policy: Policy | None,
    need: np.ndarray,
    helper: np.ndarray,
    limit: int,
    *,
    include_barred: bool,
) -> list[Candidate]:
    found = describe(Pairwise(problem, policy or Policy(), need, helper))
    if not include_barred:
        found = [candidate for candidate in found if candidate.admissible]
    found.sort(
        key=lambda c: (len(c.barriers), -c.score, c.need_id, c.helper_id),
    )
    return found[:limit]
