"""FitScorer behaves as scikit-learn expects, starts from priors and learns within bounds."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import cross_val_score
from sklearn.utils.estimator_checks import check_estimator

from matching import Helper, Need, Policy, Problem, judge
from matching.features import FEATURES, pair_features
from matching.scorer import NOT_LEARNED, FitScorer
from matching.scrubbing import scrubbed


def endings(rows: int = 800, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of which those with a short way last, whatever else."""
    chance = np.random.default_rng(seed)
    x = chance.random((rows, len(FEATURES)))
    way = x[:, FEATURES.index("travel")]
    return x, (chance.random(rows) < 0.1 + 0.8 * way).astype(int)


def test_keeps_the_conventions() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = check_estimator(FitScorer(), on_fail=None)
    failed = [row["check_name"] for row in report if row["status"] == "failed"]
    assert failed == []
    assert len(report) > 30
    assert cross_val_score(clone(FitScorer()), *endings()).mean() > 0.6


def test_priors_are_the_weights_of_the_county() -> None:
    weights = FitScorer().fit_priors().weights_
    assert Policy().with_weights(weights).points == Policy().points
    other = FitScorer(prior={"travel": 500}).fit_priors().weights_
    assert Policy().with_weights(other).points == Policy(travel=500).points
    with pytest.raises(NotFittedError):
        FitScorer().predict(np.zeros((1, len(FEATURES))))


def test_learns_what_lasts_but_not_beyond_its_bounds() -> None:
    prior, learned = FitScorer().fit_priors().weights_, FitScorer().fit(*endings()).weights_
    assert learned["travel"] > prior["travel"]
    for part in FEATURES:
        assert learned[part] <= prior[part] * 2 + 1e-6
        assert learned[part] >= prior[part] / 2 - 1e-6
        assert part not in NOT_LEARNED or learned[part] == pytest.approx(prior[part])
    few = FitScorer().fit(*(column[:12] for column in endings())).weights_
    assert abs(few["travel"] - prior["travel"]) < abs(learned["travel"] - prior["travel"])


def test_features_of_a_pair_are_shares() -> None:
    slots = frozenset({1})
    need = Need(id=4, kind="reading", slots=slots, waiting_days=45)
    helper = Helper(id=6, offers=frozenset({"reading"}), slots=slots)
    row = pair_features(Problem.from_rows([need], [helper]), [(4, 6)])[0]
    assert row.shape == (len(FEATURES),)
    assert row[FEATURES.index("skill")] == 1
    assert row[FEATURES.index("waiting")] == 0.5
    assert ((row >= 0) & (row <= 1)).all()
    assert 0 < FitScorer().fit_priors().predict_proba(row[None])[0, 1] < 1


def test_free_text_is_a_bounded_part_and_off_by_default() -> None:
    slots, reading = frozenset({1}), frozenset({"reading"})
    need = Need(id=1, kind="reading", slots=slots, text="想学画画和讲故事")
    alike = Helper(id=1, offers=reading, slots=slots, text="我会画画，喜欢讲故事 13800001111")
    unlike = replace(alike, id=2, text="打篮球、跑步")
    problem = Problem.from_rows([need], [alike, unlike])
    off = [judge(problem, 1, helper) for helper in (1, 2)]
    assert off[0].score == off[1].score
    assert "text" not in off[0].parts
    weighed = Policy(text=100)
    on = [judge(problem, 1, helper, weighed) for helper in (1, 2)]
    assert 0 < on[0].parts["text"] <= weighed.points["text"]
    assert "text" not in on[1].parts
    assert on[0].score > on[1].score


def test_names_and_numbers_are_removed() -> None:
    assert scrubbed("小明的电话是13800001111，住三十五号", names=["小明"]) == "的电话是 住 号"
