"""The check of a plan, apart from the solver: every rule, every count, and the bound itself."""

from __future__ import annotations

from collections import Counter, defaultdict

from matching.candidates import admissible_edges
from matching.demand import Setup, set_up
from matching.policy import Policy
from matching.problem import Problem
from matching.ranking import judge
from matching.shapes import SLOTS, Need, Plan, Prices, Split


def check(problem: Problem, plan: Plan, policy: Policy | None = None) -> list[str]:
    """What is wrong with a plan; empty when it is feasible, counted right and proven.

    The bound is computed anew from the plan's prices: for any prices that are not negative,
    the prices of all places plus what the needs could gain at them bounds every plan.
    """
    policy = policy or Policy()
    faults = [*_bad_pairs(problem, plan, policy), *_overfull(problem, plan, policy)]
    faults += _miscounted(problem, plan)
    setup = set_up(problem, policy, admissible_edges(problem, policy))
    return faults + _unproven(problem, plan, setup)


def _bad_pairs(problem: Problem, plan: Plan, policy: Policy) -> list[str]:
    faults = []
    for pair in plan.pairs:
        name = f"{pair.need_id}:{pair.helper_id}"
        again = judge(problem, pair.need_id, pair.helper_id, policy)
        faults += [f"barrier {code} {name}" for code in again.barriers]
        if sum(pair.candidate.parts.values()) != pair.score or again.score != pair.score:
            faults.append(f"score {name}")
        holds = bool(problem.needs.holds[problem.need_index(pair.need_id)])
        if holds != (pair.slot is not None) or (holds and pair.slot not in again.common_slots):
            faults.append(f"slot {name}")
    return faults


def _overfull(problem: Problem, plan: Plan, policy: Policy) -> list[str]:
    needs = {need.id: need for need in problem.need_rows}
    faults = []
    twice = Counter((pair.need_id, pair.helper_id) for pair in plan.pairs)
    faults += [f"pair twice {key}" for key, n in twice.items() if n > 1]
    of_need = Counter(pair.need_id for pair in plan.pairs)
    faults += [f"demand {key}" for key, n in of_need.items() if n > needs[key].demand]
    of_helper = Counter(pair.helper_id for pair in plan.pairs)
    for helper in problem.helper_rows:
        if of_helper[helper.id] > max(0, helper.capacity - helper.living):
            faults.append(f"capacity {helper.id}")
    if policy.timetable:
        held = Counter((p.helper_id, p.slot) for p in plan.pairs if p.slot is not None)
        faults += [f"slot twice {key}" for key, n in held.items() if n > 1]
        faults += _child_twice(plan, needs)
    return faults + _too_many_for_child(plan, needs, policy)


def _child_twice(plan: Plan, needs: dict[int, Need]) -> list[str]:
    """One child in two needs at one time; two helpers of one need may come together."""
    held: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pair in plan.pairs:
        for child in needs[pair.need_id].child_ids:
            if pair.slot is not None:
                held[child, pair.slot].add(pair.need_id)
    return [f"child twice {key}" for key, found in held.items() if len(found) > 1]


def _too_many_for_child(plan: Plan, needs: dict[int, Need], policy: Policy) -> list[str]:
    new: dict[int, int] = defaultdict(int)
    living: dict[int, int] = defaultdict(int)
    for need in needs.values():
        if len(need.child_ids) == 1:
            now = len(set(need.living_helpers)) if need.helpers_now is None else need.helpers_now
            living[need.child_ids[0]] = max(living[need.child_ids[0]], now)
    for pair in plan.pairs:
        need = needs[pair.need_id]
        if len(need.child_ids) == 1 and living[need.child_ids[0]] < policy.max_helpers_per_child:
            new[need.child_ids[0]] += 1
    limit = policy.max_helpers_per_child
    return [f"helpers of child {child}" for child, n in new.items() if n > limit - living[child]]


def _miscounted(problem: Problem, plan: Plan) -> list[str]:
    rank = {need.id: need.urgency for need in problem.need_rows}
    met = Counter(rank[pair.need_id] for pair in plan.pairs)
    total = sum(pair.score for pair in plan.pairs)
    faults = []
    if plan.tuple_ != (met["red"], met["yellow"], met["normal"], total):
        faults.append("tuple")
    asked = {need.id: need.demand for need in problem.need_rows}
    got = Counter(pair.need_id for pair in plan.pairs)
    listed = {unmet.need_id: unmet.places for unmet in plan.unmet}
    if plan.unmet and listed != {key: n - got[key] for key, n in asked.items() if n > got[key]}:
        faults.append("unmet")
    return faults


def _unproven(problem: Problem, plan: Plan, setup: Setup) -> list[str]:
    faults = []
    value: dict[int, int] = {}
    for unit, need in enumerate(setup.need):
        pinned = bool(setup.pinned[unit])
        value[int(problem.needs.id[need]) * 2 + pinned] = int(setup.demand.value[unit])
    objective = sum(pair.score + value[pair.need_id * 2 + pair.pinned] for pair in plan.pairs)
    if objective != plan.objective:
        faults.append("objective")
    if plan.bound < plan.objective:
        faults.append("bound below objective")
    if abs(plan.gap - (plan.bound - plan.objective) / max(1, abs(plan.bound))) > 1e-12:
        faults.append("gap")
    if plan.solver != "greedy" and proven_bound(problem, plan.proof, setup) != plan.bound:
        faults.append("bound not confirmed by the prices")
    return faults


def proven_bound(
    problem: Problem,
    proof: Prices | Split,
    setup: Setup,
    forbidden: frozenset[tuple[int, int]] = frozenset(),
) -> int:
    """The bound of a proof: of the prices, or the worse of the two branches of a split."""
    if isinstance(proof, Prices):
        return _bound_from_prices(problem, proof, setup, forbidden)
    children = [
        set(problem.need_rows[problem.need_index(need)].child_ids)
        for need in (proof.first_need, proof.second_need)
    ]
    if proof.first_need == proof.second_need or not children[0] & children[1]:
        raise ValueError("proof: a split between needs that share no child")
    first, second = proof.without_first, proof.without_second
    return max(
        proven_bound(problem, first, setup, forbidden | {(proof.first_need, proof.slot)}),
        proven_bound(problem, second, setup, forbidden | {(proof.second_need, proof.slot)}),
    )


def _bound_from_prices(
    problem: Problem, prices: Prices, setup: Setup, forbidden: frozenset[tuple[int, int]]
) -> int:
    """The Lagrangian bound of the prices, need by need, over all admissible pairs."""
    every = [*prices.helper.values(), *prices.slot.values(), *prices.child.values()]
    if any(price < 0 for price in every):
        raise ValueError("prices: must not be negative")
    room = dict(zip(problem.helpers.id.tolist(), problem.helpers.room.tolist(), strict=True))
    child_id = [problem.child_ids[at] for at in setup.children]
    bound = sum(price * room[helper] for helper, price in prices.helper.items())
    bound += sum(prices.slot.values())
    for child, places in zip(child_id, setup.demand.child_room.tolist(), strict=True):
        bound += prices.child.get(child, 0) * places
    gains = _gains(problem, prices, setup, forbidden)
    for unit, found in gains.items():
        bound += sum(sorted(found, reverse=True)[: int(setup.demand.places[unit])])
    return bound


def _gains(
    problem: Problem, prices: Prices, setup: Setup, forbidden: frozenset[tuple[int, int]]
) -> dict[int, list[int]]:
    """What each unit could gain with each helper at the prices."""
    demand, options = setup.demand, setup.options
    helper_ids = problem.helpers.id.tolist()
    need_ids = problem.needs.id[setup.need].tolist()
    child_price = [prices.child.get(problem.child_ids[at], 0) for at in setup.children] + [0]
    gains: dict[int, list[int]] = defaultdict(list)
    columns = (options.unit, options.helper, options.score, options.slots)
    for unit, at, score, slots in zip(*(column.tolist() for column in columns), strict=True):
        helper = helper_ids[at]
        free = [slot for slot in range(SLOTS) if slots >> slot & 1]
        left = [slot for slot in free if (need_ids[unit], slot) not in forbidden]
        if free and not left:
            continue
        cheapest = min((prices.slot.get((helper, slot), 0) for slot in left), default=0)
        gain = int(demand.value[unit]) + score - prices.helper.get(helper, 0) - cheapest
        gain -= child_price[demand.child[unit]]
        if gain > 0:
            gains[unit].append(gain)
    return gains
