"""The flow network of a round: child -> need -> (pair) -> (helper, slot) -> helper -> sink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arcs import Arcs, Network
from matching.shapes import SLOTS


@dataclass(frozen=True, slots=True)
class Demand:
    """Who asks: one entry per unit; a need with a pinned helper is split into two units."""

    places: np.ndarray  # helpers wanted
    value: np.ndarray  # points for meeting it at all, by class
    child: np.ndarray  # index of the child whose helpers are counted, -1 for none
    child_room: np.ndarray  # how many new helpers each child may get


@dataclass(frozen=True, slots=True)
class Options:
    """Who may serve whom: one entry per unit and helper, sorted by both."""

    unit: np.ndarray
    helper: np.ndarray
    score: np.ndarray
    slots: np.ndarray  # bits; 0 where no weekly slot is held
    closed: np.ndarray  # options that may not be used


@dataclass(frozen=True, slots=True)
class Layout:
    """The network of a round and where its nodes are."""

    network: Network
    slot_node: np.ndarray  # per (helper, slot): its node or -1
    first_child: int
    first_pair: int
    first_slot: int
    first_helper: int


def slot_pairs(slots: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(row, slot) for every bit that is set, sorted by row and slot."""
    rows, found = [], []
    for slot in range(SLOTS):
        at = np.flatnonzero(slots >> slot & 1)
        rows.append(at)
        found.append(np.full(len(at), slot, dtype=np.int64))
    row, slot_of = np.concatenate(rows), np.concatenate(found)
    order = np.argsort(row, kind="stable")
    return row[order], slot_of[order]


def build(demand: Demand, options: Options, room: np.ndarray) -> Layout:
    """Lay the network; a helper with one place needs no slot nodes, nothing can clash there."""
    units, children, helpers = len(demand.places), len(demand.child_room), len(room)
    cost = -(demand.value[options.unit] + options.score)
    by_slot = (options.slots != 0) & (room[options.helper] > 1)
    slotted, plain = np.flatnonzero(by_slot), np.flatnonzero(~by_slot & ~options.closed)
    row, slot = slot_pairs(options.slots[slotted])
    option = slotted[row]

    paired = demand.places[options.unit[slotted]] > 1
    pair_at = np.full(len(options.unit), -1, dtype=np.int64)
    pair_at[slotted[paired]] = np.arange(paired.sum())
    key = options.helper[option] * SLOTS + slot
    keys, key_at = np.unique(key, return_inverse=True)

    first_pair = units + children
    first_slot = first_pair + int(paired.sum())
    first_helper = first_slot + len(keys)
    sink = first_helper + helpers
    slot_node = np.full(helpers * SLOTS, -1, dtype=np.int64)
    slot_node[keys] = first_slot + np.arange(len(keys))

    arcs = Arcs()
    unit = np.arange(units)
    own = demand.child >= 0
    arcs.add(units + demand.child[own], unit[own], demand.places[own])
    arcs.add(units + np.arange(children), sink, demand.child_room)
    arcs.add(unit[~own], sink, demand.places[~own])
    arcs.add(options.unit[plain], first_helper + options.helper[plain], 1, cost[plain], plain)
    tails = slotted[paired]
    arcs.add(options.unit[tails], first_pair + pair_at[tails])
    source = np.where(pair_at[option] >= 0, first_pair + pair_at[option], options.unit[option])
    arcs.add(source, first_slot + key_at, 1, cost[option], option, slot)
    arcs.add(first_slot + np.arange(len(keys)), first_helper + keys // SLOTS)
    arcs.add(first_helper + np.arange(helpers), sink, room)

    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[unit[~own]] = demand.places[~own]
    supply[units : units + children] = demand.child_room
    supply[sink] = -supply.sum()
    network = arcs.network(supply, sink)
    return Layout(network, slot_node, units, first_pair, first_slot, first_helper)
