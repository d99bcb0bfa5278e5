"""Minimum cost flow: OR-Tools where it is installed, else HiGHS through scipy."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from matching.arcs import Network

try:
    from ortools.graph.python import min_cost_flow as ortools_flow
except ImportError:  # the slower way gives the same objective
    ortools_flow = None

SOLVERS = ("ortools", "highs")


def solver_name(wanted: str = "auto") -> str:
    """The solver that will be used."""
    if wanted == "auto":
        return "ortools" if ortools_flow else "highs"
    if wanted not in SOLVERS:
        raise ValueError(f"solver: must be auto, {' or '.join(SOLVERS)}")
    if wanted == "ortools" and not ortools_flow:
        raise ValueError("solver: OR-Tools is not installed")
    return wanted


def solve(network: Network, solver: str = "auto") -> np.ndarray:
    """The cheapest flow that ships all supplies, one whole number per arc."""
    if not network.supply.any():
        return np.zeros(len(network.tail), dtype=np.int64)
    return _by_ortools(network) if solver_name(solver) == "ortools" else _by_highs(network)


def _by_ortools(network: Network) -> np.ndarray:
    flow = ortools_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        network.tail.astype(np.int32),
        network.head.astype(np.int32),
        network.capacity,
        network.cost,
    )
    nodes = np.arange(len(network.supply), dtype=np.int32)
    flow.set_nodes_supplies(nodes, network.supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended with status {status}")
    return np.asarray(flow.flows(arcs), dtype=np.int64)


def _by_highs(network: Network) -> np.ndarray:
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
