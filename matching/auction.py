"""Auctions for places at helpers: nearly the best choice, fast, with prices that bound it.

Where there are places enough, needs bid for places. In scarcity they would outbid each other
without end; there the places, which are fewer, bid for needs. Whoever was outbid waits at the
end of the line, so that those who fight for the same thing do so when all else is settled.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_TOO_DEAR = 2**40  # steps: more than any pair is worth


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
    price = np.where(room > 0, 0, _TOO_DEAR)
    pair = np.full(needs, -1, dtype=np.int64)
    line = np.arange(needs)
    front, count, bids = 0, needs, 0
    while count and bids < most_bids:
        i = line[front]
        front = front + 1 if front + 1 < needs else 0
        count -= 1
        bids += 1
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
            line[(front + count) % needs] = owner[lowest]
            count += 1
        bid[lowest] = price[j] + best - second + 1
        owner[lowest] = i
        pair[i] = at
        price[j] = bid[first[j]]
        for place in range(first[j] + 1, first[j + 1]):
            price[j] = min(price[j], bid[place])
    return pair, price, count == 0


@njit(cache=True, nogil=True)
def by_helper(start, helper, score, helpers):  # type: ignore[no-untyped-def]
    """The pairs helper by helper, the best first: where each begins, needs, scores, pairs."""
    most = 0
    for e in range(len(score)):
        most = max(most, int(score[e]))
    at = np.zeros(most + 2, dtype=np.int64)
    first = np.zeros(helpers + 1, dtype=np.int64)
    for e in range(len(score)):
        at[most - score[e] + 1] += 1
        first[helper[e] + 1] += 1
    at, first = np.cumsum(at), np.cumsum(first)
    best_first, whose = np.empty(len(score), np.int64), np.empty(len(score), np.int32)
    for i in range(len(start) - 1):
        for e in range(start[i], start[i + 1]):
            best_first[at[most - score[e]]] = e
            whose[at[most - score[e]]] = i
            at[most - score[e]] += 1
    fill = first[:-1].copy()
    need, points = whose.copy(), score.copy()
    pair = best_first.copy()
    for k in range(len(score)):
        e = best_first[k]
        to = fill[helper[e]]
        need[to], points[to], pair[to] = whose[k], score[e], e
        fill[helper[e]] += 1
    return first, need, points, pair


@njit(cache=True, nogil=True)
def _best_need(first, need, points, price, holder, steps, j):  # type: ignore[no-untyped-def]
    """The best need that a helper does not hold yet, and the gains of the best two; -1: none."""
    best, second, at = 0, 0, -1
    for k in range(first[j], first[j + 1]):
        most = steps * int(points[k])
        if most <= second:
            break  # the best come first, and no price is below 0
        gain = most - price[need[k]]
        if gain > second and holder[need[k]] != j:
            if gain > best:
                best, second, at = gain, best, k
            else:
                second = gain
    return at, best, second


@njit(cache=True, nogil=True)
def run_offers(start, helper, score, room, steps, most_bids):  # type: ignore[no-untyped-def]
    """Every place bids for the need it gains most from; takes and returns as `run_auction`.

    A helper's price is what its best need among those that it does not hold would bring.
    """
    needs, helpers = len(start) - 1, len(room)
    first, need, points, origin = by_helper(start, helper, score, helpers)
    price = np.zeros(needs, dtype=np.int64)
    holder = np.full(needs, -1, dtype=np.int64)
    pair = np.full(needs, -1, dtype=np.int64)
    line = np.repeat(np.arange(helpers), room)
    front, count, bids, places = 0, len(line), 0, len(line)
    while count and bids < most_bids:
        j = line[front]
        front = front + 1 if front + 1 < places else 0
        count -= 1
        bids += 1
        at, best, second = _best_need(first, need, points, price, holder, steps, j)
        if at < 0:
            continue
        i = need[at]
        if holder[i] >= 0:
            line[(front + count) % places] = holder[i]
            count += 1
        holder[i] = j
        pair[i] = origin[at]
        price[i] += best - second + 1
    worth = np.zeros(helpers, dtype=np.int64)
    for j in range(helpers):
        worth[j] = _best_need(first, need, points, price, holder, steps, j)[1]
    return pair, worth, count == 0


@njit(cache=True, nogil=True)
def gains_at(start, helper, score, price, steps):  # type: ignore[no-untyped-def]
    """The sum of what every need could gain at most at the prices, in steps: half the bound."""
    total = np.int64(0)
    for i in range(len(start) - 1):
        total += _best(start, helper, score, price, steps, i)[1]
    return total


@njit(cache=True, nogil=True)
def best_gains(start, helper, score, price):  # type: ignore[no-untyped-def]
    """What every need could gain at most at the prices, in points."""
    gains = np.empty(len(start) - 1, dtype=np.int64)
    for i in range(len(gains)):
        gains[i] = _best(start, helper, score, price, 1, i)[1]
    return gains


@njit(cache=True, nogil=True)
def within(start, helper, score, price, steps, reach):  # type: ignore[no-untyped-def]
    """Marks every edge that gains its need at most `reach` steps less than its best one."""
    near = np.zeros(len(helper), dtype=np.bool_)
    for i in range(len(start) - 1):
        least = _best(start, helper, score, price, steps, i)[1] - reach
        for e in range(start[i], start[i + 1]):
            near[e] = steps * int(score[e]) - price[helper[e]] >= least
    return near
