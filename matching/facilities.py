"""Where a few more places would reach most: the maximal covering location problem.

R. Church and C. ReVelle, "The maximal covering location problem", Papers of the Regional Science
Association 32 (1974), 101-118: of all ways to open k facilities, the one that puts the largest
weight of demand within a distance of an open one. Here as a mixed integer program,

    max  sum_i w_i y_i   with  y_i <= sum_{j near i} x_j,  sum_j x_j <= k,  x binary, 0 <= y <= 1,

in which y needs no integrality (with x whole, the best y is whole). Demand that existing facilities
reach already is left out before, so are sites that would reach nothing more and those that reach
no more than another does; solved by HiGHS until the bound equals the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity, vstack

from matching.geometry import metres_between, unit_vectors

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """One site to open: its row among the sites, the weight it reaches that neither existing
    facilities nor sites before it reach, and the rows of that demand."""

    index: int
    gain: int
    reaches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Siting:
    """Sites to open, the most useful first. `before` is the weight that existing facilities reach,
    `covered` what they and the sites reach together, `bound` what nobody can exceed, `total` all
    there is."""

    sites: tuple[Site, ...]
    before: int
    covered: int
    bound: int
    total: int

    @property
    def proven(self) -> bool:
        """Whether no other sites reach more."""
        return self.covered == self.bound


def within(demand: np.ndarray, points: np.ndarray, radius: float) -> np.ndarray:
    """Which points (columns) lie within a radius in metres, as the crow flies, of which demand
    (rows). Both are rows of latitude and longitude in degrees; nothing is near what is NaN."""
    here, there = _vectors(demand), _vectors(points)
    metres = metres_between(here[:, None, :], there[None, :, :])
    near: np.ndarray = (metres >= 0) & (metres <= radius)
    return near


def _vectors(points: np.ndarray) -> np.ndarray:
    rows = np.asarray(points, dtype=float).reshape(-1, 2)
    return unit_vectors(rows[:, 0], rows[:, 1])


def site_places(
    demand: np.ndarray,
    weights: np.ndarray,
    sites: np.ndarray,
    existing: np.ndarray,
    radius: float,
    k: int,
) -> Siting:
    """The k sites that, with what exists, put the largest weight within the radius (metres).
    Weights are whole and not negative. Fewer sites come back where fewer reach all that can be
    reached. Raises ValueError for weights, radius or k that make no sense."""
    heavy = np.asarray(weights, dtype=np.int64)
    if radius < 0 or k < 0 or heavy.shape != (len(demand),) or (heavy < 0).any():
        raise ValueError("weights one a demand, none negative; radius and k not negative")
    done = within(demand, existing, radius).any(axis=1)
    near = within(demand, sites, radius) & (~done & (heavy > 0))[:, None]
    chosen, bound = _best(near, heavy, k)
    before = int(heavy[done].sum())
    ordered = _ordered(near, heavy, chosen)
    covered = before + sum(one.gain for one in ordered)
    return Siting(ordered, before, covered, before + bound, int(heavy.sum()))


def _best(near: np.ndarray, weights: np.ndarray, k: int) -> tuple[list[int], int]:
    """Columns to open and the bound of what they add."""
    wanted, useful = np.flatnonzero(near.any(axis=1)), _undominated(near)
    if k == 0 or not useful:
        return [], 0
    if len(useful) <= k:
        return useful, int(weights[wanted].sum())
    reach = csr_array(near[np.ix_(wanted, np.array(useful))].astype(float))
    n, m = len(wanted), len(useful)
    rows = hstack((identity(n, format="csr"), -reach))
    budget = csr_array(np.concatenate((np.zeros(n), np.ones(m)))[None, :])
    limits = np.concatenate((np.zeros(n), [float(k)]))
    solved = milp(
        -np.concatenate((weights[wanted].astype(float), np.zeros(m))),
        constraints=LinearConstraint(vstack((rows, budget), format="csr"), -np.inf, limits),
        integrality=np.concatenate((np.zeros(n), np.ones(m))),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
    )
    if solved.x is None:
        raise RuntimeError(solved.message)
    opened = [useful[at] for at in np.flatnonzero(solved.x[n:] > 0.5)]
    return opened, int(np.floor(-solved.mip_dual_bound + 1e-6))


def _undominated(near: np.ndarray) -> list[int]:
    """Sites that reach something, none of which reaches no more than another does; of equals the
    first."""
    sizes = near.sum(axis=0)
    kept: list[int] = []
    for site in sorted(np.flatnonzero(sizes), key=lambda j: (-sizes[j], j)):
        column = near[:, site]
        if not any((near[:, other] | ~column).all() for other in kept):
            kept.append(int(site))
    return sorted(kept)


def _ordered(near: np.ndarray, weights: np.ndarray, chosen: list[int]) -> tuple[Site, ...]:
    """Each time the site that adds most; those that add nothing are left out."""
    left, open_now = list(chosen), np.zeros(len(weights), dtype=bool)
    found = []
    while left:
        gains = {site: int(weights[near[:, site] & ~open_now].sum()) for site in left}
        best = max(left, key=lambda site: (gains[site], -site))
        if not gains[best]:
            break
        reached = np.flatnonzero(near[:, best] & ~open_now)
        found.append(Site(best, gains[best], tuple(int(one) for one in reached)))
        open_now |= near[:, best]
        left.remove(best)
    return tuple(found)
