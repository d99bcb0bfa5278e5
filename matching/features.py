"""What speaks for a pair: whole points by part that add up to its score, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from matching.pairwise import Pairwise
from matching.policy import PARTS, Policy
from matching.problem import Problem
from matching.relations import CONTINUITY, KNOWN, WILLING

Part = Callable[[Pairwise, int], np.ndarray]
FEATURES = PARTS[1:]  # what may be learned from: nothing but the parts of the score


def _skill(pairs: Pairwise, points: int) -> np.ndarray:
    """The share of the subjects asked for; half where the helper's are not known."""
    asked = pairs.n("subjects")
    asked_count = np.bitwise_count(asked).astype(np.int64)
    covered = np.bitwise_count(asked & pairs.h("subjects")).astype(np.int64)
    share = points * covered // np.maximum(asked_count, 1)
    share = np.where(pairs.h("subjects") == 0, points // 2, share)
    return np.where(asked_count == 0, points, share)


def _travel(pairs: Pairwise, points: int) -> np.ndarray:
    """Falls evenly to nothing at `far_minutes`; township for township where no place is known."""
    far = pairs.speed * pairs.policy.far_minutes
    near = points * np.maximum(far - pairs.metres, 0) // far
    unknown = np.where(pairs.same_township, points * 3 // 4, points // 3)
    return np.where(pairs.metres < 0, unknown, near)


def _slot(pairs: Pairwise, points: int) -> np.ndarray:
    """More common slots than needed are worth something; one more never costs anything."""
    wanted = pairs.n("required") + pairs.policy.spare_slots
    held = points * np.minimum(pairs.common_count, wanted) // np.maximum(wanted, 1)
    loose = np.where(pairs.common_count > 0, points, points // 2)
    return np.where(pairs.n("holds"), held, loose)


def _language(pairs: Pairwise, points: int) -> np.ndarray:
    unknown = (pairs.n("languages") == 0) | (pairs.h("languages") == 0)
    return np.where(unknown, points // 2, points)


def _waiting(pairs: Pairwise, points: int) -> np.ndarray:
    full = max(1, pairs.policy.waiting_days_full)
    return points * np.minimum(pairs.n("waiting"), full) // full


def _siblings(pairs: Pairwise, points: int) -> np.ndarray:
    return points * np.minimum(pairs.n("siblings"), 2) // 2


def _flag(flag: int) -> Part:
    return lambda pairs, points: np.where(pairs.flags & flag != 0, points, 0)


def _text(pairs: Pairwise, points: int) -> np.ndarray:
    texts = pairs.problem.texts if points else None
    if texts is None:
        return np.zeros(len(pairs), dtype=np.int64)
    return texts.columns.points(pairs.need, pairs.helper, points)


POINTS_FOR: Mapping[str, Part] = {
    "base": lambda pairs, points: np.full(len(pairs), points, dtype=np.int64),
    "skill": _skill,
    "travel": _travel,
    "slot": _slot,
    "language": _language,
    "waiting": _waiting,
    "siblings": _siblings,
    "willing": _flag(WILLING),
    "continuity": _flag(CONTINUITY),
    "known_to_child": _flag(KNOWN),
    "text": _text,
}


def parts_of(pairs: Pairwise) -> np.ndarray:
    """Whole points, shape (parts, pairs), in the order of PARTS."""
    points = pairs.policy.points
    return np.stack([POINTS_FOR[part](pairs, points[part]) for part in PARTS])


def scores_of(pairs: Pairwise) -> np.ndarray:
    """The scores, 1 to 1000."""
    return np.asarray(parts_of(pairs).sum(axis=0, dtype=np.int64))


def shares_of(pairs: Pairwise) -> np.ndarray:
    """The share of every part but `base` that each pair reaches, shape (pairs, parts - 1)."""
    fine = 10_000
    return np.column_stack([POINTS_FOR[part](pairs, fine) for part in FEATURES]) / fine


def pair_features(
    problem: Problem, pairs: Sequence[tuple[int, int]], policy: Policy | None = None
) -> np.ndarray:
    """One row for each (need id, helper id): the share of each part that the pair reaches."""
    need = np.array([problem.need_index(need_id) for need_id, _ in pairs], dtype=np.int64)
    helper = np.array([problem.helper_index(helper_id) for _, helper_id in pairs], dtype=np.int64)
    return shares_of(Pairwise(problem, policy or Policy(), need, helper))


# A datum that is not known is no mismatch: it lowers the certainty and is listed.
MISSING: Mapping[str, tuple[float, Callable[[Pairwise], np.ndarray]]] = {
    "need_place": (0.2, lambda p: p.in_person & np.isnan(p.n("point")[:, 0])),
    "helper_place": (0.2, lambda p: p.in_person & np.isnan(p.h("point")[:, 0])),
    "need_languages": (0.1, lambda p: p.n("languages") == 0),
    "helper_languages": (0.1, lambda p: p.h("languages") == 0),
    "helper_subjects": (0.2, lambda p: (p.n("subjects") != 0) & (p.h("subjects") == 0)),
    "helper_stages": (0.1, lambda p: (p.n("stage") != 0) & (p.h("stages") == 0)),
    "helper_modes": (0.1, lambda p: p.h("modes") == 0),
    "helper_periods": (0.1, lambda p: ~p.h("period_known")),
    "need_slots": (0.1, lambda p: p.n("slots") == 0),
}


def missing_of(pairs: Pairwise) -> list[tuple[str, ...]]:
    """The codes of what is not known, for each pair."""
    gaps = {code: rule(pairs) for code, (_, rule) in MISSING.items()}
    return [tuple(code for code in gaps if gaps[code][at]) for at in range(len(pairs))]


def certainty_of(missing: tuple[str, ...]) -> float:
    """1 when everything is known, never below 0.1."""
    return max(0.1, round(1.0 - sum(MISSING[code][0] for code in missing), 2))
