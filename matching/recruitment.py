"""Whom to look for: the helpers, by kind, skill, township and slot, that would meet most needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.barriers import barriers_of
from matching.features import scores_of
from matching.pairwise import Pairwise
from matching.problem import Problem
from matching.shapes import SLOTS, Helper, Need
from matching.whatif import Met, Outcome, WhatIf


@dataclass(frozen=True, slots=True)
class Recruit:
    """One more helper of a kind, and what the round gained when solved again with all so far."""

    helper: Helper  # the profile: kind, subjects, stage, township, slots, sex, places
    met_before: Met
    met_after: Met
    needs: tuple[int, ...]  # newly met


@dataclass(frozen=True, slots=True)
class _Profile:
    helper: Helper
    promise: int


def recruitment_plan(
    whatif: WhatIf, most: int = 8, places: int = 2, slots: int = 2, tries: int = 4
) -> list[Recruit]:
    """Helpers to look for, the most useful first; each verified by solving the round again.

    A profile is ranked by what the dual prices say a newcomer of it could bring; the best
    of `tries` profiles, solved, is taken, and the next one is looked for beside it.
    """
    found: list[Recruit] = []
    while len(found) < most:
        base = whatif.base
        ranked = _profiles(whatif, places, slots)[:tries]
        outcomes = [(whatif.with_helper(profile.helper), profile) for profile in ranked]
        better = [(outcome, p) for outcome, p in outcomes if outcome.met > base.met]
        if not better:
            break
        outcome, profile = max(better, key=lambda one: (one[0].met, one[1].promise))
        met = _newly_met(base, outcome)
        found.append(Recruit(profile.helper, base.met, outcome.met, met))
        whatif = whatif.moved_to(outcome)
    return found


def _newly_met(before: Outcome, after: Outcome) -> tuple[int, ...]:
    more = np.flatnonzero(after.met_places > before.met_places)
    return tuple(int(after.problem.needs.id[at]) for at in more)


def _profiles(whatif: WhatIf, places: int, slots: int) -> list[_Profile]:
    """One profile for every kind, township and demand of safety that has unmet needs."""
    base = whatif.base
    groups: dict[tuple[str, ...], list[Need]] = defaultdict(list)
    for at in np.flatnonzero(base.met_places < base.problem.needs.demand):
        need = base.problem.need_rows[at]
        if need.consent:
            groups[_group(need)].append(need)
    helper_id = whatif.next_helper_id()
    helpers = [
        replace(_profile(base.problem, needs, helper_id + at, slots), capacity=places)
        for at, needs in enumerate(groups.values())
    ]
    promise = _promises(whatif, helpers, places)
    ranked = sorted(zip(helpers, promise, strict=True), key=lambda one: (-one[1], one[0].id))
    return [_Profile(replace(helper, id=helper_id), gain) for helper, gain in ranked if gain > 0]


def _group(need: Need) -> tuple[str, ...]:
    asked = (need.kind, need.township_id, need.mode, need.credential, need.risk_red)
    return tuple(str(part) for part in asked)


def _profile(problem: Problem, needs: Sequence[Need], helper_id: int, slots: int) -> Helper:
    """The helper who would suit most needs of a group."""
    one = needs[0]
    located = [need for need in needs if need.lat is not None and need.lon is not None]
    middle = _middle(located)
    stages = {need.stage for need in needs if need.stage}
    wishes = Counter(need.wished_sex for need in needs if need.wished_sex)
    return Helper(
        id=helper_id,
        kind="social_worker" if one.risk_red else "volunteer",
        sex="m" if wishes["m"] > len(needs) / 2 else "f",
        offers=frozenset({one.kind}),
        subjects=frozenset(subject for subject, _ in _counted(needs, "subjects")[:2]),
        stages=frozenset(stages),
        credentials=frozenset({one.credential} if one.credential else ()),
        modes=frozenset({one.mode}),
        lat=middle[0],
        lon=middle[1],
        township_id=one.township_id,
        slots=_slots(problem, needs, slots),
        languages=frozenset(language for language, _ in _counted(needs, "languages")[:2]),
    )


def _middle(located: Sequence[Need]) -> tuple[float | None, float | None]:
    """The place that lies nearest to all the others."""
    if not located:
        return None, None
    lat = float(np.median([need.lat for need in located if need.lat is not None]))
    lon = float(np.median([need.lon for need in located if need.lon is not None]))
    return lat, lon


def _counted(needs: Sequence[Need], fact: str) -> list[tuple[str, int]]:
    counts = Counter(code for need in needs for code in getattr(need, fact))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _slots(problem: Problem, needs: Sequence[Need], slots: int) -> frozenset[int]:
    """The slots that suit most of them, one after the other, each for those not yet suited."""
    masks = [int(problem.needs.slots[problem.need_index(need.id)]) for need in needs]
    chosen: set[int] = set()
    open_ = [mask for mask in masks if mask]
    for _ in range(slots):
        pool = open_ or [mask for mask in masks if mask]
        counts = [sum(mask >> slot & 1 for mask in pool) for slot in range(SLOTS)]
        left = [slot for slot in range(SLOTS) if slot not in chosen and counts[slot]]
        if not left:
            break
        best = max(left, key=lambda slot: (counts[slot], -slot))
        chosen.add(best)
        open_ = [mask for mask in open_ if not mask >> best & 1]
    return frozenset(chosen) or frozenset(range(SLOTS))


def _promises(whatif: WhatIf, helpers: list[Helper], places: int) -> list[int]:
    """What the prices say each newcomer could bring: the best needs less what they have now."""
    if not helpers:
        return []
    base = whatif.base
    problem = Problem.from_rows(
        base.problem.need_rows, helpers, base.problem.pairs, base.problem.today
    )
    needs, count = len(problem.needs.id), len(helpers)
    need, helper = np.divmod(np.arange(needs * count), count)
    pairs = Pairwise(problem, whatif.policy, need, helper)
    gain = (base.value_of_need() - base.worth_of_need())[need] + scores_of(pairs)
    gain = np.where(barriers_of(pairs) == 0, np.maximum(gain, 0), 0).reshape(needs, count)
    top = -np.sort(-gain, axis=0)[:places]
    return [int(total) for total in top.sum(axis=0)]
