"""A flow network as arrays of arcs; all flow ends in one sink."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs with capacity and cost, supplies at the nodes, and what each arc stands for."""

    tail: np.ndarray
    head: np.ndarray
    capacity: np.ndarray
    cost: np.ndarray
    supply: np.ndarray
    option: np.ndarray  # per arc: the option it stands for, -1 for none
    slot: np.ndarray  # per arc: the weekly slot, -1 for none
    sink: int

    def with_cost(self, cost: np.ndarray) -> Network:
        """The same network with other costs."""
        return replace(self, cost=cost)


class Arcs:
    """Collects arcs group by group."""

    def __init__(self) -> None:
        self._groups: list[tuple[np.ndarray, ...]] = []

    def add(
        self,
        tail: np.ndarray | int,
        head: np.ndarray | int,
        capacity: np.ndarray | int = 1,
        cost: np.ndarray | int = 0,
        option: np.ndarray | int = -1,
        slot: np.ndarray | int = -1,
    ) -> None:
        """One group of arcs; single numbers hold for the whole group."""
        row = np.broadcast_arrays(tail, head, capacity, cost, option, slot)
        self._groups.append(row)

    def network(self, supply: np.ndarray, sink: int) -> Network:
        """All groups put together."""
        columns = [
            np.concatenate(column, dtype=np.int64) for column in zip(*self._groups, strict=True)
        ]
        tail, head, capacity, cost, option, slot = columns
        return Network(tail, head, capacity, cost, supply, option, slot, sink)
