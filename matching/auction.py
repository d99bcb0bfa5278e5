"""Auctions for places at helpers: nearly the best choice, fast, with prices that bound it.

Where there are places enough, needs bid for places. In scarcity they would outbid each other
without end; there the places, which are fewer, bid for needs. Whoever was outbid waits at the
end of the line, so that those who fight for the same thing do so when all else is settled.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_NEED_BITS = 32  # a need's number within that of a pair
_NEED_MASK = 2**_NEED_BITS - 1
_AT_A_TIME = 2**14  # bidders who come in together: a county, so that what they look at lies near
# Prices are looked up at random, pair by pair, so they are kept small: scores have 15 bits, and
# there are fewer than 2**15 steps to a point.
_TOO_DEAR = 2**30  # steps: more than any pair is worth


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
    price = np.where(room > 0, 0, _TOO_DEAR).astype(np.int32)
    pair = np.full(needs, -1, dtype=np.int64)
    line = np.empty(needs, dtype=np.int32)
    front, count, bids, come = 0, 0, 0, 0
    while (count or come < needs) and bids < most_bids:
        while come < needs and not (count and come % _AT_A_TIME == 0):
            line[(front + count) % needs] = come
            count += 1
            come += 1
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
    return pair, price.astype(np.int64), count == 0 and come == needs


@njit(cache=True, nogil=True)
def _ranked(start, helper, score, helpers):  # type: ignore[no-untyped-def]
    """The pairs helper by helper, the best first: where each begins, and a number for each pair
    that holds how far it is from the best score of all, and its need.

    One number a pair, sorted within each helper: a province has 60 million pairs, and where each
    came from can be found again for the few that are chosen.
    """
    first = np.zeros(helpers + 1, dtype=np.int64)
    for e in range(len(helper)):
        first[helper[e] + 1] += 1
    first = np.cumsum(first)
    fill = first[:-1].copy()
    most = np.int64(score.max()) if len(score) else np.int64(0)
    ranked = np.empty(len(score), dtype=np.int64)
    for i in range(len(start) - 1):
        for e in range(start[i], start[i + 1]):
            ranked[fill[helper[e]]] = (most - score[e]) << _NEED_BITS | i
            fill[helper[e]] += 1
    for j in range(helpers):
        ranked[first[j] : first[j + 1]].sort()
    return first, ranked, most


@njit(cache=True, nogil=True)
def _best_need(first, ranked, most, price, holder, steps, j):  # type: ignore[no-untyped-def]
    """The best need that a helper does not hold yet, and the gains of the best two; -1: none."""
    best, second, need = 0, 0, -1
    for k in range(first[j], first[j + 1]):
        worth = steps * (most - (ranked[k] >> _NEED_BITS))
        if worth <= second:
            break  # the best come first, and no price is below 0
        i = ranked[k] & _NEED_MASK
        gain = worth - price[i]
        if gain > second and holder[i] != j:
            if gain > best:
                best, second, need = gain, best, i
            else:
                second = gain
    return need, best, second


@njit(cache=True, nogil=True)
def _pair_of(start, helper, score, i, j):  # type: ignore[no-untyped-def]
    """Where the best pair of a need and a helper stands; -1 if there is none."""
    at = -1
    for e in range(start[i], start[i + 1]):
        if helper[e] == j and (at < 0 or score[e] > score[at]):
            at = e
    return at


@njit(cache=True, nogil=True)
def run_offers(start, helper, score, room, steps, most_bids):  # type: ignore[no-untyped-def]
    """Every place bids for the need it gains most from; takes and returns as `run_auction`.

    A helper's price is what its best need among those that it does not hold would bring.
    """
    needs, helpers = len(start) - 1, len(room)
    first, ranked, most = _ranked(start, helper, score, helpers)
    price = np.zeros(needs, dtype=np.int32)
    holder = np.full(needs, -1, dtype=np.int32)
    seats = np.repeat(np.arange(helpers), room)
    line = np.empty(len(seats), dtype=np.int32)
    front, count, bids, come, places = 0, 0, 0, 0, len(seats)
    while (count or come < places) and bids < most_bids:
        while come < places and not (count and come % _AT_A_TIME == 0):
            line[(front + count) % places] = seats[come]
            count += 1
            come += 1
        j = line[front]
        front = front + 1 if front + 1 < places else 0
        count -= 1
        bids += 1
        i, best, second = _best_need(first, ranked, most, price, holder, steps, j)
        if i < 0:
            continue
        if holder[i] >= 0:
            line[(front + count) % places] = holder[i]
            count += 1
        holder[i] = j
        price[i] += best - second + 1
    worth = np.zeros(helpers, dtype=np.int64)
    for j in range(helpers):
        worth[j] = _best_need(first, ranked, most, price, holder, steps, j)[1]
    pair = np.full(needs, -1, dtype=np.int64)
    for i in np.flatnonzero(holder >= 0):
        pair[i] = _pair_of(start, helper, score, i, holder[i])
    return pair, worth, count == 0 and come == places


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
