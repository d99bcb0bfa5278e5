"""Exact with weekly slots and classes, over few options: widened until nobody would gain more.

An auction says which options lie near the best. Its choice is settled over those, and the
prices that come out are held against all options; those that would gain are taken in.

Class weights are split off: a light weight leads to small prices that are near the truth from
the start. Prices of classes alone are settled apart, for the same flow. The light prices and
so many times those of the classes are prices for the full weights, and prove the whole tuple.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.compiled import compiled
from matching.demand import Setup
from matching.labels import Labels, flow_of
from matching.network import Layout, Options, build
from matching.pricing import PriceColumns
from matching.shapes import SLOTS

LIGHT = 1000  # the largest score of one pair
_FROM_OPTIONS = 100_000  # below it the flow alone is as fast
_PACES = ((4, 60), (1, 400))  # steps to a point, and bids a unit before the next pace is tried
_NEAR = 16  # points
_ROUNDS = 20
_VISITS_PER_NODE = 1000
_MOST_VALUE = 31_000  # what the auction can hold beside a score


@dataclass(frozen=True, slots=True)
class Found:
    """The chosen options, sorted, the slot of each or -1, and the prices that prove them."""

    chosen: np.ndarray
    slot: np.ndarray
    prices: PriceColumns


@dataclass(frozen=True, slots=True)
class _State:
    """Which options are looked at, which are chosen in which slot, and the labels."""

    near: np.ndarray
    chosen: np.ndarray
    slot: np.ndarray
    light: Labels
    classes: Labels | None


def widened(setup: Setup, room: np.ndarray) -> Found | None:
    """The proven optimum of a round; None where it is small, or was not found this way."""
    if len(setup.options.unit) < _FROM_OPTIONS or setup.step <= LIGHT:
        return None
    if compiled("matching.slotauction", "run_slot_auction") is None:
        return None
    return _Search(setup, room).found()


class _Search:
    def __init__(self, setup: Setup, room: np.ndarray) -> None:
        self._setup, self._room = setup, room
        every = setup.options
        self._open = np.flatnonzero(~every.closed)
        self._options = Options(*(getattr(every, c)[self._open] for c in Options.__slots__))
        options = self._options
        self._class = (setup.demand.value // setup.step)[options.unit]
        self._slots = np.where(room[options.helper] > 1, options.slots, 0)
        units = len(setup.demand.places)
        self._start = np.searchsorted(options.unit, np.arange(units + 1))

    def found(self) -> Found | None:
        state = self._auctioned()
        for _ in range(_ROUNDS if state else 0):
            assert state is not None  # noqa: S101  # the loop's condition
            state = self._settled(state)
            if state is None or state.classes is None:
                return None
            prices = state.light.plus(state.classes, self._setup.step - LIGHT).prices()
            more, missed = self._above(state.chosen, prices)
            if missed == 0:
                return Found(self._open[state.chosen], state.slot, prices)
            if not (more & ~state.near).any():
                return None
            state = _State(state.near | more, state.chosen, state.slot, state.light, state.classes)
        return None

    def _auctioned(self) -> _State | None:
        """Where to start: the auction's choice, labels, and the options near the best."""
        options, demand, room = self._options, self._setup.demand, self._room
        value = np.minimum(self._class * LIGHT, _MOST_VALUE)
        points = (value + options.score).astype(np.int16)
        ample = int(room.sum()) >= int(demand.places.sum())
        auction = _loop("slotauction", "run_slot_auction" if ample else "run_slot_offers")
        rows = (self._start, options.helper.astype(np.int32), points, self._slots, room)
        for steps, bids in _PACES:
            pair, slot, price, dear, finished = auction(*rows, steps, bids * len(demand.places))
            if finished:
                break
        else:
            return None
        price, dear = (price + steps // 2) // steps, (dear + steps // 2) // steps
        net = self._net(LIGHT, price, dear)
        gains = _loop("optionprices", "best_of_units")(self._start, net)
        near = net >= gains[options.unit] - _NEAR
        met = _within_children(demand.child, demand.child_room, pair >= 0)
        labels = Labels.at(gains, len(demand.child_room), price, dear)
        return _State(near, pair[met], slot[met], labels, None)

    def _net(self, step: int, price: np.ndarray, dear: np.ndarray) -> np.ndarray:
        points = self._class * step + self._options.score
        worth = _loop("optionprices", "net_worth")
        return np.asarray(worth(self._options.helper, points, self._slots, price, dear))

    def _settled(self, state: _State) -> _State | None:
        """The best choice among the options looked at, with labels of points and of classes."""
        near = state.near.copy()
        near[state.chosen] = True
        at = np.flatnonzero(near)
        options = Options(*(getattr(self._options, c)[at] for c in Options.__slots__))
        layout = build(self._setup.demand, options, self._room)
        network, is_option = layout.network, layout.network.option >= 0
        option = at[network.option]
        taken = np.isin(
            option * (SLOTS + 1) + network.slot, state.chosen * (SLOTS + 1) + state.slot
        )
        flow = flow_of(layout, self._setup.demand, is_option & taken)
        points = self._class[option] * LIGHT + self._options.score[option]
        light = _corrected(layout, np.where(is_option, -points, 0), flow, state.light)
        if light is None:
            return None
        ranks, same = np.where(is_option, -self._class[option], 0), flow.copy()
        classes = _corrected(layout, ranks, same, state.classes or light.whole(LIGHT))
        if classes is None or ranks @ same != ranks @ flow:
            return None  # more of a class could be met than under the light weight
        used = np.flatnonzero((flow > 0) & is_option)
        used = used[np.argsort(option[used], kind="stable")]
        return _State(near, option[used], network.slot[used], light, classes)

    def _above(self, chosen: np.ndarray, prices: PriceColumns) -> tuple[np.ndarray, int]:
        """Options that would gain at the prices, and how far the bound lies above the choice."""
        demand, unit = self._setup.demand, self._options.unit
        net = self._net(self._setup.step, prices.helper, prices.slot)
        net -= np.append(prices.child, 0)[demand.child][unit]
        met = np.bincount(unit[chosen], minlength=len(demand.places))
        least = np.full(len(met), np.iinfo(np.int64).max)
        np.minimum.at(least, unit[chosen], net[chosen])
        least = np.where(met < demand.places, 0, np.maximum(least, 0))
        is_chosen = np.zeros(len(unit), dtype=bool)
        is_chosen[chosen] = True
        more, total = _loop("optionprices", "above")(self._start, net, least, is_chosen)
        bound = int(prices.helper @ self._room) + int(prices.slot.sum())
        bound += int(prices.child @ demand.child_room) + int(np.maximum(net[chosen], 0).sum())
        points = self._class * self._setup.step + self._options.score
        return more, bound + int(total) - int(points[chosen].sum())


def _loop(module: str, function: str) -> Callable[..., Any]:
    loop = compiled(f"matching.{module}", function)
    if loop is None:
        raise RuntimeError("the compiled loops were turned off while they ran")
    return loop


def _corrected(layout: Layout, cost: np.ndarray, flow: np.ndarray, labels: Labels) -> Labels | None:
    """The labels made true, and the flow the cheapest, in place."""
    network, label = layout.network, labels.on(layout)
    settle = _loop("settling", "settle")
    most = _VISITS_PER_NODE * len(label)
    if not settle(network.tail, network.head, cost, network.capacity, flow, label, most):
        return None
    return Labels.of(layout, label)


def _within_children(child: np.ndarray, room: np.ndarray, met: np.ndarray) -> np.ndarray:
    """The units met, without those of a child beyond what it may get."""
    at = np.flatnonzero(met & (child >= 0))
    at = at[np.argsort(child[at], kind="stable")]
    own = child[at]
    nth = np.arange(len(at)) - np.searchsorted(own, own)
    met = met.copy()
    met[at[nth >= room[own]]] = False
    return np.flatnonzero(met)
