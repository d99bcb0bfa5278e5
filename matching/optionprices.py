"""Compiled loops over the options of a round: what each brings at prices, and who would gain."""

from __future__ import annotations

import numpy as np
from numba import njit

from matching.shapes import SLOTS


@njit(cache=True, nogil=True)
def net_worth(helper, points, slots, price, dear):  # type: ignore[no-untyped-def]
    """Points of every option less its helper's price and that of its cheapest slot."""
    net = np.empty(len(helper), dtype=np.int64)
    for k in range(len(helper)):
        j = helper[k]
        net[k] = points[k] - price[j]
        if slots[k]:
            least = dear[j * SLOTS : (j + 1) * SLOTS].max()
            for slot in range(SLOTS):
                if slots[k] >> slot & 1:
                    least = min(least, dear[j * SLOTS + slot])
            net[k] -= least
    return net


@njit(cache=True, nogil=True)
def best_of_units(start, net):  # type: ignore[no-untyped-def]
    """The most that each unit could gain; 0 where nothing brings any gain."""
    best = np.zeros(len(start) - 1, dtype=np.int64)
    for i in range(len(best)):
        for k in range(start[i], start[i + 1]):
            best[i] = max(best[i], net[k])
    return best


@njit(cache=True, nogil=True)
def above(start, net, least, chosen):  # type: ignore[no-untyped-def]
    """Options not chosen that bring more than the least their unit has, and how much in all."""
    more = np.zeros(len(net), dtype=np.bool_)
    total = np.int64(0)
    for i in range(len(start) - 1):
        for k in range(start[i], start[i + 1]):
            if net[k] > least[i] and not chosen[k]:
                more[k] = True
                total += net[k] - least[i]
    return more, total
