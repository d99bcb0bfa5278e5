"""The seam to what endings teach: pairs as numbers go in, weights and figures come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import matching
from jiedui.pairings.candidates.snapshot import own_policy
from jiedui.pairings.queries import endings as queries
from jiedui.pairings.queries.endings import Ending
from jiedui.pairings.rules.endings import Outcome
from jiedui.pairings.rules.scoring import Grouping, Verdict, Wished, groups_by


@dataclass(frozen=True)
class Lessons:
    """What is learned from, read in one transaction and kept without it."""

    endings: tuple[Ending, ...]
    wished: tuple[Wished, ...]
    policy: matching.Policy


@dataclass(frozen=True)
class Taught:
    """What came of it, as codes and numbers that can be stored."""

    verdict: Verdict
    figures: dict[str, Any]
    engine: str


def lessons(county_id: int) -> Lessons:
    """Everything learning asks of a county."""
    known = queries.endings(county_id)
    wished = queries.wished(county_id, known)
    return Lessons(tuple(known), tuple(wished), own_policy(county_id))


def taught(read: Lessons) -> Taught:
    """Learn from what has features and an outcome; needs no transaction."""
    rows = [
        (one.features, one.outcome is Outcome.kept)
        for one in read.endings
        if one.features is not None and one.outcome in (Outcome.kept, Outcome.early)
    ]
    found = matching.learn([row[0] for row in rows], [row[1] for row in rows], read.policy)
    figures = learned_figures(found) | {
        "left_out": left_out(read.endings),
        "groups": {
            by.value: [asdict(group) for group in groups_by(by, read.wished)] for by in Grouping
        },
    }
    return Taught(Verdict(found.verdict.value), figures, found.engine)


def left_out(known: Sequence[Ending]) -> dict[str, int]:
    """How many pairings taught nothing, by why."""
    count = Counter(one.outcome for one in known)
    bare = sum(
        one.features is None and one.outcome in (Outcome.kept, Outcome.early) for one in known
    )
    return {
        "nobodys": count[Outcome.nobodys],
        "not_yet": count[Outcome.not_yet],
        "no_features": bare,
    }


def learned_figures(found: matching.Learned) -> dict[str, Any]:
    """Weights, errors and calibration, rounded as they are stored and used."""

    def rounded(weights: Any) -> dict[str, float]:
        return {part: round(weight, 2) for part, weight in weights.items()}

    return {
        "outcomes": found.outcomes,
        "kept": found.lasted,
        "early": found.early,
        "least": matching.LEAST_OUTCOMES,
        "least_of_each": matching.LEAST_OF_EACH,
        "weights": rounded(found.weights),
        "priors": rounded(found.priors),
        "tried": rounded(found.tried) if found.tried else None,
        "calibration": found.calibration,
        "errors": {name: asdict(one) for name, one in (found.errors or {}).items()},
        "gain": round(found.gain, 5),
        "gain_error": round(found.gain_error, 5),
        "bins": [asdict(one) for one in found.bins],
    }
