"""Nobody works out what is withheld: not from rows, columns and sums of a table, not from what
came, went and is in stock quarter after quarter. The attacker here knows every published figure and
every equation and solves them as a linear program.

Seen to fail: protect() that gives back what it was given; a circle that may pass through a figure
of nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from jiedui.core.withheld import LEAST, Edge, edges_of_table, protect, recoverable
from jiedui.disclosure.rules.gifts import edges_of_books


def ranges(edges: Sequence[Edge], hidden: set[object]) -> dict[object, tuple[float, float]]:
    """From where to where each withheld figure may lie, as an attacker finds it: all figures are
    at least nothing, each equation holds as the true figures have it."""
    own = [edge for edge in edges if edge.name in hidden]
    nodes = sorted({str(node) for edge in edges for node in (edge.a, edge.b)})
    at = {node: n for n, node in enumerate(nodes)}
    # A figure stands on the one side of one equation and on the other side of the other: with
    # equations as a graph's nodes, signs may be chosen so (rows +, columns -; a sum the reverse).
    matrix = np.zeros((len(nodes), len(own)))
    for n, edge in enumerate(own):
        for node in (edge.a, edge.b):
            matrix[at[str(node)], n] += sign(edge, node)
    values = np.array([edge.value for edge in own], dtype=float)
    right = matrix @ values
    found: dict[object, tuple[float, float]] = {}
    for n, edge in enumerate(own):
        cost = np.zeros(len(own))
        cost[n] = 1
        low = linprog(cost, A_eq=matrix, b_eq=right, bounds=(0, 10_000))
        high = linprog(-cost, A_eq=matrix, b_eq=right, bounds=(0, 10_000))
        found[edge.name] = (low.x[n], high.x[n])
    return found


def sign(edge: Edge, node: object) -> int:
    """In a row or column a sum stands against its parts; in the books what comes in stands against
    what goes out."""
    name = edge.name
    if isinstance(name, tuple) and name[0] in ("stock", "received", "allocated"):
        return 1 if edge.b == node else -1
    assert isinstance(name, tuple)
    return -1 if name[0 if str(node).startswith("column") else 1] == "sum" else 1


cells = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=4)


@settings(max_examples=60, deadline=None)
@given(cells)
def test_no_small_cell_of_a_table_can_be_worked_out(rows: list[list[int]]) -> None:
    """Rows, columns, their sums and the sum of all are published; what is small is not."""
    counts = {(str(i), str(j)): n for i, row in enumerate(rows) for j, n in enumerate(row)}
    edges = edges_of_table(counts)
    small = {edge.name for edge in edges if 0 < edge.value < LEAST}
    kept = protect(edges, small)
    assert recoverable(edges, kept) == []
    for name, (low, high) in ranges(edges, kept).items():
        assert high - low >= 1 - 1e-6, name


quarters = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(quarters, st.sets(st.tuples(st.booleans(), st.integers(0, 4)), max_size=4))
def test_nothing_can_be_worked_out_across_quarters(
    rows: list[tuple[int, int]], said: set[tuple[bool, int]]
) -> None:
    """Stock before, received, allocated, stock after: a quarter's end is the next one's begin."""
    stock, moved = [0], []
    for received, wanted in rows:
        allocated = min(wanted, stock[-1] + received)
        moved.append((received, allocated))
        stock.append(stock[-1] + received - allocated)
    edges = edges_of_books(stock, moved)
    value = {edge.name: edge.value for edge in edges}
    names = {("received" if first else "allocated", n) for first, n in said}
    small = {name for name in names if value.get(name, 0) > 0}
    kept = protect(edges, small)
    assert recoverable(edges, kept) == []
    for name, (low, high) in ranges(edges, kept).items():
        assert high - low >= 1 - 1e-6, name
