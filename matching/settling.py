"""From a flow that is nearly the cheapest to the cheapest, and to prices that prove it.

Prices that nearly fit are corrected arc by arc. Where the flow is not the cheapest yet, the
corrections run in a circle; flow is moved round that circle, which makes it cheaper.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_STEPS = 64  # back along the labels, which take about as long as the visit of a node


@njit(cache=True, nogil=True)
def _around(tail, head, nodes):  # type: ignore[no-untyped-def]
    """The arcs at every node, out of it as they are and into it as ~arc: first of each, arcs."""
    start = np.zeros(nodes + 1, dtype=np.int64)
    for a in range(len(tail)):
        start[tail[a] + 1] += 1
        start[head[a] + 1] += 1
    start = np.cumsum(start)
    fill, arc = start[:-1].copy(), np.empty(start[nodes], dtype=np.int64)
    for a in range(len(tail)):
        arc[fill[tail[a]]] = a
        fill[tail[a]] += 1
        arc[fill[head[a]]] = ~a
        fill[head[a]] += 1
    return start, arc


@njit(cache=True, nogil=True)
def _leads_to(tail, head, parent, v, w):  # type: ignore[no-untyped-def]
    """Whether the label of v came from w, and over how many others."""
    steps = 0
    while v != w:
        a = parent[v]
        if a == len(tail):
            return False, steps
        v = tail[a] if a >= 0 else head[~a]
        steps += 1
    return True, steps


@njit(cache=True, nogil=True)
def _turn(tail, head, flow, parent, end):  # type: ignore[no-untyped-def]
    """Move one unit round the circle of parents through a node, and forget the parents."""
    v = end
    while True:
        a = parent[v]
        parent[v] = len(tail)
        flow[a if a >= 0 else ~a] += 1 if a >= 0 else -1
        v = tail[a] if a >= 0 else head[~a]
        if v == end:
            break


@njit(cache=True, nogil=True)
def settle(tail, head, cost, capacity, flow, distance, most_visits):  # type: ignore[no-untyped-def]
    """Make the flow the cheapest and the distances true ones, both in place.

    `distance` holds one label for each node, any whole numbers to begin with. Returns whether
    no residual arc is shorter than the labels say, within so many visits of nodes.
    """
    nodes, visits = len(distance), 0
    start, arc = _around(tail, head, nodes)
    parent = np.full(nodes, len(tail), dtype=np.int64)
    line, waiting = np.arange(nodes), np.ones(nodes, dtype=np.bool_)
    front, count = 0, nodes
    while count and visits < most_visits:
        v = line[front]
        front = front + 1 if front + 1 < nodes else 0
        count -= 1
        waiting[v] = False
        visits += 1
        for at in range(start[v], start[v + 1]):
            a = arc[at]
            if a >= 0:
                if flow[a] >= capacity[a]:
                    continue
                w, reached = head[a], distance[v] + cost[a]
            else:
                if flow[~a] <= 0:
                    continue
                w, reached = tail[~a], distance[v] - cost[~a]
            if reached >= distance[w]:
                continue
            turns, steps = _leads_to(tail, head, parent, v, w)
            visits += steps // _STEPS
            parent[w] = a
            if turns:
                # Turned backwards, the circle's arcs are not shorter than the labels say: the
                # label may stay as it was, and nobody else's need fall with it.
                _turn(tail, head, flow, parent, w)
                w = v
            else:
                distance[w] = reached
            if not waiting[w]:
                waiting[w] = True
                line[(front + count) % nodes] = w
                count += 1
    return count == 0
