"""Dual prices read from node potentials, and what every option is worth after them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.network import Demand, Layout, Options, slot_pairs
from matching.shapes import SLOTS


@dataclass(frozen=True, slots=True)
class PriceColumns:
    """Prices of helpers' places, of their weekly slots and of children's places; never below 0."""

    helper: np.ndarray
    slot: np.ndarray  # helper * SLOTS + slot
    child: np.ndarray


def prices_of(layout: Layout, potential: np.ndarray, children: int, helpers: int) -> PriceColumns:
    """What one more of each would be worth, as the potentials say."""
    floor = potential[layout.network.sink]
    helper = potential[layout.first_helper : layout.first_helper + helpers]
    slot = np.zeros(helpers * SLOTS, dtype=np.int64)
    laid = np.flatnonzero(layout.slot_node >= 0)
    slot[laid] = np.maximum(potential[layout.slot_node[laid]] - helper[laid // SLOTS], 0)
    child = potential[layout.first_child : layout.first_child + children]
    return PriceColumns(np.maximum(helper - floor, 0), slot, np.maximum(floor - child, 0))


def worth(demand: Demand, options: Options, room: np.ndarray, prices: PriceColumns) -> np.ndarray:
    """Points of every option less the prices of what it uses, at its cheapest slot."""
    child = demand.child[options.unit]
    child_price = np.append(prices.child, 0)[child]
    net = demand.value[options.unit] + options.score - prices.helper[options.helper] - child_price
    cheapest = np.zeros(len(net), dtype=np.int64)
    slotted = np.flatnonzero((options.slots != 0) & (room[options.helper] > 1))
    if len(slotted):
        row, slot = slot_pairs(options.slots[slotted])
        price = prices.slot[options.helper[slotted][row] * SLOTS + slot]
        starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
        cheapest[slotted] = np.minimum.reduceat(price, starts)
    return np.asarray(net - cheapest)


def losses(demand: Demand, options: Options, net: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """What the whole loses, at least, by taking an option: its unit gives up its least one."""
    units = len(demand.places)
    least = np.full(units, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(least, options.unit[chosen], net[chosen])
    met = np.bincount(options.unit[chosen], minlength=units)
    least = np.where(met < demand.places, 0, least)
    return np.asarray(np.maximum(least[options.unit] - net, 0))
