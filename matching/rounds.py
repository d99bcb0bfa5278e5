"""A round: the provably best set of pairs, with reasons for each and for whoever is left."""

from __future__ import annotations

import time

import numpy as np

from matching.alternatives import Alternatives
from matching.candidates import admissible_edges
from matching.demand import Setup, child_is_full, set_up
from matching.flow import solver_name
from matching.pairwise import Pairwise
from matching.policy import Policy
from matching.pricing import PriceColumns, losses, worth
from matching.problem import Problem
from matching.reasons import describe, explain_unmet
from matching.shapes import SLOTS, Pair, Plan, Prices, Split
from matching.solution import Solution, solve_setup
from matching.timetable import Branch, Leaf, timetabled


def match(
    problem: Problem, policy: Policy | None = None, *, solver: str = "auto", explain: bool = True
) -> Plan:
    """Maximise (places met red, yellow, normal, total score) over all admissible pairs.

    >>> from matching import Helper, Need, Problem
    >>> saturday = frozenset({15})
    >>> needs = [Need(id=at, kind="reading", slots=saturday) for at in (1, 2)]
    >>> helpers = [Helper(id=9, offers=frozenset({"reading"}), slots=saturday, capacity=2)]
    >>> plan = match(Problem.from_rows(needs, helpers))
    >>> [(pair.need_id, pair.helper_id, pair.slot) for pair in plan.pairs], plan.gap
    ([(1, 9, 15)], 0.0)
    """
    policy = policy or Policy()
    started = time.perf_counter()
    edges = admissible_edges(problem, policy)
    setup = set_up(problem, policy, edges)
    listed = time.perf_counter()
    solution, tree = timetabled(
        problem, setup, lambda part: solve_setup(part, problem.helpers.room, solver)
    )
    solved = time.perf_counter()
    plan = plan_of(problem, policy, setup, solution, solver_name(solver), tree, explain=explain)
    plan.figures.update(  # type: ignore[attr-defined]
        candidates=len(edges),
        seconds_candidates=round(listed - started, 4),
        seconds_solve=round(solved - listed, 4),
        seconds_reasons=round(time.perf_counter() - solved, 4),
    )
    return plan


def plan_of(
    problem: Problem,
    policy: Policy,
    setup: Setup,
    solution: Solution,
    solver: str,
    tree: Leaf | Branch | None = None,
    *,
    explain: bool,
) -> Plan:
    """Put a solution into plain values."""
    pairs = _pairs(problem, policy, setup, solution)
    met = np.zeros(len(problem.needs.id), dtype=np.int64)
    np.add.at(met, setup.need[setup.options.unit[solution.chosen]], 1)
    open_places = problem.needs.demand - met
    left = np.flatnonzero(open_places)
    full = child_is_full(problem, setup, met)
    unmet = explain_unmet(problem, policy, left, open_places[left], full[left]) if explain else []
    by_class = [int(met[problem.needs.rank == rank].sum()) for rank in range(3)]
    total = int(setup.options.score[solution.chosen].sum())
    missed = solution.bound - solution.objective
    return Plan(
        pairs=tuple(pairs),
        unmet=tuple(unmet),
        tuple_=(by_class[0], by_class[1], by_class[2], total),
        objective=solution.objective,
        bound=solution.bound,
        gap=missed / max(1, abs(solution.bound)),
        solver=solver,
        prices=_price_book(problem, setup, solution.prices),
        proof=_proof(problem, setup, tree or Leaf(solution)),
        refused_pins=setup.refused_pins,
        figures={"needs": len(problem.needs.id), "helpers": len(problem.helpers.id)},
    )


def _pairs(problem: Problem, policy: Policy, setup: Setup, solution: Solution) -> list[Pair]:
    options, chosen = setup.options, solution.chosen
    need = setup.need[options.unit]
    candidates = describe(
        Pairwise(problem, policy, need[chosen], options.helper[chosen]),
        slot=solution.slot if policy.timetable else None,
    )
    is_chosen = np.zeros(len(options.unit), dtype=bool)
    is_chosen[chosen] = True
    net = worth(setup.demand, options, problem.helpers.room, solution.prices)
    ranked = Alternatives(setup.need, options, losses(setup.demand, options, net, chosen))
    need_ids, helper_ids = problem.needs.id[need], problem.helpers.id[options.helper]
    seats: dict[int, int] = {}
    pairs = []
    for at, candidate in zip(chosen.tolist(), candidates, strict=True):
        standing = ranked.of(at, policy.alternatives, is_chosen)
        seats[candidate.need_id] = seats.get(candidate.need_id, 0) + 1
        pairs.append(
            Pair(
                candidate=candidate,
                seat=seats[candidate.need_id],
                pinned=bool(setup.pinned[options.unit[at]]),
                other_helpers=tuple(
                    (int(helper_ids[k]), int(options.score[k])) for k in standing.others_of_need
                ),
                other_needs=tuple(
                    (int(need_ids[k]), int(options.score[k])) for k in standing.others_of_helper
                ),
                need_forgoes=standing.need_forgoes,
                helper_forgoes=standing.helper_forgoes,
                whole_loses_for_need=standing.whole_loses_for_need,
                whole_loses_for_helper=standing.whole_loses_for_helper,
            )
        )
    return pairs


def _price_book(problem: Problem, setup: Setup, prices: PriceColumns) -> Prices:
    ids = problem.helpers.id.tolist()
    return Prices(
        helper={ids[at]: int(prices.helper[at]) for at in np.flatnonzero(prices.helper)},
        slot={
            (ids[at // SLOTS], int(at % SLOTS)): int(prices.slot[at])
            for at in np.flatnonzero(prices.slot)
        },
        child={
            problem.child_ids[setup.children[at]]: int(prices.child[at])
            for at in np.flatnonzero(prices.child)
        },
    )


def _proof(problem: Problem, setup: Setup, tree: Leaf | Branch) -> Prices | Split:
    if isinstance(tree, Leaf):
        return _price_book(problem, setup, tree.solution.prices)
    return Split(
        int(problem.needs.id[tree.first]),
        int(problem.needs.id[tree.second]),
        tree.slot,
        _proof(problem, setup, tree.without_first),
        _proof(problem, setup, tree.without_second),
    )
