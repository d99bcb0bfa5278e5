"""Minimum cost flow as a linear program, by HiGHS through scipy: slower, the same objective."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from matching.arcs import Network


def solve(network: Network) -> np.ndarray:
    """The cheapest flow; a corner of the program is whole, as the network says."""
    arcs, nodes = len(network.tail), len(network.supply)
    rows = np.concatenate((network.tail, network.head))
    columns = np.tile(np.arange(arcs), 2)
    signs = np.concatenate((np.ones(arcs), -np.ones(arcs)))
    balance = csr_array((signs, (rows, columns)), shape=(nodes, arcs))
    scale = max(1, int(np.abs(network.cost).max(initial=0)))
    result = linprog(
        network.cost / scale,
        A_eq=balance,
        b_eq=network.supply,
        bounds=np.column_stack((np.zeros(arcs), network.capacity)),
        method="highs-ds",
        options={"dual_feasibility_tolerance": 1e-10, "primal_feasibility_tolerance": 1e-10},
    )
    if result.x is None:
        raise RuntimeError(f"linear program ended with: {result.message}")
    whole = np.rint(result.x).astype(np.int64)
    if not np.array_equal(balance @ whole, network.supply):
        raise RuntimeError("linear program gave no whole flow")
    return whole
