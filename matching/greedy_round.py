"""The peer: best score first, as commercial portals pair; only there to be compared with."""

from __future__ import annotations

import numpy as np

from matching.candidates import admissible_edges
from matching.demand import Setup, set_up
from matching.policy import Policy
from matching.pricing import PriceColumns
from matching.problem import Problem
from matching.rounds import plan_of
from matching.shapes import SLOTS, Plan
from matching.solution import Solution


def greedy(problem: Problem, policy: Policy | None = None) -> Plan:
    """Take the best pair that is still possible, again and again; the bound is the trivial one."""
    policy = policy or Policy()
    setup = set_up(problem, policy, admissible_edges(problem, policy))
    demand, options = setup.demand, setup.options
    order = np.lexsort((options.helper, options.unit, -options.score, ~setup.pinned[options.unit]))
    board = _Board(problem, setup)
    taken = [(at, slot) for at in order.tolist() if (slot := board.take(at)) is not None]
    columns = np.array(sorted(taken), dtype=np.int64).reshape(-1, 2)
    gain = demand.value[options.unit] + options.score
    best = np.zeros(len(demand.places), dtype=np.int64)
    np.maximum.at(best, options.unit, gain)
    helpers = len(problem.helpers.id)
    nothing = PriceColumns(
        np.zeros(helpers, np.int64),
        np.zeros(helpers * SLOTS, np.int64),
        np.zeros(len(demand.child_room), np.int64),
    )
    objective, bound = int(gain[columns[:, 0]].sum()), int(best @ demand.places)
    solution = Solution(columns[:, 0], columns[:, 1], objective, bound, nothing)
    return plan_of(problem, policy, setup, solution, "greedy", explain=False)


class _Board:
    """What is still free: places of needs, helpers and children, and weekly slots."""

    def __init__(self, problem: Problem, setup: Setup) -> None:
        demand, options = setup.demand, setup.options
        self._rows = problem.need_rows
        self._unit, self._helper = options.unit.tolist(), options.helper.tolist()
        self._slots, self._need = options.slots.tolist(), setup.need.tolist()
        self._child = demand.child.tolist()
        self._places, self._child_room = demand.places.tolist(), demand.child_room.tolist()
        self._room = problem.helpers.room.tolist()
        self._busy = [0] * len(self._room)
        self._booked: dict[int, dict[int, int]] = {}  # child: slot bit: need

    def take(self, at: int) -> int | None:
        """Take an option and return its slot, -1 where none is held; None if it cannot be."""
        unit, helper = self._unit[at], self._helper[at]
        need, child = self._need[unit], self._child[unit]
        if not self._places[unit] or not self._room[helper]:
            return None
        if child >= 0 and not self._child_room[child]:
            return None
        children = self._rows[need].child_ids if self._rows else ()
        free = self._slots[at] & ~self._busy[helper]
        for bits in (self._booked.get(own, {}) for own in children):
            free &= ~sum(bit for bit, other in bits.items() if other != need)
        if self._slots[at] and not free:
            return None
        lowest = free & -free
        self._busy[helper] |= lowest
        for own in children if lowest else ():
            self._booked.setdefault(own, {})[lowest] = need
        self._places[unit] -= 1
        self._room[helper] -= 1
        if child >= 0:
            self._child_room[child] -= 1
        return int(lowest).bit_length() - 1
