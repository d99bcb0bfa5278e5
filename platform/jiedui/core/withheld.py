"""What must be withheld besides a withheld figure, so that nobody works it out.

Figures that add up are the edges of a graph: each equation (a row and its sum, a column and its
sum, a quarter's stock with what came and went) is a node, and a figure joins the two equations in
which it stands. A withheld figure can be worked out exactly when, among the withheld ones, its
edge lies on no circle (D. Gusfield, A graph theoretic approach to statistical data security, SIAM
J. Comput. 17, 1988). So each is given a circle, by withheld figures that cost as little as can be.
A figure of nothing is never withheld: that somewhere nothing came tells of nobody.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Name = Hashable
LEAST = 5  # a smaller number lets a child be told by those around
SUM = "sum"


@dataclass(frozen=True)
class Edge:
    """A figure: the two equations it stands in, and what it is (never below nothing)."""

    name: Name
    a: Hashable
    b: Hashable
    value: int


def recoverable(edges: Sequence[Edge], hidden: Iterable[Name], known: int = 0) -> list[Edge]:
    """The withheld figures that can be worked out from all the others. `known`: what each withheld
    figure is known to be at least; 1 where a reader tells it from nothing."""
    kept = set(hidden)
    own = [edge for edge in edges if edge.name in kept]
    return [edge for edge in own if _way(_beside(own, edge, known), edge, frozenset()) is None]


def _beside(edges: Sequence[Edge], first: Edge, known: int) -> list[Edge]:
    """What may stand on a circle with a figure: it might as well be one less, and all be true."""
    return [edge for edge in edges if edge is not first and edge.value > known]


def protect(edges: Sequence[Edge], hidden: Iterable[Name], known: int = 0) -> set[Name]:
    """All that must be withheld, given what must be for its own sake. What cannot be helped (a
    figure that stands alone in its equation) stays as it is. `known` as in `recoverable`."""
    kept = set(hidden)
    positive = [edge for edge in edges if edge.value > 0]
    hopeless: set[Name] = set()
    while lone := [e for e in recoverable(positive, kept, known) if e.name not in hopeless]:
        first = lone[0]
        way = _way(_beside(positive, first, known), first, frozenset(kept))
        if way is None:
            hopeless.add(first.name)
        else:
            kept |= {edge.name for edge in way}
    return kept


def _way(edges: Sequence[Edge], between: Edge, free: frozenset[Name]) -> list[Edge] | None:
    """The cheapest way from one end to the other: what is withheld already costs nothing."""
    beside: dict[Hashable, list[tuple[Hashable, Edge]]] = defaultdict(list)
    for edge in edges:
        beside[edge.a].append((edge.b, edge))
        beside[edge.b].append((edge.a, edge))
    heap: list[tuple[int, int, Hashable]] = [(0, 0, between.a)]
    came: dict[Hashable, Edge | None] = {}
    best: dict[Hashable, int] = {between.a: 0}
    via: dict[Hashable, Edge] = {}
    turn = 0
    while heap:
        cost, _turn, node = heapq.heappop(heap)
        if node in came:
            continue
        came[node] = via.get(node)
        if node == between.b:
            return _back(came, between)
        for other, edge in beside[node]:
            price = cost + (0 if edge.name in free else edge.value + 1)
            if other not in came and price < best.get(other, price + 1):
                turn += 1
                best[other], via[other] = price, edge
                heapq.heappush(heap, (price, turn, other))
    return None


def _back(came: dict[Hashable, Edge | None], between: Edge) -> list[Edge]:
    way, node = [], between.b
    while (edge := came[node]) is not None:
        way.append(edge)
        node = edge.b if edge.a == node else edge.a
    return way


def edges_of_table(cells: Mapping[tuple[str, str], int]) -> list[Edge]:
    """A table with the sums of its rows and columns and the sum of all."""
    sums: dict[tuple[str, str], int] = {}
    for (row, column), n in cells.items():
        for name in ((row, SUM), (SUM, column), (SUM, SUM)):
            sums[name] = sums.get(name, 0) + n
    whole = {**cells, **sums}
    return [Edge(name, f"row {name[0]}", f"column {name[1]}", n) for name, n in whole.items()]


def edges_of_parts(parts: Mapping[str, int]) -> list[Edge]:
    """Parts of a sum that everybody knows."""
    return [Edge(name, "sum", "outside", n) for name, n in parts.items()]


def shown(edges: Sequence[Edge]) -> dict[Name, int | None]:
    """Figures as a page shows them that tells nothing from few: None is withheld, as small or so
    that no small one can be worked out. All is, where nothing less would do."""
    small = {edge.name for edge in edges if 0 < edge.value < LEAST}
    kept = protect(edges, small, known=1)
    if recoverable(edges, kept, known=1):
        kept = {edge.name for edge in edges}
    return {edge.name: None if edge.name in kept else edge.value for edge in edges}
