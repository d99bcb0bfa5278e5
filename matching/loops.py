"""Compiled loops over arrays of whole numbers; the same input gives the same output everywhere."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def shortest_distances(tail, head, cost, capacity, flow, nodes, most_visits):  # type: ignore[no-untyped-def]
    """Label-correcting distances from everywhere at once over the residual arcs."""
    arcs = len(tail)
    out_start = np.zeros(nodes + 1, dtype=np.int64)
    for a in range(arcs):
        if flow[a] < capacity[a]:
            out_start[tail[a] + 1] += 1
        if flow[a] > 0:
            out_start[head[a] + 1] += 1
    for v in range(nodes):
        out_start[v + 1] += out_start[v]
    fill = out_start[:-1].copy()
    to = np.empty(out_start[nodes], dtype=np.int32)
    length = np.empty(out_start[nodes], dtype=np.int64)
    for a in range(arcs):
        if flow[a] < capacity[a]:
            at = fill[tail[a]]
            to[at] = head[a]
            length[at] = cost[a]
            fill[tail[a]] += 1
        if flow[a] > 0:
            at = fill[head[a]]
            to[at] = tail[a]
            length[at] = -cost[a]
            fill[head[a]] += 1
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
        base = distance[v]
        for at in range(out_start[v], out_start[v + 1]):
            w = to[at]
            if base + length[at] < distance[w]:
                distance[w] = base + length[at]
                if not waiting[w]:
                    waiting[w] = True
                    last = first + count
                    queue[last if last < nodes else last - nodes] = w
                    count += 1
    return distance
