"""What endings teach: weights beside the county's own, held against them on endings that neither
has seen. The county's own stay unless the learned ones are surely better."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from matching.features import FEATURES
from matching.policy import Policy

# Below these nothing is tried: with six free weights fifty early endings are eight a weight, which
# only a strong prior lets pass (Peduzzi and others 1996 ask for ten without one).
LEAST, LEAST_OF_EACH = 200, 50
# Below this a calibration of free shape overfits (scikit-learn's guide; Niculescu-Mizil and Caruana
# 2005): only the curve of two parameters is tried.
ISOTONIC_FROM = 1000
FOLDS, BINS = 5, 10
SURE = 1.645  # standard errors that the gain must exceed: one chance in twenty, one-sided
LEAST_GAIN = 0.002  # of log loss an ending: less changes no list that anybody would notice
VERSION = "learning 1"


class Verdict(StrEnum):
    """What came of learning; only `better` leaves the county's own weights."""

    too_few = "too_few"
    one_sided = "one_sided"
    not_better = "not_better"
    better = "better"


@dataclass(frozen=True)
class Errors:
    """How far probabilities are from what happened, on endings held out; less is better."""

    log_loss: float
    brier: float
    ece: float  # expected calibration error, over bins of as many pairs each


@dataclass(frozen=True)
class Bin:
    """Pairs of like probability: what was said of them, and how many of them lasted."""

    said: float
    seen: float
    pairs: int


@dataclass(frozen=True)
class Learned:
    """What endings taught. `weights` has the parts that may be learned, in the units of the
    policy; they are the policy's own unless the verdict is `better`, and add up to the same.
    `tried` has what was learned whatever the verdict, `held_out` the probability of each ending by
    a model that had not seen it."""

    verdict: Verdict
    outcomes: int
    lasted: int
    weights: Mapping[str, float]
    priors: Mapping[str, float]
    tried: Mapping[str, float] | None = None
    calibration: str | None = None
    errors: Mapping[str, Errors] | None = None
    gain: float = 0.0
    gain_error: float = 0.0
    bins: tuple[Bin, ...] = ()
    held_out: tuple[float, ...] = ()
    engine: str = VERSION

    @property
    def early(self) -> int:
        """How many ended early."""
        return self.outcomes - self.lasted


def learn(
    pairs: Sequence[Mapping[str, float]], lasted: Sequence[bool], policy: Policy | None = None
) -> Learned:
    """Learn from pairs as they were when they were proposed (the share of each part, see
    `pair_features`) and whether each lasted. The same rows in the same order give the same answer.

    >>> learn([{"skill": 1.0}], [True]).verdict.value
    'too_few'
    """
    policy = policy or Policy()
    y = np.array(lasted, dtype=np.int64)
    if len(pairs) != len(y):
        raise ValueError("lasted: not one for each pair")
    X = np.array([[row.get(part, 0.0) for part in FEATURES] for row in pairs], dtype=np.float64)
    if len(y) and not ((X >= 0) & (X <= 1)).all():
        raise ValueError("pairs: a share is not between 0 and 1")
    # scikit-learn is slow to load, and few processes need it
    scorer = importlib.import_module("matching.scorer")
    priors = {part: policy.weight(part) for part in scorer.LEARNED}
    early = int((y == 0).sum())
    verdict = Verdict.too_few if len(y) < LEAST else Verdict.one_sided
    if len(y) < LEAST or min(early, len(y) - early) < LEAST_OF_EACH:
        return Learned(verdict, len(y), len(y) - early, priors, priors)
    return _compared(X, y, policy, priors)


def _compared(X: np.ndarray, y: np.ndarray, policy: Policy, priors: dict[str, float]) -> Learned:
    """Three models say how likely each ending was without having seen it: one that knows only how
    many last, the county's weights, the learned ones; the two latter calibrated alike."""
    prior = {part: policy.weight(part) for part in FEATURES}
    models = importlib.import_module("matching.calibrated")
    shapes = ("sigmoid", "isotonic") if len(y) >= ISOTONIC_FROM else ("sigmoid",)
    by_shape = {s: models.held_out(X, y, prior, s, FOLDS, learning=False) for s in shapes}
    # Chosen by what it does for the priors, so that the choice favours nobody.
    shape = min(shapes, key=lambda s: float(_losses(by_shape[s], y).mean()))
    said = {
        "rate": models.held_out_rate(y, FOLDS),
        "priors": by_shape[shape],
        "learned": models.held_out(X, y, prior, shape, FOLDS, learning=True),
    }
    gains = _losses(said["priors"], y) - _losses(said["learned"], y)
    gain, error = float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(len(y)))
    errors = {name: errors_of(p, y) for name, p in said.items()}
    better = (
        gain > max(LEAST_GAIN, SURE * error) and errors["learned"].brier < errors["priors"].brier
    )
    tried = models.weights(X, y, prior, priors)
    return Learned(
        verdict=Verdict.better if better else Verdict.not_better,
        outcomes=len(y),
        lasted=int(y.sum()),
        weights=tried if better else priors,
        priors=priors,
        tried=tried,
        calibration=shape,
        errors=errors,
        gain=gain,
        gain_error=error,
        bins=bins_of(said["learned"], y),
        held_out=tuple(said["learned"].tolist()),
        engine=f"{VERSION}, scikit-learn {models.sklearn_version}",
    )


def _losses(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -np.log(np.where(y == 1, p, 1 - p))


def errors_of(p: Any, y: Any) -> Errors:
    """Log loss, Brier score and calibration error of probabilities (0 < p < 1).

    >>> errors_of([0.5, 0.5], [1, 0])
    Errors(log_loss=0.6931471805599453, brier=0.25, ece=0.0)
    """
    p, y = np.asarray(p, dtype=np.float64), np.asarray(y, dtype=np.int64)
    off = sum(abs(one.said - one.seen) * one.pairs for one in bins_of(p, y)) / len(y)
    return Errors(float(_losses(p, y).mean()), float(((p - y) ** 2).mean()), float(off))


def bins_of(p: np.ndarray, y: np.ndarray) -> tuple[Bin, ...]:
    """Ten bins of as many pairs each, those least likely to last first; fewer where many are
    said to be as likely."""
    cuts = np.unique(np.quantile(p, np.linspace(0, 1, BINS + 1)[1:-1]))
    at = np.searchsorted(cuts, p, side="right")
    return tuple(
        Bin(float(p[at == k].mean()), float(y[at == k].mean()), int((at == k).sum()))
        for k in np.unique(at)
    )
