"""An auction for places at helpers: nearly the best choice, fast, with prices that bound it."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def _best(start, helper, score, price, steps, i):  # type: ignore[no-untyped-def]
    """The best helper of a need at the present prices, and the gains of the best two; -1: none."""
    best, second, at = 0, 0, -1
    for e in range(start[i], start[i + 1]):
        gain = steps * int(score[e]) - price[helper[e]]
        if gain > best:
            best, second, at = gain, best, e
        elif gain > second:
            second = gain
    return at, best, second


@njit(cache=True, nogil=True)
def run_auction(start, helper, score, room, steps, most_bids):  # type: ignore[no-untyped-def]
    """Every need bids for the helper it gains most from, until nobody is outbid any more.

    `start` says where the pairs of each need begin. Prices move in `steps` to a point, at least
    one at a bid. Returns the pair of each need, -1 for none, the helpers' prices in steps, and
    whether it came to its end within `most_bids`.
    """
    needs, helpers = len(start) - 1, len(room)
    first = np.zeros(helpers + 1, dtype=np.int64)
    for j in range(helpers):
        first[j + 1] = first[j] + room[j]
    bid = np.zeros(first[helpers], dtype=np.int64)
    owner = np.full(first[helpers], -1, dtype=np.int64)
    price = np.zeros(helpers, dtype=np.int64)
    pair = np.full(needs, -1, dtype=np.int64)
    waiting = np.arange(needs - 1, -1, -1)
    count, bids = needs, 0
    while count and bids < most_bids:
        count -= 1
        bids += 1
        i = waiting[count]
        at, best, second = _best(start, helper, score, price, steps, i)
        if at < 0:
            continue
        j = helper[at]
        lowest = first[j]
        for place in range(first[j] + 1, first[j + 1]):
            if bid[place] < bid[lowest]:
                lowest = place
        if owner[lowest] >= 0:
            pair[owner[lowest]] = -1
            waiting[count] = owner[lowest]
            count += 1
        bid[lowest] = price[j] + best - second + 1
        owner[lowest] = i
        pair[i] = at
        price[j] = bid[first[j]]
        for place in range(first[j] + 1, first[j + 1]):
            price[j] = min(price[j], bid[place])
    return pair, price, count == 0


@njit(cache=True, nogil=True)
def gains_at(start, helper, score, price, steps):  # type: ignore[no-untyped-def]
    """The sum of what every need could gain at most at the prices, in steps: half the bound."""
    total = np.int64(0)
    for i in range(len(start) - 1):
        total += _best(start, helper, score, price, steps, i)[1]
    return total


@njit(cache=True, nogil=True)
def edge_losses(start, helper, score, price, steps):  # type: ignore[no-untyped-def]
    """For every edge, how much less its need gains by it than at best, and the sum of the best."""
    lost = np.empty(len(helper), dtype=np.int64)
    total = np.int64(0)
    for i in range(len(start) - 1):
        best = _best(start, helper, score, price, steps, i)[1]
        total += best
        for e in range(start[i], start[i + 1]):
            lost[e] = best - (steps * int(score[e]) - price[helper[e]])
    return lost, total
