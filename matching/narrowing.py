"""Exact, faster: an auction first, then the flow over those edges that could still be better.

At the auction's prices no choice is worth more than `bound`. An edge that loses more than the
auction's choice lies below that bound is in no better choice, so the flow need not see it; the
optimum over what is left, the auction's choice among it, is the optimum over everything.
"""

from __future__ import annotations

import numpy as np

from matching.compiled import compiled

_FROM_EDGES = 150_000  # below it the flow alone is as fast
_STEPS = 64
_BIDS_PER_NEED = 40
_MOST_SCORE = 2**15 - 1


def may_narrow(
    need: np.ndarray, score: np.ndarray, demand: np.ndarray, capacity: np.ndarray
) -> bool:
    """One place a need, small scores, and enough helpers: in scarcity bidding takes long."""
    if len(need) < _FROM_EDGES or int(score.max()) > _MOST_SCORE:
        return False
    return bool((demand == 1).all()) and int(capacity.sum()) >= len(demand)


def still_possible(
    need: np.ndarray, helper: np.ndarray, score: np.ndarray, capacity: np.ndarray, needs: int
) -> np.ndarray | None:
    """The edges, sorted by need, that the best choice could use; None when nothing was proven."""
    auction = compiled("matching.auction", "run_auction")
    if auction is None:
        return None
    losses = compiled("matching.auction", "edge_losses")
    start = np.searchsorted(need, np.arange(needs + 1))
    few = (start, helper.astype(np.int32), score.astype(np.int16))
    pair, price, finished = auction(*few, capacity, _STEPS, _BIDS_PER_NEED * needs)
    if not finished or losses is None:
        return None
    lost, gains = losses(*few, price, _STEPS)
    bound = int(price @ capacity) + int(gains)
    short = bound - _STEPS * int(score[pair[pair >= 0]].sum())
    return np.flatnonzero(lost <= short)
