"""The bare solver against brute force and against other solvers."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching import assign, flow
from matching.potentials import Network, duals
from tests.matching.rounds_of_chance import examples

Case = tuple[dict[str, np.ndarray], dict[str, np.ndarray]]


@st.composite
def cases(draw: st.DrawFn, floats: bool = False) -> Case:
    """Up to eight edges between three needs and three helpers, twins included."""
    score = st.floats(-5, 9, allow_nan=False) if floats else st.integers(-5, 9)
    edge = st.tuples(st.integers(0, 2), st.integers(0, 2), score, st.integers(-1, 2))
    rows = draw(st.lists(edge, max_size=8))
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    few = st.lists(st.integers(0, 2), min_size=3, max_size=3)
    edges = {
        "need": np.array(columns[0], dtype=np.int64),
        "helper": np.array(columns[1], dtype=np.int64),
        "score": np.array(columns[2], dtype=np.float64 if floats else np.int64),
    }
    limits = {
        "slot": np.array(columns[3], dtype=np.int64),
        "demand": np.array(draw(few)),
        "capacity": np.array(draw(few)),
    }
    return edges, limits


def _allowed(edges: dict[str, Any], limits: dict[str, Any], some: tuple[int, ...]) -> bool:
    need, helper, slot = (
        column[list(some)] for column in (edges["need"], edges["helper"], limits["slot"])
    )
    pairs, held = (
        list(zip(need, helper, strict=True)),
        [(h, t) for h, t in zip(helper, slot, strict=True) if t >= 0],
    )
    return (
        len(set(pairs)) == len(pairs)
        and len(set(held)) == len(held)
        and bool((np.bincount(need, minlength=3) <= limits["demand"]).all())
        and bool((np.bincount(helper, minlength=3) <= limits["capacity"]).all())
    )


def _every_choice(case: Case) -> list[tuple[int, float]]:
    edges, limits = case
    score = edges["score"]
    return [
        (size, float(score[list(some)].sum()))
        for size in range(len(score) + 1)
        for some in combinations(range(len(score)), size)
        if _allowed(edges, limits, some)
    ]


@examples(120)
@given(cases())
def test_best_sum_of_brute_force(case: Case) -> None:
    edges, limits = case
    found = assign(**edges, **limits)
    assert found.objective == max(total for _, total in _every_choice(case))
    assert found.bound == found.objective
    assert found.gap == 0
    assert _allowed(edges, limits, tuple(np.flatnonzero(found.chosen)))
    assert edges["score"][found.chosen].sum() == found.objective
    assert (edges["score"][found.chosen] > 0).all()
    assert found.matched == found.chosen.sum()


@examples(120)
@given(cases())
def test_most_edges_first_when_all_must_match(case: Case) -> None:
    edges, limits = case
    found = assign(**edges, **limits, must_match=True)
    assert (found.matched, found.objective) == max(_every_choice(case))
    assert found.gap == 0
    assert _allowed(edges, limits, tuple(np.flatnonzero(found.chosen)))


@examples(80)
@given(cases(floats=True), st.booleans())
def test_floats_within_their_resolution(case: Case, must_match: bool) -> None:
    edges, limits = case
    found = assign(**edges, **limits, must_match=must_match)
    every = _every_choice(case)
    best = max(every)[1] if must_match else max(total for _, total in every)
    assert found.objective <= found.bound
    assert best <= found.bound + 1e-12
    assert best - found.objective <= 9 * 9 / 2**30 + 1e-12


@examples(60)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_edges_changes_nothing(case: Case, chance: Any) -> None:
    edges, limits = case
    rows = list(zip(edges["need"], edges["helper"], edges["score"], limits["slot"], strict=True))
    order = list(range(len(rows)))
    chance.shuffle(order)
    one = assign(**edges, **limits)
    mixed = {name: column[order] for name, column in edges.items()}
    two = assign(**mixed, **(limits | {"slot": limits["slot"][order]}))
    taken = sorted(rows[at] for at in np.flatnonzero(one.chosen))
    assert taken == sorted(rows[order[at]] for at in np.flatnonzero(two.chosen))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_equals_scipy_on_dense_squares(seed: int) -> None:
    score = np.random.default_rng(seed).integers(1, 1000, size=(150, 120))
    row, column = linear_sum_assignment(score, maximize=True)
    need, helper = np.divmod(np.arange(score.size), 120)
    one = np.ones(150, dtype=np.int64)
    found = assign(need, helper, score.ravel(), demand=one, capacity=one[:120])
    assert found.objective == found.bound == score[row, column].sum()


def test_a_flow_that_is_not_optimal_shows_a_gap() -> None:
    arc = np.array([0, 0]), np.array([1, 1])
    ones, none = np.ones(2, dtype=np.int64), np.full(2, -1)
    network = Network(*arc, ones, np.array([-9, 0]), np.array([1, -1]), none, none, 1)
    best, worst = duals(network, np.array([1, 0])), duals(network, np.array([0, 1]))
    assert (best.cost, best.lower_bound) == (-9, -9)
    assert worst.cost == 0
    assert worst.lower_bound <= -9


GOOD: dict[str, Any] = {
    "need": np.array([0, 1]),
    "helper": np.array([0, 0]),
    "score": np.array([1, 2]),
    "demand": np.array([1, 1]),
    "capacity": np.array([1]),
    "slot": np.array([0, -1]),
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("need", np.array([0, 2])),
        ("need", np.array([-1, 0])),
        ("need", np.array([0.0, 1.0])),
        ("need", np.array([[0, 1]])),
        ("helper", np.array([0])),
        ("helper", np.array([0, 1])),
        ("score", np.array([1.0, np.nan])),
        ("score", np.array([1.0, np.inf])),
        ("score", np.array([1])),
        ("score", np.array(["a", "b"])),
        ("score", np.array([1, 2**50])),
        ("demand", np.array([1, -1])),
        ("capacity", np.array([-1])),
        ("slot", np.array([0, -2])),
        ("slot", np.array([0])),
    ],
)
def test_bad_arguments_are_named(name: str, value: np.ndarray) -> None:
    with pytest.raises(ValueError, match=f"^{name}: "):
        assign(**(GOOD | {name: value}))


def test_without_ortools_the_same_objective(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(4)
    edges = 400
    case = {
        "need": chance.integers(0, 60, edges),
        "helper": chance.integers(0, 30, edges),
        "score": chance.integers(1, 1000, edges),
        "demand": chance.integers(1, 3, 60),
        "capacity": chance.integers(0, 4, 30),
        "slot": chance.integers(-1, 6, edges),
    }
    one = assign(**case)
    monkeypatch.setattr(flow, "_ortools", lambda: None)
    assert flow.solver_name() == "highs"
    two = assign(**case)
    assert one.objective == two.objective == one.bound == two.bound
    with pytest.raises(ValueError, match="^solver: "):
        flow.solver_name("ortools")
