"""The rules and the optimum once more, slowly and one by one: what the engine is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from matching import Helper, Need, Policy, Problem
from tests.matching.rounds_of_chance import TODAY


def metres(need: Need, helper: Helper) -> int | None:
    """Great circle by the haversine formula."""
    if None in (need.lat, need.lon, helper.lat, helper.lon):
        return None
    lat1, lon1, lat2, lon2 = map(radians, (need.lat, need.lon, helper.lat, helper.lon))
    a = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * 6_371_008.8 * asin(sqrt(a)))


def common(need: Need, helper: Helper) -> frozenset[int]:
    """Slots free on both sides."""
    return need.slots & (helper.slots - helper.busy_slots)


def holds(need: Need) -> bool:
    """Whether a weekly slot is held."""
    return need.mode != "phone" and need.frequency != "monthly"


def _days(need: Need, helper: Helper) -> float:
    start = max(TODAY, need.starts or TODAY).toordinal()
    end = need.ends.toordinal() if need.ends else 3_000_000
    periods = helper.periods or ((None, None),)
    return max(
        min(end, b.toordinal() if b else 3_000_000) - max(start, a.toordinal() if a else 0) + 1
        for a, b in periods
    )


def barriers(problem: Problem, need: Need, helper: Helper, policy: Policy) -> set[str]:
    """Every rule in words of its own."""
    pairs, found = problem.pairs, set()
    if not need.consent:
        found.add("consent")
    if not helper.cleared:
        found.add("clearance")
    if (need.id, helper.id) in pairs.blocked:
        found.add("blocked")
    if (need.id, helper.id) in pairs.related or need.household_id in helper.household_related:
        found.add("related")
    if need.risk_red and helper.kind != "social_worker":
        found.add("risk_red")
    in_person = need.mode == "in_person"
    if policy.sex_rule and in_person and "f" in need.child_sex and helper.sex in ("m", None):
        found.add("sex_rule")
    if need.wished_sex and helper.sex != need.wished_sex:
        found.add("wished_sex")
    limit = (policy.default_max_km if helper.max_km is None else helper.max_km) * 1000
    away = metres(need, helper)
    if in_person and away is not None and away > limit:
        found.add("distance")
    return found | _about_skill(need, helper) | _about_time(need, helper, policy)


def _about_skill(need: Need, helper: Helper) -> set[str]:
    found = set()
    if need.kind not in helper.offers:
        found.add("kind")
    if helper.modes and need.mode not in helper.modes:
        found.add("mode")
    if need.credential and need.credential not in helper.credentials:
        found.add("credential")
    if need.subjects and helper.subjects and not need.subjects & helper.subjects:
        found.add("subject")
    if need.stage and helper.stages and need.stage not in helper.stages:
        found.add("stage")
    if need.languages and helper.languages and not need.languages & helper.languages:
        found.add("language")
    return found


def _about_time(need: Need, helper: Helper, policy: Policy) -> set[str]:
    found, days = set(), _days(need, helper)
    if days <= 0:
        found.add("dates")
    elif need.kind == "companionship" and days < 30 * policy.min_companionship_months:
        found.add("too_short")
    asked = need.times_per_week if need.frequency == "n_per_week" else 1
    if need.mode == "phone" or (need.frequency == "monthly" and not need.slots):
        asked = 0
    free = len(common(need, helper))
    if asked and not free:
        found.add("no_common_slot")
    elif free < asked:
        found.add("too_few_slots")
    if helper.capacity <= helper.living:
        found.add("capacity")
    full = len(set(need.living_helpers)) >= policy.max_helpers_per_child
    if full and helper.id not in need.living_helpers:
        found.add("child_has_enough_helpers")
    return found


Choice = tuple[tuple[int, int, int | None], ...]  # need, helper, slot


def best_tuple(
    problem: Problem, policy: Policy, scores: dict[tuple[int, int], int]
) -> tuple[int, int, int, int]:
    """The best (red, yellow, normal, score) by trying everything."""
    return max(_tuple(problem, choice, scores) for choice in plans(problem, policy, scores))


def _tuple(
    problem: Problem, choice: Choice, scores: dict[tuple[int, int], int]
) -> tuple[int, int, int, int]:
    urgency = {need.id: need.urgency for need in problem.need_rows}
    met = [urgency[need] for need, _, _ in choice]
    total = sum(scores[need, helper] for need, helper, _ in choice)
    return met.count("red"), met.count("yellow"), met.count("normal"), total


def plans(problem: Problem, policy: Policy, scores: dict[tuple[int, int], int]) -> Iterator[Choice]:
    """Every feasible plan; `scores` names the admissible pairs."""
    yield from _extend(problem, policy, scores, 0, ())


def _extend(
    problem: Problem,
    policy: Policy,
    scores: dict[tuple[int, int], int],
    at: int,
    done: Choice,
) -> Iterator[Choice]:
    if at == len(problem.need_rows):
        yield done
        return
    need = problem.need_rows[at]
    ways = [
        (need.id, helper.id, slot)
        for helper in problem.helper_rows
        if (need.id, helper.id) in scores
        for slot in (sorted(common(need, helper)) if holds(need) else [None])
    ]
    for size in range(need.demand + 1):
        for some in combinations(ways, size):
            if feasible(problem, policy, done + some):
                yield from _extend(problem, policy, scores, at + 1, done + some)


def feasible(problem: Problem, policy: Policy, choice: Choice) -> bool:
    """Whether all counts and timetables hold."""
    pairs = [(need, helper) for need, helper, _ in choice]
    held = [(helper, slot) for _, helper, slot in choice if slot is not None]
    if len(set(pairs)) < len(pairs) or len(set(held)) < len(held):
        return False
    for helper in problem.helper_rows:
        if sum(h == helper.id for _, h in pairs) > helper.capacity - helper.living:
            return False
    rows = {need.id: need for need in problem.need_rows}
    for (one, _, slot), (two, _, other) in combinations(choice, 2):
        clash = slot is not None and slot == other and one != two
        if clash and set(rows[one].child_ids) & set(rows[two].child_ids):
            return False
    return all(_child_ok(problem, policy, choice, child) for child in problem.child_ids)


def _child_ok(problem: Problem, policy: Policy, choice: Choice, child: int) -> bool:
    own = [need for need in problem.need_rows if need.child_ids == (child,)]
    living = max(len(set(need.living_helpers)) for need in own)
    if living >= policy.max_helpers_per_child:
        return True
    ids = {need.id for need in own}
    return sum(need in ids for need, _, _ in choice) <= policy.max_helpers_per_child - living
