"""How fast it is found where a county's next places reach most children, and that nothing better
exists.

    python benchmarks/facilities.py                 300 villages, 5 places more
    python benchmarks/facilities.py --villages 1000 --places 10
    python benchmarks/facilities.py --json          one line of JSON for each figure

The county is drawn from a seed: villages clustered round townships, children unevenly, a place in
every eighth village, 30 minutes on foot. The peer opens, one after another, the place that adds
most (greedy).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator

import numpy as np
from ledger import report

from matching.facilities import site_places, within

Line = tuple[str, float, str, float | None]
SECONDS, RADIUS, TOWNSHIPS = 5.0, 2000 / 1.35, 19


def county(villages: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where villages lie, how many children are on file in each, where places are."""
    chance = np.random.default_rng(seed)
    towns = np.column_stack(
        (chance.uniform(25.2, 25.9, TOWNSHIPS), chance.uniform(115.5, 116.0, TOWNSHIPS))
    )
    points = towns[chance.integers(TOWNSHIPS, size=villages)]
    points = points + chance.normal(0, 0.022, (villages, 2))
    return points, chance.poisson(chance.gamma(1.2, 3.0, villages)), points[::8]


def greedy(points: np.ndarray, weights: np.ndarray, there: np.ndarray, k: int) -> int:
    """What is reached when each next place is the one that adds most."""
    near, done = within(points, points, RADIUS), within(points, there, RADIUS).any(axis=1)
    for _ in range(k):
        gains = ((near & ~done[:, None]) * weights[:, None]).sum(axis=0)
        done |= near[:, int(gains.argmax())]
    return int(weights[done].sum())


def measured(villages: int, k: int) -> Iterator[Line]:
    """All figures."""
    few, some, near = county(40)
    site_places(few, some, few, near, RADIUS, 2)  # loads what is loaded once in a process
    points, weights, there = county(villages)
    started = time.perf_counter()
    found = site_places(points, weights, points, there, RADIUS, k)
    seconds = time.perf_counter() - started
    size = f"{villages} villages, {k} places more"
    yield f"{size}: found and proven", seconds, "s", SECONDS
    yield f"{size}: gap to the bound", found.bound - found.covered, "children", 1
    yield f"{size}: children near a place before", found.before, "children", None
    yield f"{size}: and then", found.covered, "children", None
    yield f"{size}: of all", found.total, "children", None
    one_by_one = greedy(points, weights, there, k)
    yield f"{size}: more than one by one (greedy)", found.covered - one_by_one, "children", None


def main() -> int:
    """Print every figure; exit 1 when one misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--villages", type=int, default=300)
    parser.add_argument("--places", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    lines = measured(args.villages, args.places)
    missed = sum(report(list(line), as_json=args.json) for line in lines)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
