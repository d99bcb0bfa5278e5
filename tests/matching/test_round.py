"""A round against brute force: the optimum, the counts, the proof."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import matching
from matching import Pairs, Policy, Problem
from tests.matching.by_hand import barriers, best_tuple
from tests.matching.rounds_of_chance import POLICY, TODAY, examples, helpers_of, rounds


def scores_of(problem: Problem, policy: Policy = POLICY) -> dict[tuple[int, int], int]:
    """Scores of the pairs that are possible by hand."""
    return {
        (need.id, helper.id): matching.judge(problem, need.id, helper.id, policy).score
        for need in problem.need_rows
        for helper in problem.helper_rows
        if not barriers(problem, need, helper, policy)
    }


@examples(40)
@given(rounds())
def test_barriers_are_those_found_by_hand(problem: Problem) -> None:
    for need in problem.need_rows:
        for helper in problem.helper_rows:
            found = matching.judge(problem, need.id, helper.id, POLICY)
            assert set(found.barriers) == barriers(problem, need, helper, POLICY)
            assert sum(found.parts.values()) == found.score
            assert found.score >= 1 if found.admissible else found.score == 0
            assert found.score <= 1000
            assert 0 < found.certainty <= 1


@examples(40)
@given(rounds(needs=4))
def test_plan_is_the_optimum_of_brute_force(problem: Problem) -> None:
    unpinned = Problem.from_rows(
        problem.need_rows, problem.helper_rows, replace(problem.pairs, pinned=()), TODAY
    )
    plan = matching.match(unpinned, POLICY)
    assert plan.tuple_ == best_tuple(unpinned, POLICY, scores_of(unpinned))
    assert plan.gap == 0
    assert plan.bound == plan.objective


@examples(40)
@given(rounds(needs=7, helpers=4))
def test_checker_finds_nothing_and_pins_are_kept(problem: Problem) -> None:
    plan = matching.match(problem, POLICY)
    assert matching.check(problem, plan, POLICY) == []
    refused = {(need, helper) for need, helper, _ in plan.refused_pins}
    chosen = {(pair.need_id, pair.helper_id): pair for pair in plan.pairs}
    for need, helper, slot in problem.pairs.pinned:
        if (need, helper) not in refused:
            assert chosen[need, helper].pinned
            assert slot is None or chosen[need, helper].slot in (slot, None)


@examples(40)
@given(rounds(needs=7, helpers=4), st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(problem: Problem, chance: random.Random) -> None:
    needs, helpers = list(problem.need_rows), list(problem.helper_rows)
    chance.shuffle(needs)
    chance.shuffle(helpers)
    again = Problem.from_rows(needs, helpers, problem.pairs, TODAY)
    one, two = matching.match(problem, POLICY), matching.match(again, POLICY)
    assert one.pairs == two.pairs
    assert one.unmet == two.unmet


@examples(40)
@given(rounds(needs=7, helpers=4))
def test_highs_finds_the_same_optimum(problem: Problem) -> None:
    one = matching.match(problem, POLICY, solver="ortools")
    two = matching.match(problem, POLICY, solver="highs")
    assert (one.tuple_, one.objective, one.bound) == (two.tuple_, two.objective, two.bound)
    assert matching.check(problem, two, POLICY) == []


@examples(40)
@given(rounds(needs=6), st.data())
def test_another_helper_never_lowers_the_places_met(problem: Problem, data: st.DataObject) -> None:
    problem = Problem.from_rows(problem.need_rows, problem.helper_rows, Pairs(), TODAY)
    before = matching.match(problem, POLICY).tuple_
    newcomer = data.draw(helpers_of(99))
    helpers = [*problem.helper_rows, newcomer]
    after = matching.match(Problem.from_rows(problem.need_rows, helpers, None, TODAY), POLICY)
    assert after.tuple_[:3] >= before[:3]


@examples(40)
@given(rounds(needs=6), st.integers(0, 3))
def test_another_place_never_lowers_the_places_met(problem: Problem, at: int) -> None:
    problem = Problem.from_rows(problem.need_rows, problem.helper_rows, Pairs(), TODAY)
    before = matching.match(problem, POLICY).tuple_
    helpers = list(problem.helper_rows)
    at %= len(helpers)
    helpers[at] = replace(helpers[at], capacity=helpers[at].capacity + 1)
    after = matching.match(Problem.from_rows(problem.need_rows, helpers, None, TODAY), POLICY)
    assert after.tuple_[:3] >= before[:3]


@examples(40)
@given(rounds(needs=2, helpers=2), st.integers(0, 5))
def test_another_slot_never_lowers_a_score(problem: Problem, slot: int) -> None:
    need, helper = problem.need_rows[0], problem.helper_rows[0]
    before = matching.judge(problem, need.id, helper.id, POLICY)
    wider = replace(helper, slots=helper.slots | {slot})
    rows = [wider, *problem.helper_rows[1:]]
    problem = Problem.from_rows(problem.need_rows, rows, problem.pairs, TODAY)
    after = matching.judge(problem, need.id, helper.id, POLICY)
    assert after.score >= before.score
    if need.slots:
        open_need = replace(need, slots=need.slots | {slot})
        needs = [open_need, *problem.need_rows[1:]]
        again = Problem.from_rows(needs, rows, problem.pairs, TODAY)
        assert matching.judge(again, need.id, helper.id, POLICY).score >= after.score


@examples(40)
@given(rounds(needs=6, helpers=4))
def test_greedy_keeps_the_rules_and_never_wins(problem: Problem) -> None:
    plan, peer = matching.match(problem, POLICY), matching.greedy(problem, POLICY)
    assert matching.check(problem, peer, POLICY) == []
    assert peer.objective <= plan.objective
    assert peer.tuple_ <= plan.tuple_ or problem.pairs.pinned
