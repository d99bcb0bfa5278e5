"""Compiled loops over arrays of whole numbers; the same input gives the same output everywhere."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def _residual(tail, head, cost, capacity, flow, nodes):  # type: ignore[no-untyped-def]
    """The residual arcs out of every node: first arc of each, heads, lengths."""
    start = np.zeros(nodes + 1, dtype=np.int64)
    for a in range(len(tail)):
        start[tail[a] + 1] += flow[a] < capacity[a]
        start[head[a] + 1] += flow[a] > 0
    for v in range(nodes):
        start[v + 1] += start[v]
    fill = start[:-1].copy()
    to = np.empty(start[nodes], dtype=np.int32)
    length = np.empty(start[nodes], dtype=np.int64)
    for a in range(len(tail)):
        if flow[a] < capacity[a]:
            to[fill[tail[a]]] = head[a]
            length[fill[tail[a]]] = cost[a]
            fill[tail[a]] += 1
        if flow[a] > 0:
            to[fill[head[a]]] = tail[a]
            length[fill[head[a]]] = -cost[a]
            fill[head[a]] += 1
    return start, to, length


@njit(cache=True)
def shortest_distances(tail, head, cost, capacity, flow, nodes, most_visits):  # type: ignore[no-untyped-def]
    """Label-correcting distances from everywhere at once over the residual arcs."""
    start, to, length = _residual(tail, head, cost, capacity, flow, nodes)
    distance = np.zeros(nodes, dtype=np.int64)
    queue = np.arange(nodes)
    waiting = np.ones(nodes, dtype=np.bool_)
    first, count, visits = 0, nodes, 0
    while count > 0 and visits < most_visits:
        v = queue[first]
        first = first + 1 if first + 1 < nodes else 0
        count -= 1
        waiting[v] = False
        visits += 1
        for at in range(start[v], start[v + 1]):
            w = to[at]
            if distance[v] + length[at] < distance[w]:
                distance[w] = distance[v] + length[at]
                if not waiting[w]:
                    waiting[w] = True
                    last = first + count
                    queue[last if last < nodes else last - nodes] = w
                    count += 1
    return distance
