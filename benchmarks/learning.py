"""How long learning from endings takes, and what it gains on endings that it has not seen.

    python benchmarks/learning.py                 ten thousand endings
    python benchmarks/learning.py --rows 2000     fewer
    python benchmarks/learning.py --json          one line of JSON for each figure

The endings are drawn from a seed: shares of the parts of the score, and lasting by planted weights
(the way counts nearly double, skill nearly half of the county's own). The same with lasting by
chance, of which nothing must be learned.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator

import numpy as np
from ledger import report
from scipy.special import expit

from matching import FEATURES, Learned, Policy, learn

Line = tuple[str, float, str, float | None]
OWN = {part: Policy().weight(part) for part in FEATURES}
PLANTED = OWN | {"travel": 390.0, "skill": 140.0}
SECONDS, STEEPNESS = 30.0, 6.0


def endings(
    rows: int, seed: int, weights: dict[str, float] | None
) -> tuple[list[dict[str, float]], list[bool]]:
    """Pairs and whether they lasted: by these weights, or seven of ten by chance."""
    chance = np.random.default_rng(seed)
    x = chance.random((rows, len(FEATURES))).round(4)
    true = np.array([(weights or OWN)[part] for part in FEATURES])
    p = expit(STEEPNESS * (x @ true / true.sum() - 0.5)) if weights else np.full(rows, 0.7)
    pairs = [dict(zip(FEATURES, map(float, row), strict=True)) for row in x]
    return pairs, (chance.random(rows) < p).tolist()


def timed(rows: int, weights: dict[str, float] | None) -> tuple[float, Learned]:
    """Seconds, and what was learned."""
    pairs, lasted = endings(rows, 1, weights)
    started = time.perf_counter()
    found = learn(pairs, lasted)
    return time.perf_counter() - started, found


def measured(rows: int) -> Iterator[Line]:
    """All figures."""
    seconds, found = timed(rows, PLANTED)
    yield f"learn from {rows} endings, held-out comparison and all", seconds, "s", SECONDS
    errors = found.errors or {}
    for name, words in (
        ("rate", "how many last"),
        ("priors", "the priors"),
        ("learned", "learned"),
    ):
        goal = errors["priors"].log_loss if name == "learned" else None
        yield f"log loss on endings not seen, {words}", errors[name].log_loss, "nats", goal
    for name, words in (("priors", "the priors"), ("learned", "learned")):
        yield f"calibration error on endings not seen, {words}", errors[name].ece, "", 0.05
    learned = found.weights["travel"] - PLANTED["travel"]
    yield "the way's learned weight, off the planted 390 by", abs(learned), "points", 60.0
    _, noise = timed(rows, None)
    moved = max(abs(noise.weights[part] - OWN[part]) for part in noise.weights)
    yield "by chance alone a weight moves by", moved, "points", 0.001


def main() -> int:
    """Print every figure; exit 1 when one misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    missed = sum(report(list(line), as_json=args.json) for line in measured(args.rows))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
