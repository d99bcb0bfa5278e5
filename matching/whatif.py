"""A round solved again with one row changed or added: what would really come of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching import variation
from matching.candidates import Edges, admissible_edges, joined
from matching.demand import Setup, child_is_full, set_up
from matching.policy import Policy
from matching.pricing import worth
from matching.problem import Problem
from matching.shapes import Helper, Need
from matching.solution import Solution, solve_setup
from matching.timetable import timetabled

Met = tuple[int, int, int]  # places met of class red, yellow, normal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round comes to."""

    problem: Problem
    edges: Edges
    setup: Setup
    solution: Solution
    met: Met
    met_places: np.ndarray  # per need
    child_full: np.ndarray  # per need: its child gets all helpers that it may have

    def places_of(self, need_id: int) -> int:
        """How many helpers a need gets."""
        return int(self.met_places[self.problem.need_index(need_id)])

    def value_of_need(self) -> np.ndarray:
        """Per need, the points for meeting it at all; 0 where only pinned places exist."""
        value = np.zeros(len(self.problem.needs.id), dtype=np.int64)
        open_ = ~self.setup.pinned
        value[self.setup.need[open_]] = self.setup.demand.value[open_]
        return value

    def worth_of_need(self) -> np.ndarray:
        """Per need, what it has now at the prices: 0 while a place of it is open."""
        demand, options, chosen = self.setup.demand, self.setup.options, self.solution.chosen
        net = worth(demand, options, self.problem.helpers.room, self.solution.prices)
        result = np.full(len(self.problem.needs.id), np.iinfo(np.int64).max // 4)
        np.minimum.at(result, self.setup.need[options.unit[chosen]], net[chosen])
        child = np.append(self.solution.prices.child, 0)[demand.child]
        open_ = self.met_places < self.problem.needs.demand
        result[open_] = 0
        np.add.at(result, self.setup.need, child)
        return result


class WhatIf:
    """One round and its variations; only the pairs of the changed row are looked at anew."""

    def __init__(self, problem: Problem, policy: Policy, solver: str = "auto") -> None:
        self.problem, self.policy, self.solver = problem, policy, solver
        self.base = self._outcome(problem, admissible_edges(problem, policy))

    def with_helper(self, row: Helper) -> Outcome:
        """The round with a helper changed, or one more with an id above all others."""
        problem = variation.with_helper(self.problem, row)
        at = problem.helper_index(row.id)
        kept = self.base.edges.where(self.base.edges.helper != at)
        fresh = admissible_edges(problem, self.policy, helpers=np.array([at]))
        return self._outcome(problem, joined([kept, fresh]))

    def with_need(self, row: Need) -> Outcome:
        """The round with a need changed."""
        problem = variation.with_need(self.problem, row)
        at = problem.need_index(row.id)
        kept = self.base.edges.where(self.base.edges.need != at)
        fresh = admissible_edges(problem, self.policy, needs=np.array([at]))
        return self._outcome(problem, joined([kept, fresh]))

    def moved_to(self, outcome: Outcome) -> WhatIf:
        """The variation as the round from which further variations start."""
        moved = object.__new__(WhatIf)
        moved.problem, moved.policy, moved.solver = outcome.problem, self.policy, self.solver
        moved.base = outcome
        return moved

    def next_helper_id(self) -> int:
        """An id above those of all helpers in the round."""
        return max((helper.id for helper in self.problem.helper_rows), default=0) + 1

    def _outcome(self, problem: Problem, edges: Edges) -> Outcome:
        setup = set_up(problem, self.policy, edges)
        room = problem.helpers.room
        solution, _ = timetabled(problem, setup, lambda part: solve_setup(part, room, self.solver))
        met = np.zeros(len(problem.needs.id), dtype=np.int64)
        np.add.at(met, setup.need[setup.options.unit[solution.chosen]], 1)
        red, yellow, normal = (int(met[problem.needs.rank == rank].sum()) for rank in range(3))
        full = child_is_full(problem, setup, met)
        return Outcome(problem, edges, setup, solution, (red, yellow, normal), met, full)
