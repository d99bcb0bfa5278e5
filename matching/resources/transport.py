"""One market as an integer transport problem: offers, wishes, groups that share evenly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arcs import Arcs, Network
from matching.flow import solve
from matching.potentials import duals

_MOST = 1 << 61  # sums stay in 64 bits


@dataclass(frozen=True, slots=True)
class Transport:
    """Whole units everywhere. A wish takes a multiple of its lot; `room` and `bonus` say how many
    units of a group are worth so much more, the dearest step first.
    """

    supply: np.ndarray
    demand: np.ndarray
    lot: np.ndarray
    group: np.ndarray  # per wish
    room: np.ndarray  # groups x steps
    bonus: np.ndarray  # per step, falling
    offer: np.ndarray  # per arc
    wish: np.ndarray
    points: np.ndarray

    def received(self, amount: np.ndarray) -> np.ndarray:
        """Units of each wish."""
        got = np.zeros(len(self.demand), dtype=np.int64)
        np.add.at(got, self.wish, amount)
        return got

    def given(self, amount: np.ndarray) -> np.ndarray:
        """Units of each offer."""
        out = np.zeros(len(self.supply), dtype=np.int64)
        np.add.at(out, self.offer, amount)
        return out

    def value(self, amount: np.ndarray) -> int:
        """Points of all units, and the bonus of the groups."""
        units = np.zeros(len(self.room), dtype=np.int64)
        np.add.at(units, self.group, self.received(amount))
        before = np.cumsum(self.room, axis=1) - self.room
        steps = np.clip(units[:, None] - before, 0, self.room)
        return int(self.points @ amount + (steps * self.bonus).sum())


@dataclass(frozen=True, slots=True)
class Limits:
    """What each wish gets at least and at most, in a branch."""

    least: np.ndarray
    most: np.ndarray


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best plan when lots may be broken, and prices that bound all plans within the limits."""

    amount: np.ndarray  # per arc
    offer: np.ndarray
    wish: np.ndarray
    group: np.ndarray
    bound: int


def relaxed(transport: Transport, limits: Limits, solver: str = "auto") -> Relaxed:
    """Minimum cost flow and its dual prices; whole numbers throughout."""
    network = _network(transport, limits)
    flow = solve(network, solver)
    potential = duals(network, flow).potential
    worth = potential[network.sink] - potential
    offers, wishes = len(transport.supply), len(transport.demand)
    prices = worth[:offers], worth[offers : offers + wishes], worth[offers + wishes : -1]
    bound = _bound(transport, limits, *prices)
    return Relaxed(flow[: len(transport.offer)], *prices, bound)


def _network(t: Transport, limits: Limits) -> Network:
    """offer -> wish -> group -> sink; what an offer keeps goes to the sink at once."""
    offers, wishes, groups = len(t.supply), len(t.demand), len(t.room)
    wish = offers + np.arange(wishes)
    first_group = offers + wishes
    sink = first_group + groups
    must = _must(t, sink + 1)
    arcs = Arcs()
    arcs.add(
        t.offer, offers + t.wish, np.minimum(t.supply[t.offer], limits.most[t.wish]), -t.points
    )
    if limits.least.any():
        arcs.add(wish, first_group + t.group, limits.least, -must)
    arcs.add(wish, first_group + t.group, limits.most - limits.least)
    for step, bonus in enumerate(t.bonus.tolist()):
        arcs.add(first_group + np.arange(groups), sink, t.room[:, step], -bonus)
    arcs.add(np.arange(offers), sink, t.supply)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:offers], supply[sink] = t.supply, -t.supply.sum()
    return arcs.network(supply, sink)


def _must(t: Transport, nodes: int) -> int:
    """What a unit that must be is worth: more than all lots that a flow may have broken.

    Where whole numbers end before that, it is less; then a case may keep too high a bound, never
    too low a one.
    """
    dearest = int(t.points.max(initial=0)) + int(t.bonus.max(initial=0)) + 1
    shipped = int(t.supply.sum()) + 1
    if shipped * dearest > _MOST // 4:
        raise ValueError("quantities: too large for whole numbers of 64 bits")
    enough = dearest * (len(t.demand) + 1) * int(t.lot.max(initial=1))
    return min(enough, _MOST // (4 * shipped), _MOST // (4 * nodes))


def _bound(
    t: Transport, limits: Limits, offer: np.ndarray, wish: np.ndarray, group: np.ndarray
) -> int:
    """The Lagrangian bound: every arc takes what it gains at the prices."""
    total = (t.supply * np.maximum(offer, 0)).sum()
    gain = t.points + wish[t.wish] - offer[t.offer]
    total += (np.minimum(t.supply[t.offer], limits.most[t.wish]) * np.maximum(gain, 0)).sum()
    passed = group[t.group] - wish
    total += (limits.most * np.maximum(passed, 0) + limits.least * np.minimum(passed, 0)).sum()
    total += (t.room * np.maximum(t.bonus - group[:, None], 0)).sum()
    return int(total)
