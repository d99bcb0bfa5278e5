"""The bare solver: edges in, the provably best choice out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.arcs import Arcs, Network
from matching.flow import solve
from matching.narrowing import Choice, may_narrow, proven_choice
from matching.potentials import duals

RESOLUTION = 2**30  # steps between 0 and the largest float score


@dataclass(frozen=True, slots=True)
class Assignment:
    """The chosen edges, their score sum, and a bound on that of every other choice."""

    chosen: np.ndarray
    objective: float
    bound: float
    gap: float
    matched: int


@dataclass(frozen=True, slots=True)
class _Edges:
    need: np.ndarray
    helper: np.ndarray
    score: np.ndarray  # whole steps
    slot: np.ndarray
    source: np.ndarray  # position in the caller's arrays


def assign(
    need: np.ndarray,
    helper: np.ndarray,
    score: np.ndarray,
    *,
    demand: np.ndarray,
    capacity: np.ndarray,
    slot: np.ndarray | None = None,
    must_match: bool = False,
) -> Assignment:
    """The set of edges with the largest score sum.

    Each need is in at most `demand` chosen edges, each helper in at most `capacity`, each
    (need, helper) pair and each (helper, slot) in at most one; slot -1 holds none. Edges with
    a score of 0 or less are not chosen, unless `must_match`: then the number of chosen edges
    comes first. Whole scores are solved exactly, floats in steps of max|score| / 2**30.

    >>> import numpy as np
    >>> best = assign(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([9, 8, 7]),
    ...               demand=np.array([1, 1]), capacity=np.array([1, 1]))
    >>> best.chosen.tolist(), best.objective, best.bound, best.gap, best.matched
    ([False, True, True], 15, 15, 0.0, 2)
    """
    _check(need, helper, score, slot, demand, capacity)
    demand, capacity = np.asarray(demand, np.int64), np.asarray(capacity, np.int64)
    whole = not np.issubdtype(np.asarray(score).dtype, np.floating)
    largest = float(np.abs(score).max(initial=0))
    step = 1.0 if whole else largest / RESOLUTION or 1.0
    edges = _sorted(need, helper, score, slot, step, must_match=must_match)
    choice = None
    if not must_match and slot is None and may_narrow(edges.score, demand):
        choice = proven_choice(edges.need, edges.helper, edges.score, capacity, len(demand))
    if choice is None:
        choice = _by_flow(edges, demand, capacity, must_match=must_match)
    chosen = np.zeros(len(need), dtype=bool)
    chosen[edges.source[choice.chosen]] = True
    most = min(int(demand.sum()), int(capacity.sum()), len(need))
    objective, bound = _valued(np.asarray(score)[chosen], choice.bound, step, most)
    gap = (bound - objective) / max(1.0, abs(bound))
    return Assignment(chosen, objective, bound, gap, int(chosen.sum()))


def _valued(chosen: np.ndarray, bound_steps: int, step: float, most: int) -> tuple[float, float]:
    """Objective and bound in the caller's scores; of floats every edge is half a step unsure."""
    if chosen.dtype.kind != "f":
        return int(chosen.sum(dtype=np.int64)), bound_steps
    objective = float(chosen.sum())
    return objective, max(objective, (bound_steps + 0.5 * most) * step)


def _check(
    need: np.ndarray,
    helper: np.ndarray,
    score: np.ndarray,
    slot: np.ndarray | None,
    demand: np.ndarray,
    capacity: np.ndarray,
) -> None:
    """Refuse what cannot be meant, naming the argument."""
    _check_whole("demand", demand, 0, None)
    _check_whole("capacity", capacity, 0, None)
    _check_whole("need", need, 0, len(demand))
    _check_whole("helper", helper, 0, len(capacity))
    if slot is not None:
        _check_whole("slot", slot, -1, 2**31)
    for name, column in (("helper", helper), ("score", score), ("slot", slot)):
        if column is not None and np.shape(column) != np.shape(need):
            raise ValueError(f"{name}: must be as long as need")
    scores = np.asarray(score)
    if scores.dtype.kind not in "iuf":
        raise ValueError("score: must be numbers")
    if not np.isfinite(scores).all():
        raise ValueError("score: must be finite")
    if scores.dtype.kind in "iu" and scores.size and int(np.abs(scores).max()) >= 2**40:
        raise ValueError("score: whole scores must be below 2**40")


def _check_whole(name: str, values: np.ndarray, least: int, below: int | None) -> None:
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{name}: must have one dimension")
    if array.size == 0:
        return
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name}: must be whole numbers")
    if array.min() < least:
        raise ValueError(f"{name}: must not be below {least}")
    if below is not None and array.max() >= below:
        raise ValueError(f"{name}: must be below {below}")


def _sorted(
    need: np.ndarray,
    helper: np.ndarray,
    score: np.ndarray,
    slot: np.ndarray | None,
    step: float,
    *,
    must_match: bool,
) -> _Edges:
    """Usable edges in one fixed order, scores in whole steps."""
    steps = np.asarray(score)
    if steps.dtype.kind == "f":
        steps = np.rint(steps / step)
    steps = steps.astype(np.int64)
    use = np.arange(len(need)) if must_match else np.flatnonzero(np.asarray(score) > 0)
    n, h = np.asarray(need, np.int64)[use], np.asarray(helper, np.int64)[use]
    t = np.full(len(use), -1, np.int64) if slot is None else np.asarray(slot, np.int64)[use]
    if _out_of_order(n, h, t):
        order = np.lexsort((-steps[use], t, h, n))
        use, n, h, t = use[order], n[order], h[order], t[order]
    return _Edges(n, h, steps[use], t, use)


def _by_flow(
    edges: _Edges, demand: np.ndarray, capacity: np.ndarray, *, must_match: bool
) -> Choice:
    """The best choice by a flow over all edges."""
    network = _lay(edges, demand, capacity)
    if must_match:
        network = _exactly(network, _most(network), demand)
    flow = solve(network)
    used = np.flatnonzero((flow > 0) & (network.option >= 0))
    return Choice(network.option[used], -duals(network, flow).lower_bound)


def _out_of_order(need: np.ndarray, helper: np.ndarray, slot: np.ndarray) -> bool:
    """Whether edges are not yet strictly sorted by need, helper, slot."""
    up_need, up_helper = np.diff(need), np.diff(helper)
    same = up_need == 0
    later = (up_helper > 0) | ((up_helper == 0) & (np.diff(slot) > 0))
    return bool(((up_need < 0) | (same & ~later)).any())


def _lay(edges: _Edges, demand: np.ndarray, capacity: np.ndarray) -> Network:
    """need -> (pair) -> (helper, slot) -> helper -> sink; the extra nodes only where needed."""
    needs, helpers, count = len(demand), len(capacity), len(edges.need)
    twin = np.zeros(count, dtype=bool)
    if count:
        same = (np.diff(edges.need) == 0) & (np.diff(edges.helper) == 0)
        twin[1:] |= same
        twin[:-1] |= same
    twin &= demand[edges.need] > 1
    pair_key, pair_at = np.unique(
        edges.need[twin] * helpers + edges.helper[twin], return_inverse=True
    )
    slotted = (edges.slot >= 0) & (capacity[edges.helper] > 1)
    width = int(edges.slot.max(initial=0)) + 1
    slot_key, slot_at = np.unique(
        edges.helper[slotted] * width + edges.slot[slotted], return_inverse=True
    )
    first_pair, first_slot = needs, needs + len(pair_key)
    first_helper = first_slot + len(slot_key)
    sink = first_helper + helpers
    tail, head = edges.need.copy(), first_helper + edges.helper
    tail[twin] = first_pair + pair_at
    head[slotted] = first_slot + slot_at
    arcs = Arcs()
    arcs.add(tail, head, 1, -edges.score, np.arange(count))
    arcs.add(pair_key // max(1, helpers), first_pair + np.arange(len(pair_key)))
    arcs.add(first_slot + np.arange(len(slot_key)), first_helper + slot_key // width)
    arcs.add(first_helper + np.arange(helpers), sink, capacity)
    arcs.add(np.arange(needs), sink, demand)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:needs] = demand
    supply[sink] = -demand.sum()
    return arcs.network(supply, sink)


def _most(network: Network) -> int:
    """The largest number of edges that can be chosen together, proven by its own duals."""
    counted = network.with_cost(np.where(network.option >= 0, -1, 0))
    flow = solve(counted)
    proof = duals(counted, flow)
    if proof.cost != proof.lower_bound:
        raise RuntimeError("the largest number of edges could not be proven")
    return -proof.cost


def _exactly(network: Network, edges: int, demand: np.ndarray) -> Network:
    """The same network where exactly so many units are shipped and nothing is left undone."""
    source = len(network.supply)
    supply = np.zeros(source + 1, dtype=np.int64)
    supply[source], supply[network.sink] = edges, -edges
    undone = (network.tail < len(demand)) & (network.head == network.sink)
    tail = np.where(undone, source, network.tail)
    head = np.where(undone, network.tail, network.head)
    return replace(network, tail=tail, head=head, supply=supply)
