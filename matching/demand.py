"""A round as demand and options: classes weighed, pins set apart, children's helpers counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.barriers import barrier_codes, barriers_of
from matching.candidates import Edges
from matching.network import Demand, Options
from matching.pairwise import Pairwise
from matching.policy import Policy
from matching.problem import Problem

# A met place of one class outweighs all that it can push out. Through the network a new pair
# pushes out two others at most, one at its helper and one at its child, and with them less than
# G points of score; so a class must weigh more than two of the next and G. Four leave room for
# one more in the child's timetable.
CLASS_WEIGHT = np.array([16, 4, 1], dtype=np.int64)
PIN_WEIGHT = 64


@dataclass(frozen=True, slots=True)
class Setup:
    """Demand and options, and what they stand for."""

    need: np.ndarray  # per unit
    pinned: np.ndarray  # per unit
    demand: Demand
    options: Options
    children: np.ndarray  # index into problem.child_ids, per counted child
    refused_pins: tuple[tuple[int, int, tuple[str, ...]], ...]
    step: int  # G: more than all scores together


def child_is_full(problem: Problem, setup: Setup, met: np.ndarray) -> np.ndarray:
    """Per need, whether its child already gets, in this round, all helpers that it may have."""
    demand = setup.demand
    counted = demand.child >= 0
    got = np.zeros(len(demand.child_room) + 1, dtype=np.int64)
    first = np.unique(setup.need[counted], return_index=True)[1]
    unit = np.flatnonzero(counted)[first]
    np.add.at(got, demand.child[unit], met[setup.need[unit]])
    full = np.zeros(len(problem.needs.id), dtype=bool)
    full[setup.need[counted]] = (got[:-1] >= demand.child_room)[demand.child[counted]]
    return full


@dataclass(frozen=True, slots=True)
class _Pins:
    need: np.ndarray
    helper: np.ndarray
    slots: np.ndarray
    refused: tuple[tuple[int, int, tuple[str, ...]], ...]


def set_up(problem: Problem, policy: Policy, edges: Edges) -> Setup:
    """Turn admissible edges into what the network and the checker both start from."""
    pins = _pins(problem, policy)
    width = max(1, len(problem.helpers.id))
    need, pinned, places = _units(problem, pins)
    unit_of = np.full((2, len(problem.needs.id)), -1, dtype=np.int64)
    unit_of[pinned.astype(np.int64), need] = np.arange(len(need))

    is_pin = np.isin(edges.need * width + edges.helper, pins.need * width + pins.helper)
    slots = edges.slots.copy()
    for at, helper, allowed in zip(pins.need, pins.helper, pins.slots, strict=True):
        here = (edges.need == at) & (edges.helper == helper)
        slots[here] &= allowed
    unit = unit_of[is_pin.astype(np.int64), edges.need]
    keep = np.flatnonzero(unit >= 0)
    order = keep[np.lexsort((edges.helper[keep], unit[keep]))]
    if not policy.timetable:
        slots = np.zeros_like(slots)
    never = np.zeros(len(order), dtype=bool)
    options = Options(unit[order], edges.helper[order], edges.score[order], slots[order], never)

    best = np.zeros(len(need), dtype=np.int64)
    np.maximum.at(best, options.unit, options.score)
    step = 1 + int(best @ places)
    weight = np.where(pinned, PIN_WEIGHT, CLASS_WEIGHT[problem.needs.rank[need]])
    child, child_room, children = _children(problem, policy, need, places)
    demand = Demand(places, weight * step, child, child_room)
    return Setup(need, pinned, demand, options, children, pins.refused, step)


def _pins(problem: Problem, policy: Policy) -> _Pins:
    """Pinned pairs that are possible, at most as many for a need as it has places."""
    taken: dict[int, int] = {}
    good: list[tuple[int, int, int]] = []
    refused = []
    for need_id, helper_id, slot in sorted(
        set(problem.pairs.pinned),
        key=lambda row: (row[0], row[1], -1 if row[2] is None else row[2]),
    ):
        try:
            need, helper = problem.need_index(need_id), problem.helper_index(helper_id)
        except KeyError:
            continue
        codes = _pin_barriers(problem, policy, need, helper, slot)
        if not codes and taken.get(need, 0) >= problem.needs.demand[need]:
            codes = ("capacity",)
        if codes:
            refused.append((need_id, helper_id, codes))
            continue
        taken[need] = taken.get(need, 0) + 1
        good.append((need, helper, -1 if slot is None else 1 << slot))
    columns = np.array(good, dtype=np.int64).reshape(-1, 3)
    return _Pins(columns[:, 0], columns[:, 1], columns[:, 2], tuple(refused))


def _pin_barriers(
    problem: Problem, policy: Policy, need: int, helper: int, slot: int | None
) -> tuple[str, ...]:
    pair = Pairwise(problem, policy, np.array([need]), np.array([helper]))
    codes = barrier_codes(int(barriers_of(pair)[0]))
    holds = bool(problem.needs.holds[need])
    if not codes and slot is not None and holds and not int(pair.common[0]) >> slot & 1:
        return ("no_common_slot",)
    return codes


def _units(problem: Problem, pins: _Pins) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One unit for the pinned places of a need and one for the others."""
    pinned_places = np.bincount(pins.need, minlength=len(problem.needs.id)).astype(np.int64)
    open_places = problem.needs.demand - pinned_places
    with_pin, with_open = np.flatnonzero(pinned_places), np.flatnonzero(open_places > 0)
    need = np.concatenate((with_open, with_pin))
    pinned = np.concatenate((np.zeros(len(with_open), bool), np.ones(len(with_pin), bool)))
    places = np.concatenate((open_places[with_open], pinned_places[with_pin]))
    order = np.lexsort((pinned, need))
    return need[order], pinned[order], places[order]


def _children(
    problem: Problem, policy: Policy, need: np.ndarray, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Children whose own needs ask for more new helpers than they may get.

    A child that already has enough gets no node: only helpers it knows are admissible then.
    """
    child = problem.needs.child[need]
    own = child >= 0
    wanted = np.zeros(len(problem.child_ids), dtype=np.int64)
    living = np.zeros(len(problem.child_ids), dtype=np.int64)
    np.add.at(wanted, child[own], places[own])
    np.maximum.at(living, child[own], problem.needs.helpers_now[need[own]])
    room = policy.max_helpers_per_child - living
    counted = np.flatnonzero((room > 0) & (wanted > room))
    at = np.full(len(problem.child_ids) + 1, -1, dtype=np.int64)
    at[counted] = np.arange(len(counted))
    return at[child], room[counted], counted
