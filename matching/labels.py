"""Prices as labels at the nodes of a round's network, whichever of its options are laid out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.network import Demand, Layout
from matching.pricing import PriceColumns
from matching.shapes import SLOTS


@dataclass(frozen=True, slots=True)
class Labels:
    """Whole numbers at the nodes: distances over residual arcs; the sink has 0."""

    unit: np.ndarray
    child: np.ndarray
    helper: np.ndarray
    slot: np.ndarray  # helper * SLOTS + slot

    @classmethod
    def at(cls, gains: np.ndarray, children: int, price: np.ndarray, dear: np.ndarray) -> Labels:
        """Labels of what units gain, what helpers cost, and what their slots cost beyond."""
        slot = np.repeat(-price, SLOTS) - dear
        return cls(gains, np.zeros(children, dtype=np.int64), -price, slot)

    @classmethod
    def of(cls, layout: Layout, label: np.ndarray) -> Labels:
        """Labels read from the nodes; a slot that is not laid out costs nothing more."""
        label = label - label[-1]
        helper = label[layout.first_helper : layout.network.sink]
        slot, laid = np.repeat(helper, SLOTS), np.flatnonzero(layout.slot_node >= 0)
        slot[laid] = label[layout.slot_node[laid]]
        child = label[layout.first_child : layout.first_pair]
        return cls(label[: layout.first_child], child, helper, slot)

    def on(self, layout: Layout) -> np.ndarray:
        """One label for each node."""
        network = layout.network
        label = np.zeros(network.sink + 1, dtype=np.int64)
        label[: layout.first_child] = self.unit
        label[layout.first_child : layout.first_pair] = self.child
        to_pair = (network.head >= layout.first_pair) & (network.head < layout.first_slot)
        label[network.head[to_pair]] = label[network.tail[to_pair]]
        laid = np.flatnonzero(layout.slot_node >= 0)
        label[layout.slot_node[laid]] = self.slot[laid]
        label[layout.first_helper : network.sink] = self.helper
        return label

    def whole(self, of: int) -> Labels:
        """Labels in units of so many, rounded up."""
        return Labels(*(-(-getattr(self, kind) // of) for kind in self.__slots__))

    def plus(self, other: Labels, times: int) -> Labels:
        """The sum of these labels and so many times the others."""
        kinds = ((getattr(self, kind), getattr(other, kind)) for kind in self.__slots__)
        return Labels(*(mine + times * theirs for mine, theirs in kinds))

    def prices(self) -> PriceColumns:
        """Prices, never below 0."""
        dear = np.repeat(self.helper, SLOTS) - self.slot
        return PriceColumns(*(np.maximum(kind, 0) for kind in (-self.helper, dear, self.child)))


def flow_of(layout: Layout, demand: Demand, used: np.ndarray) -> np.ndarray:
    """The flow in which just those arcs of options are used."""
    network, nodes = layout.network, len(layout.network.supply)
    tail, head, flow = network.tail, network.head, used.astype(np.int64)
    out, into = np.bincount(tail[used], minlength=nodes), np.bincount(head[used], minlength=nodes)
    plain = network.option < 0
    to_pair = plain & (head >= layout.first_pair) & (head < layout.first_slot)
    flow[to_pair] = out[head[to_pair]]
    np.add.at(out, tail[to_pair], flow[to_pair])
    of_slot = plain & (tail >= layout.first_slot) & (tail < layout.first_helper)
    flow[of_slot] = into[tail[of_slot]]
    np.add.at(into, head[of_slot], flow[of_slot])
    of_helper = plain & (tail >= layout.first_helper)
    flow[of_helper] = into[tail[of_helper]]
    of_child = plain & (head < layout.first_child)
    flow[of_child] = out[head[of_child]]
    np.add.at(out, tail[of_child], flow[of_child])
    undone = plain & (tail < layout.first_pair) & (head == network.sink)
    flow[undone] = network.capacity[undone] - out[tail[undone]]
    return flow
