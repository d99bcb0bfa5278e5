"""Minimum cost flow: OR-Tools where it is installed, else HiGHS through scipy."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np

from matching.arcs import Network

SOLVERS = ("ortools", "highs")  # the slower way gives the same objective


def solver_name(wanted: str = "auto") -> str:
    """The solver that will be used."""
    if wanted == "auto":
        return "ortools" if _ortools() else "highs"
    if wanted not in SOLVERS:
        raise ValueError(f"solver: must be auto, {' or '.join(SOLVERS)}")
    if wanted == "ortools" and not _ortools():
        raise ValueError("solver: OR-Tools is not installed")
    return wanted


@cache
def _ortools() -> Any:
    # Loaded when first needed: most processes of a portal never solve.
    try:
        return importlib.import_module("ortools.graph.python.min_cost_flow")
    except ImportError:
        return None


def solve(network: Network, solver: str = "auto") -> np.ndarray:
    """The cheapest flow that ships all supplies, one whole number per arc."""
    if not network.supply.any():
        return np.zeros(len(network.tail), dtype=np.int64)
    if solver_name(solver) == "ortools":
        return _by_ortools(network)
    by_highs = importlib.import_module("matching.highs").solve  # slow to load, seldom needed
    return np.asarray(by_highs(network))


def _by_ortools(network: Network) -> np.ndarray:
    flow = _ortools().SimpleMinCostFlow()
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
