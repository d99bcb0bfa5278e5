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

from matching.features import shares_of
from matching.pairwise import Pairwise
from matching.policy import PARTS, Policy
from matching.problem import Problem

FEATURES = PARTS[1:]
# What a county owes to people (waiting, siblings) or grants to helpers is no prediction.
NOT_LEARNED = frozenset({"waiting", "siblings", "willing"})
_SCALE = 4.0  # prior log-odds between a pair with nothing and a pair with everything


class FitScorer(ClassifierMixin, BaseEstimator):
    """Logistic regression around the county's weights: few endings change little.

    X has one column per part of the score, each between 0 and 1 (see `pair_features`); y says
    whether the pair lasted. Each learned weight stays within `most_change` times its prior.

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
        self.coef_ = self._prior_coef(len(FEATURES))
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
        start = np.append(prior, -_SCALE / 2)

        def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
            margin = X @ beta[:-1] + beta[-1]
            pull = np.append(beta[:-1] - prior, 0.0)
            value = np.logaddexp(0, margin).sum() - lasted @ margin
            slope = expit(margin) - lasted
            gradient = np.append(X.T @ slope, slope.sum()) + self.prior_strength * pull
            return float(value + 0.5 * self.prior_strength * pull @ pull), gradient

        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=self._bounds(prior))
        self.coef_, self.intercept_ = found.x[:-1], float(found.x[-1])
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
        """The weights by part, for Policy.with_weights; the policy scales them to points."""
        check_is_fitted(self)
        if len(self.coef_) != len(FEATURES):
            raise ValueError("X: the columns are not the parts of the score")
        scale = 999 / _SCALE
        return {part: float(b * scale) for part, b in zip(FEATURES, self.coef_, strict=True)}

    def _prior_coef(self, features: int) -> np.ndarray:
        if features != len(FEATURES):
            return np.full(features, _SCALE / features)
        policy = Policy() if self.prior is None else Policy().with_weights(self.prior)
        weights = np.array([policy.weight(part) for part in FEATURES])
        return np.asarray(weights / weights.sum() * _SCALE)

    def _bounds(self, prior: np.ndarray) -> list[tuple[float | None, float | None]]:
        """Free where the columns are not the parts of the score."""
        if len(prior) != len(FEATURES):
            return [(None, None)] * (len(prior) + 1)
        low, high = prior / self.most_change, prior * self.most_change
        fixed = np.array([part in NOT_LEARNED for part in FEATURES])
        low, high = np.where(fixed, prior, low), np.where(fixed, prior, high)
        return [*zip(low.tolist(), high.tolist(), strict=True), (None, None)]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def pair_features(
    problem: Problem, pairs: list[tuple[int, int]], policy: Policy | None = None
) -> np.ndarray:
    """One row for each (need id, helper id): the share of each part that the pair reaches."""
    need = np.array([problem.need_index(need_id) for need_id, _ in pairs], dtype=np.int64)
    helper = np.array([problem.helper_index(helper_id) for _, helper_id in pairs], dtype=np.int64)
    return shares_of(Pairwise(problem, policy or Policy(), need, helper))
