"""The peer: best score first, as commercial portals pair; only there to be compared with."""

from __future__ import annotations

import numpy as np

from matching.candidates import admissible_edges
from matching.demand import set_up
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
    places, child_room = demand.places.tolist(), demand.child_room.tolist()
    room, busy = problem.helpers.room.tolist(), [0] * len(problem.helpers.id)
    taken: list[tuple[int, int]] = []
    rows = zip(
        order.tolist(),
        options.unit[order].tolist(),
        options.helper[order].tolist(),
        options.slots[order].tolist(),
        strict=True,
    )
    booked: dict[int, dict[int, int]] = {}  # child: slot bit: need
    for at, unit, helper, slots in rows:
        child, need = int(demand.child[unit]), int(setup.need[unit])
        free = slots & ~busy[helper]
        children = problem.need_rows[need].child_ids if problem.need_rows else ()
        for bits in (booked.get(own, {}) for own in children):
            free &= ~sum(bit for bit, other in bits.items() if other != need)
        full = not places[unit] or not room[helper] or (slots and not free)
        if full or (child >= 0 and not child_room[child]):
            continue
        lowest = free & -free
        busy[helper] |= lowest
        for own in children if lowest else ():
            booked.setdefault(own, {})[lowest] = need
        places[unit] -= 1
        room[helper] -= 1
        if child >= 0:
            child_room[child] -= 1
        taken.append((at, lowest.bit_length() - 1))
    taken.sort()
    columns = np.array(taken, dtype=np.int64).reshape(-1, 2)
    gain = demand.value[options.unit] + options.score
    best = np.zeros(len(demand.places), dtype=np.int64)
    np.maximum.at(best, options.unit, gain)
    nothing = PriceColumns(
        np.zeros(len(room), np.int64),
        np.zeros(len(room) * SLOTS, np.int64),
        np.zeros(len(child_room), np.int64),
    )
    solution = Solution(
        columns[:, 0],
        columns[:, 1],
        int(gain[columns[:, 0]].sum()),
        int(best @ demand.places),
        nothing,
    )
    return plan_of(problem, policy, setup, solution, "greedy", explain=False)
