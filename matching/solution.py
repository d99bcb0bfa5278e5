"""What a solver hands back: chosen options, their slots, the bound and the prices that prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arcs import Network
from matching.demand import Setup
from matching.flow import solve
from matching.network import build
from matching.potentials import Duals, duals
from matching.pricing import PriceColumns, prices_of
from matching.widening import LIGHT, Found, widened

_PATIENCE = 300  # sweeps of the duals before a light solution is given up


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
    found = widened(setup, room)
    if found is not None:
        return _proven(setup, found)
    demand, options = setup.demand, setup.options
    layout = build(demand, options, room)
    network = layout.network
    flow, proof = _proven_flow(setup, network, solver)
    used = np.flatnonzero((flow > 0) & (network.option >= 0))
    used = used[np.argsort(network.option[used], kind="stable")]
    prices = prices_of(layout, proof.potential, len(demand.child_room), len(room))
    return Solution(
        network.option[used], network.slot[used], -proof.cost, -proof.lower_bound, prices
    )


def _proven(setup: Setup, found: Found) -> Solution:
    chosen = found.chosen
    gain = setup.demand.value[setup.options.unit[chosen]] + setup.options.score[chosen]
    total = int(gain.sum())
    return Solution(chosen, found.slot, total, total, found.prices)


def _proven_flow(setup: Setup, network: Network, solver: str) -> tuple[np.ndarray, Duals]:
    """The optimum under the full class weights.

    Solvers are slower the larger the costs are. A light weight mostly leads to the same flow,
    and the duals under the full weights prove it; if they do not, the full weights are solved.
    """
    if setup.step > 2 * LIGHT:
        value = setup.demand.value // setup.step * LIGHT
        gain = (value[setup.options.unit] + setup.options.score)[network.option]
        light = network.with_cost(np.where(network.option >= 0, -gain, network.cost))
        flow = solve(light, solver)
        proof = duals(network, flow, patience=_PATIENCE)
        if proof.cost == proof.lower_bound:
            return flow, proof
    flow = solve(network, solver)
    return flow, duals(network, flow)
