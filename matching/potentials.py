"""Dual prices of an optimal flow, and what they prove about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arcs import Network
from matching.compiled import compiled

_COMPILE_FROM = 300_000  # arcs; below it loading the compiled loops takes longer than it saves


@dataclass(frozen=True, slots=True)
class Duals:
    """Node potentials and the bound they prove on the cost of every flow."""

    potential: np.ndarray
    cost: int
    lower_bound: int


def duals(network: Network, flow: np.ndarray, patience: int | None = None) -> Duals:
    """Shortest residual distances as potentials; with an optimal flow the bound meets its cost."""
    potential = -_distances(network, flow, patience or len(network.supply) + 1)
    reduced = network.cost - potential[network.tail] + potential[network.head]
    bound = int(potential @ network.supply + (network.capacity * np.minimum(reduced, 0)).sum())
    return Duals(potential, int(network.cost @ flow), bound)


def _distances(network: Network, flow: np.ndarray, patience: int) -> np.ndarray:
    """Shortest distances from everywhere at once over the residual arcs.

    A flow that is not optimal has a negative cycle; the search is then cut off, and the
    bound shows a gap instead of hiding it.
    """
    fast = compiled("matching.loops", "shortest_distances") if len(flow) > _COMPILE_FROM else None
    if fast is None:
        return _swept(network, flow, patience)
    nodes = len(network.supply)
    most = min(patience, 200) * nodes + 100_000
    arcs = (network.tail, network.head, network.cost, network.capacity)
    return np.asarray(fast(*arcs, flow, nodes, most))


def _swept(network: Network, flow: np.ndarray, patience: int) -> np.ndarray:
    """Bellman-Ford in sweeps until nothing moves."""
    forward, backward = flow < network.capacity, flow > 0
    tail = np.concatenate((network.tail[forward], network.head[backward]))
    head = np.concatenate((network.head[forward], network.tail[backward]))
    cost = np.concatenate((network.cost[forward], -network.cost[backward]))
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    distance = np.zeros(len(network.supply), dtype=np.int64)
    if not len(tail):
        return distance
    starts = np.flatnonzero(np.r_[True, head[1:] != head[:-1]])
    reached = head[starts]
    for _ in range(patience):
        best = np.minimum.reduceat(distance[tail] + cost, starts)
        better = best < distance[reached]
        if not better.any():
            break
        distance[reached[better]] = best[better]
    return distance
