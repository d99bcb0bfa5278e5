"""Where more places reach most, held against trying every way.

Seen to fail: sites dropped that reach less than another instead of no more (_undominated), a budget
of k - 1, demand that existing places reach counted a second time, a bound that nothing reaches.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.facilities import Siting, site_places, within

STEP = 0.01  # degrees: about a kilometre
POINTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=9)
FEW = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2)


def degrees(points: list[tuple[int, int]]) -> np.ndarray:
    """A grid in the south."""
    rows = np.array(points, dtype=float).reshape(-1, 2)
    return np.array([25.0, 115.0]) + rows * STEP


def by_trying(near: np.ndarray, done: np.ndarray, weights: np.ndarray, k: int) -> int:
    """The largest weight that any k columns and what is done reach."""
    return max(
        int(weights[done | near[:, list(some)].any(axis=1)].sum())
        for size in range(min(k, near.shape[1]) + 1)
        for some in combinations(range(near.shape[1]), size)
    )


@settings(max_examples=120)
@given(POINTS, POINTS, FEW, st.integers(0, 4), st.integers(300, 4000), st.data())
def test_no_other_sites_reach_more(
    villages: list[tuple[int, int]],
    sites: list[tuple[int, int]],
    there: list[tuple[int, int]],
    k: int,
    radius: int,
    data: st.DataObject,
) -> None:
    """Against every way; the plan says what it reaches, proves it, and one more never lowers it."""
    weights = np.array(
        data.draw(st.lists(st.integers(0, 20), min_size=len(villages), max_size=len(villages)))
    )
    demand, points, existing = degrees(villages), degrees(sites), degrees(there)
    found = site_places(demand, weights, points, existing, radius, k)
    near, done = within(demand, points, radius), within(demand, existing, radius).any(axis=1)
    assert found.covered == by_trying(near, done, weights, k)
    assert found.proven
    assert found.before == int(weights[done].sum())
    assert len(found.sites) <= k
    _says_what_it_reaches(found, near, done, weights)
    assert site_places(demand, weights, points, existing, radius, k + 1).covered >= found.covered
    more = np.vstack((existing, points[:1]))
    assert site_places(demand, weights, points, more, radius, k).covered >= found.covered


def _says_what_it_reaches(
    found: Siting, near: np.ndarray, done: np.ndarray, weights: np.ndarray
) -> None:
    """Each site's gain is the weight of what it names; the gains fall, and add up."""
    seen = done.copy()
    for site in found.sites:
        new = near[:, site.index] & ~seen & (weights > 0)
        assert set(site.reaches) == set(np.flatnonzero(new))
        assert site.gain == int(weights[new].sum()) > 0
        seen |= near[:, site.index]
    gains = [site.gain for site in found.sites]
    assert gains == sorted(gains, reverse=True)
    assert found.covered == found.before + sum(gains)


def test_a_place_nobody_knows_is_near_nothing() -> None:
    """NaN is no position; nothing to open where nothing is known."""
    nowhere = np.array([[np.nan, np.nan]])
    found = site_places(nowhere, np.array([5]), degrees([(0, 0)]), degrees([]), 1e7, 3)
    assert (found.sites, found.covered, found.total) == ((), 0, 5)


@pytest.mark.parametrize(("weight", "radius", "k"), [(-1, 1, 1), (1, -1, 1), (1, 1, -1)])
def test_what_makes_no_sense_is_refused(weight: int, radius: int, k: int) -> None:
    """By a ValueError."""
    one = degrees([(0, 0)])
    with pytest.raises(ValueError, match="not negative"):
        site_places(one, np.array([weight]), one, one, radius, k)
