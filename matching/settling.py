"""From a flow that is nearly the cheapest to the cheapest, and to prices that prove it.

Prices that nearly fit are corrected arc by arc. Where the flow is not the cheapest yet, the
corrections run in a circle; flow is moved round that circle, which makes it cheaper.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from matching.loops import residual


@njit(cache=True, nogil=True)
def _came_from(tail, head, arc):  # type: ignore[no-untyped-def]
    return tail[arc] if arc >= 0 else head[~arc]


@njit(cache=True, nogil=True)
def _turned(tail, head, flow, parent):  # type: ignore[no-untyped-def]
    """Move one unit round every circle of parents; whether there was one."""
    seen = np.full(len(parent), -1, dtype=np.int64)
    found = False
    for root in range(len(parent)):
        v = root
        while seen[v] < 0 and parent[v] != len(tail):
            seen[v] = root
            v = _came_from(tail, head, parent[v])
        if seen[v] != root or parent[v] == len(tail):
            continue
        found, end = True, v
        while True:
            a = parent[v]
            flow[a if a >= 0 else ~a] += 1 if a >= 0 else -1
            v = _came_from(tail, head, a)
            if v == end:
                break
    return found


@njit(cache=True, nogil=True)
def settle(tail, head, cost, capacity, flow, distance, most_visits):  # type: ignore[no-untyped-def]
    """Make the flow the cheapest and the distances true ones, both in place.

    `distance` holds one label for each node, any whole numbers to begin with. Returns whether
    no residual arc is shorter than the labels say, within so many visits of nodes.
    """
    nodes, visits = len(distance), 0
    while visits < most_visits:
        start, arc, to, length = residual(tail, head, cost, capacity, flow, nodes)
        parent = np.full(nodes, len(tail), dtype=np.int64)
        line, waiting = np.arange(nodes), np.ones(nodes, dtype=np.bool_)
        front, count, turned = 0, nodes, False
        while count and not turned:
            v = line[front]
            front = front + 1 if front + 1 < nodes else 0
            count -= 1
            waiting[v] = False
            visits += 1
            for at in range(start[v], start[v + 1]):
                w = to[at]
                if distance[v] + length[at] < distance[w]:
                    distance[w], parent[w] = distance[v] + length[at], arc[at]
                    if not waiting[w]:
                        waiting[w] = True
                        line[(front + count) % nodes] = w
                        count += 1
            if visits % nodes == 0:
                turned = _turned(tail, head, flow, parent)
        if not turned:
            return True
    return False
