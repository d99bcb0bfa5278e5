"""Learning from endings: planted weights are found, chance changes nothing, few teach nothing.

Seen to fail: the priors left for any gain at all, the steepness fixed (chance lowers every weight
that is learned), the sum of the learned weights left free, too few that were kept learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from matching import Policy
from matching.features import FEATURES, pair_features
from matching.learning import LEAST, LEAST_OF_EACH, Verdict, bins_of, errors_of, learn
from matching.problem import Problem
from matching.scorer import LEARNED, NOT_LEARNED, FitScorer
from matching.shapes import Helper, Need

Rows = tuple[list[dict[str, float]], list[bool]]
OWN = {part: Policy().weight(part) for part in FEATURES}
TRUE = OWN | {"travel": 390.0, "skill": 140.0}


def endings(rows: int, seed: int, weights: dict[str, float] | None) -> Rows:
    """Pairs whose lasting follows these weights; without weights it is chance, seven of ten."""
    chance = np.random.default_rng(seed)
    x = chance.random((rows, len(FEATURES))).round(4)
    true = np.array([(weights or OWN)[part] for part in FEATURES])
    p = expit(x @ true / true.sum() * 4 - 2) if weights else np.full(rows, 0.7)
    lasted = (chance.random(rows) < p).tolist()
    return [dict(zip(FEATURES, map(float, row), strict=True)) for row in x], lasted


def test_planted_weights_are_found() -> None:
    found = learn(*endings(6000, 3, TRUE))
    assert found.verdict is Verdict.better
    assert found.weights == found.tried
    assert 300 < found.weights["travel"] <= 400
    assert 130 <= found.weights["skill"] < 200
    assert found.errors is not None
    assert found.errors["learned"].log_loss < found.errors["priors"].log_loss - 0.002
    assert found.errors["priors"].log_loss < found.errors["rate"].log_loss
    assert found.errors["learned"].ece < 0.03


@pytest.mark.parametrize("seed", range(3))
def test_chance_leaves_the_countys_weights(seed: int) -> None:
    found = learn(*endings(1500, seed, None))
    assert found.verdict is Verdict.not_better
    assert found.weights == found.priors
    assert found.tried is not None
    assert found.tried == pytest.approx(found.priors, rel=0.25)


@pytest.mark.parametrize(("rows", "seed"), [(2000, 8), (400, 3)])
def test_where_the_countys_weights_are_true_they_stay(rows: int, seed: int) -> None:
    """Also where what was learned happens to do a little better (the second)."""
    found = learn(*endings(rows, seed, OWN))
    assert found.verdict is Verdict.not_better
    assert found.weights == found.priors


def test_few_endings_teach_nothing() -> None:
    """Too few at all, or too few that ended early."""
    pairs, lasted = endings(LEAST, 1, TRUE)
    few = learn(pairs[:-1], lasted[:-1])
    assert few.verdict is Verdict.too_few
    assert few.tried is None
    nearly = [at >= LEAST_OF_EACH - 1 for at in range(LEAST)]
    assert learn(pairs, nearly).verdict is Verdict.one_sided
    assert learn(pairs, [not one for one in nearly]).verdict is Verdict.one_sided
    assert learn([], []).verdict is Verdict.too_few


def test_the_same_endings_teach_the_same() -> None:
    rows = endings(400, 4, TRUE)
    assert learn(*rows) == learn(*rows)


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(20, 300),
    st.dictionaries(st.sampled_from(FEATURES), st.floats(0, 500), min_size=8),
)
def test_weights_stay_within_their_bounds(seed: int, rows: int, own: dict[str, float]) -> None:
    """Whatever is learned: a promise keeps its weight, each other one stays within a factor of two,
    and all learned ones together are what they were."""
    pairs, lasted = endings(rows, seed, TRUE)
    lasted[:2] = [True, False]
    prior = OWN | own | {"slot": 160.0}
    x = np.array([[row[part] for part in FEATURES] for row in pairs])
    scorer = FitScorer(prior).fit(x, lasted)
    found = scorer.weights_
    near = 1e-4 * sum(prior.values())
    for part in FEATURES:
        assert prior[part] / 2 - near <= found[part] <= prior[part] * 2 + near
        if part in NOT_LEARNED:
            assert found[part] == pytest.approx(prior[part], abs=near)
    assert sum(found[p] for p in LEARNED) == pytest.approx(sum(prior[p] for p in LEARNED), abs=near)
    assert (np.diff(scorer.predict_proba(x).sum(axis=1)) < 1e-9).all()
    assert (scorer.coef_ >= -near).all()


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans()), min_size=1, max_size=80))
def test_bins_hold_every_ending_once(rows: Sequence[tuple[float, bool]]) -> None:
    p, y = np.array([p for p, _ in rows]), np.array([int(one) for _, one in rows])
    bins = bins_of(p, y)
    assert sum(one.pairs for one in bins) == len(rows)
    assert sum(one.seen * one.pairs for one in bins) == pytest.approx(y.sum())
    assert [one.said for one in bins] == sorted(one.said for one in bins)
    assert errors_of(p, y).ece <= 1


def test_nothing_about_who_somebody_is_is_learned_from() -> None:
    """A pair's features are the parts of its score: they do not change with sex or household."""
    assert not set(FEATURES) & {"sex", "girl", "category", "township", "age", "risk", "urgency"}
    need = Need(id=1, kind="reading", mode="online", child_ids=(1,))
    helper = Helper(id=1, offers=frozenset({"reading"}))
    assert features(need, helper) == features(replace(need, child_sex="f"), helper)
    assert features(need, helper) == features(need, replace(helper, sex="m"))


def features(need: Need, helper: Helper) -> list[float]:
    """The shares of one pair."""

    return pair_features(Problem.from_rows([need], [helper]), [(1, 1)])[0].tolist()


def test_rows_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        learn([{"skill": 1.5}], [True])
    with pytest.raises(ValueError, match="one for each"):
        learn([{"skill": 1.0}], [True, False])
