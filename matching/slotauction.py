"""Auctions like those of matching.auction where a helper can be in one weekly slot only once.

A helper's places stand in a row; each has its owner, its bid and its slot. A slot is open to
others when nobody holds it, or when its owner could as well have another one that is free.
What comes out is nearly right only: the flow that starts from it is what decides.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from matching.shapes import SLOTS

_TOO_DEAR = 2**40  # steps: more than any pair is worth


@njit(cache=True, nogil=True)
def _bit(mask):  # type: ignore[no-untyped-def]
    """The number of the lowest bit that is set."""
    slot = 0
    while not mask >> slot & 1:
        slot += 1
    return slot


@njit(cache=True, nogil=True)
def _free(first, last, owner, slot):  # type: ignore[no-untyped-def]
    """The slots, as bits, that nobody holds at a helper."""
    free = np.int64(2**SLOTS - 1)
    for x in range(first, last):
        if owner[x] >= 0 and slot[x] >= 0:
            free &= ~(1 << slot[x])
    return free


@njit(cache=True, nogil=True)
def _open(first, last, owner, slot, held):  # type: ignore[no-untyped-def]
    """The slots that are free, or whose owner could move to one that is."""
    free = _free(first, last, owner, slot)
    found = free
    for x in range(first, last):
        if owner[x] >= 0 and slot[x] >= 0 and held[x] & free:
            found |= 1 << slot[x]
    return found


@njit(cache=True, nogil=True)
def _enter(first, last, owner, slot, held, x, i, mask):  # type: ignore[no-untyped-def]
    """Give place x, empty now, to a unit in an open slot; its owner moves if need be."""
    if mask:
        free = _free(first, last, owner, slot)
        if not mask & free:
            for y in range(first, last):
                if owner[y] >= 0 and slot[y] >= 0 and mask >> slot[y] & 1 and held[y] & free:
                    mask = 1 << slot[y]
                    slot[y] = _bit(held[y] & free)
                    break
        else:
            mask &= free
    owner[x], held[x] = i, mask
    slot[x] = _bit(mask) if mask else -1


@njit(cache=True, nogil=True)
def _cheapest(first, last, bid, slot, mask):  # type: ignore[no-untyped-def]
    """The place with the lowest bid among those in the slots of a mask, or among all for 0."""
    at = -1
    for x in range(first, last):
        fits = mask == 0 or (slot[x] >= 0 and mask >> slot[x] & 1)
        if fits and (at < 0 or bid[x] < bid[at]):
            at = x
    return at


@njit(cache=True, nogil=True)
def _best_pair(start, helper, score, masks, first, bid, slot, low, open_, steps, i):  # type: ignore[no-untyped-def]
    """The best pair of a unit at the present bids, its price, and the gains of the best two."""
    best, second, at, price = 0, 0, -1, 0
    for e in range(start[i], start[i + 1]):
        j = helper[e]
        gain = steps * int(score[e]) - low[j]
        if gain <= second:
            continue
        cost = low[j]
        if masks[e] and not masks[e] & open_[j]:
            cost = bid[_cheapest(first[j], first[j + 1], bid, slot, masks[e])]
            gain = steps * int(score[e]) - cost
        if gain > best:
            best, second, at, price = gain, best, e, cost
        elif gain > second:
            second = gain
    return at, price, best, second


@njit(cache=True, nogil=True)
def run_slot_auction(start, helper, score, masks, room, steps, most_bids):  # type: ignore[no-untyped-def]
    """Units bid for places. `masks` has the slots of each pair as bits, 0 where none is held.

    Returns the pair of each unit or -1, its slot or -1, prices of helpers and of their slots
    in steps, and whether it came to its end.
    """
    units, helpers = len(start) - 1, len(room)
    first = np.zeros(helpers + 1, dtype=np.int64)
    first[1:] = np.cumsum(room)
    places = first[helpers]
    bid, slot = np.zeros(places, dtype=np.int64), np.full(places, -1, dtype=np.int64)
    owner, held = np.full(places, -1, dtype=np.int64), np.zeros(places, dtype=np.int64)
    low = np.where(room > 0, 0, _TOO_DEAR)
    open_ = np.full(helpers, 2**SLOTS - 1, dtype=np.int64)
    pair = np.full(units, -1, dtype=np.int64)
    line = np.arange(units)
    front, count, bids = 0, units, 0
    while count and bids < most_bids:
        i = line[front]
        front = front + 1 if front + 1 < units else 0
        count -= 1
        bids += 1
        at, price, best, second = _best_pair(
            start, helper, score, masks, first, bid, slot, low, open_, steps, i
        )
        if at < 0:
            continue
        j, mask = helper[at], masks[at]
        here, beyond = first[j], first[j + 1]
        x = _cheapest(here, beyond, bid, slot, 0 if mask & open_[j] else mask)
        if owner[x] >= 0:
            pair[owner[x]] = -1
            line[(front + count) % units] = owner[x]
            count += 1
            owner[x] = -1
        _enter(here, beyond, owner, slot, held, x, i, mask)
        held[x] = mask
        bid[x], pair[i] = price + best - second + 1, at
        low[j] = bid[_cheapest(here, beyond, bid, slot, 0)]
        open_[j] = _open(here, beyond, owner, slot, held)
    return pair, *_outcome(units, first, owner, slot, bid, low, open_), count == 0


@njit(cache=True, nogil=True)
def _outcome(units, first, owner, slot, bid, low, open_):  # type: ignore[no-untyped-def]
    """The slot of each unit, and what helpers and their slots cost beyond."""
    taken = np.full(units, -1, dtype=np.int64)
    dear = np.zeros(len(low) * SLOTS, dtype=np.int64)
    for j in range(len(low)):
        for x in range(first[j], first[j + 1]):
            if owner[x] >= 0:
                taken[owner[x]] = slot[x]
                if slot[x] >= 0 and not open_[j] >> slot[x] & 1:
                    dear[j * SLOTS + slot[x]] = bid[x] - low[j]
    return taken, low, dear


@njit(cache=True, nogil=True)
def _by_helper(start, helper, score, helpers):  # type: ignore[no-untyped-def]
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
def _best_unit(begin, end, need, points, masks, price, holder, open_, steps, j):  # type: ignore[no-untyped-def]
    """The best unit that a helper could still take, and the gains of the best two; -1: none."""
    best, second, at = 0, 0, -1
    for k in range(begin, end):
        most = steps * int(points[k])
        if most <= second:
            break  # the best come first, and no price is below 0
        gain = most - price[need[k]]
        if gain > second and holder[need[k]] != j and (masks[k] == 0 or masks[k] & open_):
            if gain > best:
                best, second, at = gain, best, k
            else:
                second = gain
    return at, best, second


@njit(cache=True, nogil=True)
def run_slot_offers(start, helper, score, masks, room, steps, most_bids):  # type: ignore[no-untyped-def]
    """Places bid for units; takes and returns as `run_slot_auction`."""
    units, helpers = len(start) - 1, len(room)
    begin, need, points, origin = _by_helper(start, helper, score, helpers)
    mask_of = masks[origin]
    first = np.zeros(helpers + 1, dtype=np.int64)
    first[1:] = np.cumsum(room)
    places = first[helpers]
    owner, held = np.full(places, -1, dtype=np.int64), np.zeros(places, dtype=np.int64)
    slot = np.full(places, -1, dtype=np.int64)
    open_ = np.full(helpers, 2**SLOTS - 1, dtype=np.int64)
    price, place = np.zeros(units, dtype=np.int64), np.full(units, -1, dtype=np.int64)
    holder, pair = np.full(units, -1, dtype=np.int64), np.full(units, -1, dtype=np.int64)
    line = np.repeat(np.arange(helpers), room)
    front, count, bids = 0, places, 0
    while count and bids < most_bids:
        j = line[front]
        front = front + 1 if front + 1 < places else 0
        count -= 1
        bids += 1
        at, best, second = _best_unit(
            begin[j], begin[j + 1], need, points, mask_of, price, holder, open_[j], steps, j
        )
        if at < 0:
            continue
        i = need[at]
        if holder[i] >= 0:
            other = holder[i]
            owner[place[i]] = -1
            open_[other] = _open(first[other], first[other + 1], owner, slot, held)
            line[(front + count) % places] = other
            count += 1
        x = first[j]
        while owner[x] >= 0:
            x += 1
        _enter(first[j], first[j + 1], owner, slot, held, x, i, mask_of[at])
        held[x] = mask_of[at]
        open_[j] = _open(first[j], first[j + 1], owner, slot, held)
        holder[i], place[i], pair[i] = j, x, origin[at]
        price[i] += best - second + 1
    taken = np.where(place >= 0, slot[np.maximum(place, 0)], -1)
    worth, dear = _worth(begin, need, points, mask_of, price, holder, open_, steps)
    return pair, taken, worth, dear, count == 0


@njit(cache=True, nogil=True)
def _worth(begin, need, points, masks, price, holder, open_, steps):  # type: ignore[no-untyped-def]
    """What one more place of each helper, and each slot beyond it, would bring."""
    helpers = len(open_)
    worth, dear = np.zeros(helpers, dtype=np.int64), np.zeros(helpers * SLOTS, dtype=np.int64)
    for j in range(helpers):
        worth[j] = _best_unit(
            begin[j], begin[j + 1], need, points, masks, price, holder, open_[j], steps, j
        )[1]
        for k in range(begin[j], begin[j + 1]):
            more = steps * int(points[k]) - price[need[k]] - worth[j]
            if more > 0 and holder[need[k]] != j:
                for t in range(SLOTS):
                    if masks[k] >> t & 1:
                        dear[j * SLOTS + t] = max(dear[j * SLOTS + t], more)
    return worth, dear
