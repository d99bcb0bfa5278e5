"""Compiled loops and the auction against the plain code: the same pairs, a true bound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching import Policy, Problem, assign, check, match
from matching.candidates import Edges, admissible_edges
from matching.demand import set_up
from matching.potentials import duals
from matching.solution import build, solve, solve_setup
from matching.synthetic import county
from tests.matching.rounds_of_chance import POLICY, examples, rounds

pytest.importorskip("numba")

from matching.fastlist import fast_edges
from matching.listing import bits
from matching.loops import shortest_distances
from matching.narrowing import proven_choice
from matching.province import certified, solved_by_county
from matching.settling import settle
from matching.widening import widened


def same(one: Edges, two: Edges) -> bool:
    """Whether all columns agree."""
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in Edges.__slots__)


@examples(150)
@given(rounds(needs=6, helpers=5))
def test_the_compiled_search_finds_the_same_pairs(problem: Problem) -> None:
    plain = admissible_edges(problem, POLICY)
    assert same(fast_edges(problem, POLICY), plain)
    other = Policy(sex_rule=False, travel=400, far_minutes=30, max_helpers_per_child=1)
    assert same(fast_edges(problem, other), admissible_edges(problem, other))


@pytest.mark.parametrize("size", [(700, 600), (300, 900)])
def test_the_same_pairs_in_a_county(size: tuple[int, int]) -> None:
    problem = county(*size)
    plain = admissible_edges(problem, POLICY)
    assert len(plain) > 1000
    assert same(fast_edges(problem, POLICY), plain)


def test_compiled_and_plain_duals_agree() -> None:
    problem = county(400, 200)
    setup = set_up(problem, POLICY, admissible_edges(problem, POLICY))
    network = build(setup.demand, setup.options, problem.helpers.room).network
    flow = solve(network)
    proof = duals(network, flow)
    arcs = (network.tail, network.head, network.cost, network.capacity)
    distance = shortest_distances(*arcs, flow, len(network.supply), 10**9)
    assert np.array_equal(-distance, proof.potential)
    assert proof.cost == proof.lower_bound


@pytest.mark.parametrize("size", [(600, 600), (600, 240)])
@pytest.mark.parametrize("steps", [1, 8])
def test_the_certificate_is_one(size: tuple[int, int], steps: int) -> None:
    problem = county(*size)
    found = certified(problem, POLICY, steps=steps)
    edges = admissible_edges(problem, POLICY)
    room = problem.helpers.room
    best = assign(edges.need, edges.helper, edges.score, demand=problem.needs.demand, capacity=room)
    assert found.objective <= best.objective <= found.bound
    assert found.bound - found.objective <= size[0] / steps
    assert found.pairs == len(edges)
    score = dict(
        zip(zip(edges.need.tolist(), edges.helper.tolist(), strict=True), edges.score, strict=True)
    )
    pairs = [(need, helper) for need, helper in enumerate(found.helper.tolist()) if helper >= 0]
    assert sum(int(score[pair]) for pair in pairs) == found.objective
    used = np.bincount([helper for _, helper in pairs], minlength=size[1])
    assert (used <= room).all()
    assert found.matched == len(pairs)


@pytest.mark.parametrize("size", [(700, 700), (500, 350), (700, 280)])
def test_narrowing_loses_nothing(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    problem = county(*size, seed=3)
    edges = admissible_edges(problem, POLICY)
    room = problem.helpers.room
    case = (edges.need, edges.helper, edges.score)
    whole = assign(*case, demand=problem.needs.demand, capacity=room)
    choice = proven_choice(*case, room, size[0])
    assert choice is not None
    assert edges.score[choice.chosen].sum() == choice.bound == whole.objective
    monkeypatch.setattr("matching.narrowing._FROM_EDGES", 0)
    monkeypatch.setattr("matching.flow._ortools", lambda: None)
    narrow = assign(*case, demand=problem.needs.demand, capacity=room)
    assert (narrow.objective, narrow.bound, narrow.gap) == (whole.objective, whole.bound, 0.0)


@examples(80)
@given(st.integers(0, 10**6), st.integers(1, 14), st.integers(1, 9), st.sampled_from([3, 40, 999]))
def test_narrowing_finds_the_best_of_scipy(seed: int, needs: int, helpers: int, top: int) -> None:
    chance = np.random.default_rng(seed)
    score = chance.integers(0, top + 1, (needs, helpers))
    room = chance.integers(0, 4, helpers)
    dense = np.repeat(score, room, axis=1)
    row, column = linear_sum_assignment(dense, maximize=True)
    need, helper = np.nonzero(score)
    choice = proven_choice(need, helper, score[need, helper], room, needs)
    assert choice is None or choice.bound == dense[row, column].sum()
    if choice is not None:
        assert score[need, helper][choice.chosen].sum() == choice.bound
        assert (np.bincount(need[choice.chosen], minlength=needs) <= 1).all()
        assert (np.bincount(helper[choice.chosen], minlength=helpers) <= room).all()
    assert choice is not None or top == 999


@pytest.mark.parametrize("size", [(600, 600), (600, 240)])
def test_a_flow_is_settled_from_nothing(size: tuple[int, int]) -> None:
    problem = county(*size)
    setup = set_up(problem, Policy(), admissible_edges(problem, POLICY))
    network = build(setup.demand, setup.options, problem.helpers.room).network
    light = network.with_cost(np.where(network.option >= 0, network.cost % 1000 - 999, 0))
    flow, label = solve(network), np.zeros(len(network.supply), dtype=np.int64)
    arcs = (light.tail, light.head, light.cost, light.capacity)
    assert settle(*arcs, flow, label, 10**9)
    assert light.cost @ flow == light.cost @ solve(light)


@examples(150)
@given(rounds(needs=7, helpers=4))
def test_widening_finds_and_proves_the_same_tuple(problem: Problem) -> None:
    plain = match(problem, POLICY, explain=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.widening._FROM_OPTIONS", 1)
        plan = match(problem, POLICY, explain=False)
    assert (plan.tuple_, plan.objective, plan.bound) == (plain.tuple_, plain.objective, plain.bound)
    assert check(problem, plan, POLICY) == []


@pytest.mark.parametrize("size", [(600, 600), (600, 240), (500, 350)])
def test_widening_finds_the_optimum_of_a_county(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = county(*size, seed=5)
    setup = set_up(problem, POLICY, admissible_edges(problem, POLICY))
    plain = solve_setup(setup, problem.helpers.room)
    monkeypatch.setattr("matching.widening._FROM_OPTIONS", 1)
    assert widened(setup, problem.helpers.room) is not None
    found = solve_setup(setup, problem.helpers.room)
    assert (found.objective, found.bound) == (plain.objective, plain.bound)
    helper = setup.options.helper[found.chosen]
    assert (np.bincount(helper, minlength=size[1]) <= problem.helpers.room).all()
    held = found.slot >= 0
    assert (setup.options.slots[found.chosen][held] >> found.slot[held] & 1).all()
    busy = helper[held] * 32 + found.slot[held]
    assert len(np.unique(busy)) == len(busy)


def test_borders_are_crossed_in_person_and_whoever_solves_gets_the_same() -> None:
    counties = [county(250, 200, at=(x, 0)) for x in range(3)]
    one, two = certified(counties, POLICY, threads=1), certified(counties, POLICY, threads=2)
    assert np.array_equal(one.helper, two.helper)
    assert (one.objective, one.bound) == (two.objective, two.bound)
    apart = [certified(problem, POLICY) for problem in counties]
    assert one.pairs > sum(found.pairs for found in apart)
    assert one.bound >= sum(found.objective for found in apart)
    home = np.repeat(np.arange(3), 250)
    away = (one.helper >= 0) & (one.helper // 200 != home)
    mode = np.concatenate([problem.needs.mode for problem in counties])
    assert (mode[away] == 1).all()


def test_counties_in_processes_are_those_of_one_process() -> None:
    plain = solved_by_county(2, 120, 80, POLICY, workers=1)
    spawned = solved_by_county(2, 120, 80, POLICY, workers=2)
    facts = [(total.met, total.objective, total.gap) for total in plain]
    assert facts == [(total.met, total.objective, total.gap) for total in spawned]
    assert all(gap == 0 for _, _, gap in facts)


@pytest.mark.parametrize("size", [(400, 400), (400, 160)])
def test_without_compiled_loops_the_same_plan(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = county(*size)

    def solved() -> tuple[int, int]:
        setup = set_up(problem, POLICY, admissible_edges(problem, POLICY))
        found = solve_setup(setup, problem.helpers.room)
        return found.objective, found.bound

    monkeypatch.setattr("matching.candidates._COMPILE_FROM", 0)
    monkeypatch.setattr("matching.potentials._COMPILE_FROM", 0)
    fast = solved()
    monkeypatch.setenv("MATCHING_COMPILED", "0")
    assert solved() == fast
    assert fast[0] == fast[1]


@examples(40)
@given(st.integers(0, 2**62 - 1))
def test_bits_are_counted(mask: int) -> None:
    assert bits(mask) == mask.bit_count()
