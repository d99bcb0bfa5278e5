"""What a solver hands back: chosen options, their slots, the bound and the prices that prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.demand import Setup
from matching.flow import solve
from matching.network import build
from matching.potentials import duals
from matching.pricing import PriceColumns, prices_of


@dataclass(frozen=True, slots=True)
class Solution:
    """Which options were chosen, in which weekly slot, and the proof."""

    chosen: np.ndarray  # option indexes, sorted
    slot: np.ndarray  # -1 where none is held, or none is named yet
    objective: int
    bound: int
    prices: PriceColumns


def solve_setup(setup: Setup, room: np.ndarray, solver: str = "auto") -> Solution:
    """The optimum of one network with its dual bound."""
    demand, options = setup.demand, setup.options
    layout = build(demand, options, room)
    network = layout.network
    flow = solve(network, solver)
    proof = duals(network, flow)
    used = np.flatnonzero((flow > 0) & (network.option >= 0))
    used = used[np.argsort(network.option[used], kind="stable")]
    prices = prices_of(layout, proof.potential, len(demand.child_room), len(room))
    return Solution(
        network.option[used], network.slot[used], -proof.cost, -proof.lower_bound, prices
    )
