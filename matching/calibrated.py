"""FitScorer with calibrated probabilities, and what it says of endings it has not seen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sklearn import __version__ as sklearn_version
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from matching.scorer import FitScorer

__all__ = ["held_out", "held_out_rate", "model", "sklearn_version", "weights"]


def model(
    prior: Mapping[str, float], shape: str, folds: int, *, learning: bool
) -> CalibratedClassifierCV:
    """A scorer whose probabilities are fitted on endings that its weights have not seen. Without
    learning the weights are the prior's, and only how many last is learned."""
    scorer = FitScorer(prior) if learning else FitScorer(prior, most_change=1.0)
    return CalibratedClassifierCV(scorer, method=shape, cv=_split(folds), ensemble=False)


def held_out(
    X: np.ndarray, y: np.ndarray, prior: Mapping[str, float], shape: str, folds: int,
    *, learning: bool,
) -> np.ndarray:  # fmt: skip
    """The probability of each ending by a model fitted on the other folds. Never quite 0 or 1: as
    sure as one more ending on either side would leave it."""
    one = model(prior, shape, folds, learning=learning)
    said = cross_val_predict(one, X, y, cv=_split(folds), method="predict_proba")[:, 1]
    edge = 1 / (len(y) + 2)
    return np.asarray(np.clip(said, edge, 1 - edge))


def held_out_rate(y: np.ndarray, folds: int) -> np.ndarray:
    """The share that lasts among the other folds."""
    said = np.empty(len(y))
    for rest, mine in _split(folds).split(np.zeros((len(y), 1)), y):
        said[mine] = y[rest].mean()
    return said


def weights(
    X: np.ndarray, y: np.ndarray, prior: Mapping[str, float], parts: Mapping[str, float]
) -> dict[str, float]:
    """The weights of these parts, learned from all endings."""
    found = FitScorer(prior).fit(X, y).weights_
    return {part: found[part] for part in parts}


def _split(folds: int) -> StratifiedKFold:
    return StratifiedKFold(folds, shuffle=True, random_state=0)
