"""FitScorer: how likely a pair lasts, from the parts of its score; the seam for learning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from matching.features import FEATURES
from matching.policy import Policy

# What a county owes to people (waiting, siblings), grants to helpers or sets by hand (free text)
# is no prediction.
NOT_LEARNED = frozenset({"waiting", "siblings", "willing", "text"})
LEARNED = tuple(part for part in FEATURES if part not in NOT_LEARNED)
_SCALE = 4.0  # prior log-odds between a pair with nothing and a pair with everything
_STEEPEST = 10.0  # times that


class FitScorer(ClassifierMixin, BaseEstimator):
    """Logistic regression around the county's weights: few endings change little.

    X has one column per part of the score, each between 0 and 1 (see `pair_features`); y says
    whether the pair lasted. The log-odds are `steepness * (weights . x) + intercept`. How much
    the parts say at all is learned freely (steepness, never negative), how they stand to each
    other is pulled to the priors: endings that say nothing lower the steepness and leave the
    weights alone. Each learned weight stays within `most_change` times its prior, all learned ones
    together stay what they were, so that nothing is taken from what is not learned.

    >>> scorer = FitScorer().fit_priors()
    >>> scorer.weights_["skill"] > scorer.weights_["waiting"] > 0
    True
    """

    def __init__(
        self,
        prior: Mapping[str, float] | None = None,
        prior_strength: float = 20.0,
        most_change: float = 2.0,
    ) -> None:
        self.prior = prior
        self.prior_strength = prior_strength
        self.most_change = most_change

    def fit_priors(self) -> FitScorer:
        """Ready to predict without any data, from the county's weights alone."""
        self.n_features_in_ = len(FEATURES)
        self.classes_ = np.array([0, 1])
        self.mixture_ = self.coef_ = self._prior_coef(len(FEATURES))
        self.intercept_ = -_SCALE / 2
        return self

    def fit(self, X: Any, y: Any) -> FitScorer:  # scikit-learn's name
        """Learn from endings."""
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self.classes_, lasted = np.unique(y, return_inverse=True)
        if len(self.classes_) > 2:
            kind = type_of_target(y)
            raise ValueError(f"Only binary classification is supported. The target is {kind}.")
        if len(self.classes_) < 2:
            raise ValueError("Classifier can't train when only one class is present.")
        prior = self._prior_coef(X.shape[1])
        loss = _Loss(X, lasted.astype(np.float64), prior, self.prior_strength)
        found = minimize(
            loss, np.append(prior, (1.0, -_SCALE / 2)), jac=True, method="SLSQP",
            bounds=self._bounds(prior), constraints=_kept_sum(prior),
            options={"maxiter": 500, "ftol": 1e-10},
        )  # fmt: skip
        self.mixture_, steepness = found.x[:-2], found.x[-2]
        self.coef_, self.intercept_ = steepness * self.mixture_, float(found.x[-1])
        self.n_iter_ = int(found.nit)
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """Log-odds that the pairs last."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return np.asarray(X @ self.coef_ + self.intercept_)

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probabilities of ending early and of lasting."""
        lasting = expit(self.decision_function(X))
        return np.column_stack((1 - lasting, lasting))

    def predict(self, X: Any) -> np.ndarray:
        """The likelier of the two."""
        lasting = self.decision_function(X) > 0
        return np.asarray(self.classes_[lasting.astype(int)])

    @property
    def weights_(self) -> dict[str, float]:
        """The weights by part, for Policy.with_weights, in the units of the prior."""
        check_is_fitted(self)
        if len(self.mixture_) != len(FEATURES):
            raise ValueError("X: the columns are not the parts of the score")
        unit = self._prior_weights().sum() / _SCALE
        return {part: float(w * unit) for part, w in zip(FEATURES, self.mixture_, strict=True)}

    def _prior_weights(self) -> np.ndarray:
        policy = Policy() if self.prior is None else Policy().with_weights(self.prior)
        return np.array([policy.weight(part) for part in FEATURES])

    def _prior_coef(self, features: int) -> np.ndarray:
        if features != len(FEATURES):
            return np.full(features, _SCALE / features)
        weights = self._prior_weights()
        return np.asarray(weights / weights.sum() * _SCALE)

    def _bounds(self, prior: np.ndarray) -> list[tuple[float | None, float | None]]:
        """Free where the columns are not the parts of the score."""
        if len(prior) != len(FEATURES):
            return [*[(None, None)] * len(prior), (1.0, 1.0), (None, None)]
        low = np.where(_MAY_MOVE, prior / self.most_change, prior)
        high = np.where(_MAY_MOVE, prior * self.most_change, prior)
        weights = zip(low.tolist(), high.tolist(), strict=True)
        return [*weights, (0.0, _STEEPEST), (None, None)]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


class _Loss:
    """The mean negative log-likelihood with the pull to the priors, and its gradient."""

    def __init__(
        self, X: np.ndarray, lasted: np.ndarray, prior: np.ndarray, strength: float
    ) -> None:
        self.X, self.lasted, self.prior, self.strength = X, lasted, prior, strength

    def __call__(self, beta: np.ndarray) -> tuple[float, np.ndarray]:
        weights, steepness, intercept = beta[:-2], beta[-2], beta[-1]
        worth = self.X @ weights
        margin = steepness * worth + intercept
        pull = weights - self.prior
        value = np.logaddexp(0, margin).sum() - self.lasted @ margin
        value += 0.5 * self.strength * pull @ pull
        slope = expit(margin) - self.lasted
        by_weight = steepness * (slope @ self.X) + self.strength * pull
        gradient = np.append(by_weight, (slope @ worth, slope.sum()))
        return float(value) / len(self.lasted), gradient / len(self.lasted)


_MAY_MOVE = np.array([part not in NOT_LEARNED for part in FEATURES])


def _kept_sum(prior: np.ndarray) -> tuple[dict[str, Any], ...]:
    """All learned weights together stay what they were."""
    if len(prior) != len(FEATURES):
        return ()
    mine = np.append(_MAY_MOVE.astype(np.float64), (0.0, 0.0))
    whole = float(prior @ mine[:-2])
    return ({"type": "eq", "fun": lambda beta: mine @ beta - whole, "jac": lambda _: mine},)
