"""The checker is worth something: each kind of wrong plan is found out."""

from __future__ import annotations

import doctest
import importlib
from dataclasses import replace

import pytest

import matching
from matching import Helper, Need, Pairs, Plan, Policy, Prices, Problem, Split

EVENINGS = frozenset({2, 5})
READING = frozenset({"reading"})


def a_round() -> Problem:
    """Three needs, two helpers, one of whom is too far away."""
    needs = [
        Need(id=at, kind="reading", child_ids=(at,), child_sex="m", slots=EVENINGS, **place)
        for at, place in enumerate([{"lat": 25.0, "lon": 115.0}] * 3, start=1)
    ]
    near = Helper(id=1, sex="f", offers=READING, slots=EVENINGS, capacity=2, lat=25.0, lon=115.01)
    far = replace(near, id=2, lat=26.0)
    return Problem.from_rows(needs, [near, far])


def faults(**changes: object) -> list[str]:
    """What the checker says of the good plan with something changed."""
    problem = a_round()
    return matching.check(problem, replace(matching.match(problem), **changes))  # type: ignore[arg-type]


def test_the_plan_itself_is_sound() -> None:
    assert faults() == []
    assert len(matching.match(a_round()).pairs) == 2


def moved(plan: Plan, at: int, **facts: object) -> Plan:
    """The plan with one pair's facts changed."""
    pair = plan.pairs[at]
    other = replace(pair, candidate=replace(pair.candidate, **facts))  # type: ignore[arg-type]
    return replace(plan, pairs=(*plan.pairs[:at], other, *plan.pairs[at + 1 :]))


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"helper_id": 2}, "barrier distance"),
        ({"slot": 8}, "slot "),
        ({"slot": None}, "slot "),
        ({"score": 999}, "score "),
        ({"parts": {"base": 1}}, "score "),
    ],
)
def test_a_wrong_pair_is_found(facts: dict[str, object], fault: str) -> None:
    problem = a_round()
    found = matching.check(problem, moved(matching.match(problem), 0, **facts))
    assert any(line.startswith(fault) for line in found)


def test_counts_that_do_not_hold_are_found() -> None:
    problem = a_round()
    plan = matching.match(problem)
    twice = moved(plan, 1, slot=plan.pairs[0].slot)
    assert any(line.startswith("slot twice") for line in matching.check(problem, twice))
    third = replace(plan.pairs[0], candidate=replace(plan.pairs[0].candidate, need_id=3))
    over = replace(plan, pairs=(*plan.pairs, third))
    assert any(line.startswith("capacity 1") for line in matching.check(problem, over))
    same = replace(plan, pairs=(*plan.pairs, plan.pairs[0]))
    found = matching.check(problem, same)
    assert any(line.startswith("pair twice") for line in found)
    assert any(line.startswith("demand") for line in found)


def test_claims_that_are_not_true_are_found() -> None:
    plan = matching.match(a_round())
    assert "tuple" in faults(tuple_=(1, 0, 1, plan.tuple_[3]))
    assert "objective" in faults(objective=plan.objective + 1)
    assert "gap" in faults(gap=0.1)
    assert "unmet" in faults(unmet=(replace(plan.unmet[0], places=2),))
    lower = faults(bound=plan.objective - 1, gap=-1 / (plan.objective - 1))
    assert "bound below objective" in lower
    assert "bound not confirmed by the prices" in faults(proof=Prices())


def test_a_worse_plan_cannot_claim_to_be_proven() -> None:
    problem = a_round()
    plan = matching.match(problem)
    fewer = replace(
        plan,
        pairs=plan.pairs[:1],
        tuple_=(0, 0, 1, plan.pairs[0].score),
        objective=plan.objective // 2,
        bound=plan.objective // 2,
        unmet=(),
    )
    assert "bound not confirmed by the prices" in matching.check(problem, fewer)


def test_prices_below_zero_and_false_branches_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        faults(proof=Prices(helper={1: -5}))
    with pytest.raises(ValueError, match="share no child"):
        faults(proof=Split(1, 2, 2, Prices(), Prices()))


def test_a_child_is_not_in_two_places_at_once() -> None:
    one, both = frozenset({2}), frozenset({2, 5})
    needs = [
        Need(id=1, kind="reading", child_ids=(7,), child_sex="m", slots=both),
        Need(id=2, kind="reading", child_ids=(7, 8), child_sex="m", slots=both),
    ]
    free = {"sex": "f", "offers": READING}
    loose = Problem.from_rows(needs, [Helper(id=at, slots=both, **free) for at in (1, 2)])  # type: ignore[arg-type]
    assert {pair.slot for pair in matching.match(loose).pairs} == {2, 5}
    tight = Problem.from_rows(needs, [Helper(id=at, slots=one, **free) for at in (1, 2)])  # type: ignore[arg-type]
    plan = matching.match(tight)
    assert len(plan.pairs) == 1
    assert isinstance(plan.proof, Split)
    assert plan.gap == 0
    assert matching.check(tight, plan) == []


def test_a_pinned_pair_stays_or_says_why_not() -> None:
    problem = a_round()
    pins = Pairs(pinned=((3, 1, 5), (2, 2, None)))
    pinned = Problem.from_rows(problem.need_rows, problem.helper_rows, pins)
    plan = matching.match(pinned)
    kept = [(pair.need_id, pair.helper_id, pair.slot) for pair in plan.pairs if pair.pinned]
    assert kept == [(3, 1, 5)]
    assert plan.refused_pins == ((2, 2, ("distance",)),)
    assert matching.check(pinned, plan) == []


def test_bad_rows_are_refused_by_name() -> None:
    need, helper = Need(id=1, kind="reading"), Helper(id=1)
    for rows, word in (
        (([need, need], [helper]), "needs"),
        (([need], [helper, helper]), "helpers"),
        (([replace(need, slots=frozenset({21}))], [helper]), "slot"),
        (([replace(need, frequency="daily")], [helper]), "frequency"),
        (([replace(need, urgency="green")], [helper]), "urgency"),
        (([replace(need, demand=0)], [helper]), "demand"),
        (([need], [replace(helper, travel="horse")]), "travel"),
    ):
        with pytest.raises(ValueError, match=word):
            Problem.from_rows(*rows)
    for weights in ({"skill": -1}, {"detour": 0.5}, {"km_per_hour": {}}):
        with pytest.raises(ValueError):
            Policy(**weights)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "module",
    ["assignment", "policy", "problem", "ranking", "rounds", "scorer", "scrubbing", "tables"],
)
def test_examples_in_the_docstrings_run(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"matching.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
