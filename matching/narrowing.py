"""Exact, faster: an auction first, then the best choice among the edges near the auction's.

The auction's choice is nearly the best and its prices nearly fit. Both are settled over those
edges that lose little at the prices; the prices that come out are then held against all edges.
If they leave nobody a gain beyond the choice, it is proven to be the best of all; if they do,
the edges that would gain are taken in, and it is settled once more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arcs import Arcs, Network
from matching.compiled import compiled

_FROM_EDGES = 100_000  # below it the flow alone is as fast
_PACES = ((8, 40), (1, 400))  # steps to a point, and bids a need before the next pace is tried
_NEAR = 4  # points
_ROUNDS = 12
_VISITS_PER_NODE = 400
_MOST_SCORE = 2**15 - 1


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen edges, and the bound that the prices prove over all edges."""

    chosen: np.ndarray
    bound: int


@dataclass(frozen=True, slots=True)
class _Edges:
    """All edges by need, as the compiled loops read them."""

    start: np.ndarray
    helper: np.ndarray
    score: np.ndarray

    def rows(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self.start, self.helper, self.score


def may_narrow(score: np.ndarray, demand: np.ndarray) -> bool:
    """One place a need, small scores, and edges enough to make it worth while."""
    if len(score) < _FROM_EDGES or int(score.max()) > _MOST_SCORE:
        return False
    return bool((demand == 1).all())


def proven_choice(
    need: np.ndarray, helper: np.ndarray, score: np.ndarray, capacity: np.ndarray, needs: int
) -> Choice | None:
    """The best choice among edges sorted by need, proven over all; None when it was not found."""
    ample = int(capacity.sum()) >= needs
    auction = compiled("matching.auction", "run_auction" if ample else "run_offers")
    if auction is None:
        return None
    start = np.searchsorted(need, np.arange(needs + 1))
    edges = _Edges(start, helper.astype(np.int32), score.astype(np.int16))
    for steps, bids in _PACES:
        pair, price, finished = auction(*edges.rows(), capacity, steps, bids * needs)
        if finished:
            return _settled(need, edges, capacity, pair[pair >= 0], price, steps)
    return None


def _settled(
    need: np.ndarray,
    edges: _Edges,
    capacity: np.ndarray,
    chosen: np.ndarray,
    price: np.ndarray,
    steps: int,
) -> Choice | None:
    settle, within = compiled("matching.settling", "settle"), compiled("matching.auction", "within")
    best_gains = compiled("matching.auction", "best_gains")
    if settle is None or within is None or best_gains is None:
        return None
    use = within(*edges.rows(), price, steps, _NEAR * steps)
    price = (price + steps // 2) // steps
    gains = best_gains(*edges.rows(), price)
    for _ in range(_ROUNDS):
        use[chosen] = True
        at = np.flatnonzero(use)
        network = _network(need[at], edges.helper[at], edges.score[at], capacity, len(gains))
        flow = _flow(network, np.isin(at, chosen, assume_unique=True), capacity, len(gains))
        label = np.concatenate((gains, -price, [0]))
        arcs = (network.tail, network.head, network.cost, network.capacity)
        if not settle(*arcs, flow, label, _VISITS_PER_NODE * len(label)):
            return None
        chosen = at[flow[: len(at)] > 0]
        price = np.maximum(label[-1] - label[len(gains) : -1], 0)
        gains = best_gains(*edges.rows(), price)
        bound = int(price @ capacity) + int(gains.sum())
        if bound == int(edges.score[chosen].sum(dtype=np.int64)):
            return Choice(chosen, bound)
        use |= within(*edges.rows(), price, 1, 0)
    return None


def _network(
    need: np.ndarray, helper: np.ndarray, score: np.ndarray, capacity: np.ndarray, needs: int
) -> Network:
    """need -> helper -> sink, over some edges."""
    arcs, sink = Arcs(), needs + len(capacity)
    arcs.add(need, needs + helper, 1, -score.astype(np.int64), np.arange(len(need)))
    arcs.add(needs + np.arange(len(capacity)), sink, capacity)
    arcs.add(np.arange(needs), sink)
    return arcs.network(np.zeros(sink + 1, dtype=np.int64), sink)


def _flow(network: Network, is_chosen: np.ndarray, capacity: np.ndarray, needs: int) -> np.ndarray:
    """The flow of a choice."""
    taken = np.flatnonzero(is_chosen)
    helpers = np.bincount(network.head[taken] - needs, minlength=len(capacity))
    unmet = 1 - np.bincount(network.tail[taken], minlength=needs)
    return np.concatenate((is_chosen, helpers, unmet), dtype=np.int64)
