"""What can be done now for a need that nobody is left for: share a helper, go online, wait."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from matching.barriers import BARRIERS, barriers_of
from matching.geometry import metres_between
from matching.pairwise import IN_PERSON, Pairwise
from matching.policy import Policy
from matching.problem import Problem
from matching.shapes import Plan

NEAR_METRES = 500  # one place: the same school or Children's Home
MOST_CHILDREN = 5


@dataclass(frozen=True, slots=True)
class Sharing:
    """Needs of one kind that one helper could meet together at one place in one weekly slot."""

    helper_id: int
    slot: int
    kind: str
    with_needs: tuple[int, ...]  # already proposed to this helper
    joining: tuple[int, ...]  # unmet needs that could join


@dataclass(frozen=True, slots=True)
class Ways:
    """Other ways for one unmet need; counts of helpers whom nothing else would stop.

    Nobody is counted twice among `social_workers` and `full`.
    """

    need_id: int
    sharing: tuple[Sharing, ...]
    online: int  # still free beside the plan, and could help if it were done online
    social_workers: int  # fit, but are full or needed more elsewhere
    later: int  # stopped by dates alone, and come when the time of the need is over
    later_from: date | None  # when the first of these begins
    full: int  # stopped by nothing but having no place left; no social workers


def sharing_groups(problem: Problem, plan: Plan, policy: Policy | None = None) -> list[Sharing]:
    """Every proposed pair that unmet needs could join, largest groups first."""
    policy = policy or Policy()
    joiners: dict[tuple[int, int], list[int]] = defaultdict(list)
    for unmet in sorted(plan.unmet, key=lambda one: one.need_id):
        for key in _joinable(problem, plan, policy, unmet.need_id):
            joiners[key].append(unmet.need_id)
    groups = []
    for (helper_id, slot), joining in joiners.items():
        pairs = [p for p in plan.pairs if p.helper_id == helper_id and p.slot == slot]
        kind = problem.need_rows[problem.need_index(pairs[0].need_id)].kind
        room = MOST_CHILDREN - sum(_children(problem, pair.need_id) for pair in pairs)
        fitting = _within(problem, joining, room)
        if fitting:
            met = tuple(pair.need_id for pair in pairs)
            groups.append(Sharing(helper_id, slot, kind, met, fitting))
    return sorted(groups, key=lambda group: (-len(group.joining), group.helper_id, group.slot))


def ways_now(
    problem: Problem,
    plan: Plan,
    need_id: int,
    policy: Policy | None = None,
    groups: list[Sharing] | None = None,
) -> Ways:
    """What else could be done for one unmet need."""
    return ways_of(problem, plan, [need_id], policy, groups)[0]


def ways_of(
    problem: Problem,
    plan: Plan,
    need_ids: Iterable[int],
    policy: Policy | None = None,
    groups: list[Sharing] | None = None,
) -> list[Ways]:
    """What else could be done for each of these unmet needs, in their order."""
    policy = policy or Policy()
    if groups is None:
        groups = sharing_groups(problem, plan, policy)
    joining: dict[int, list[Sharing]] = defaultdict(list)
    for group in groups:
        for need_id in group.joining:
            joining[need_id].append(group)
    online = _Online(problem, plan, policy)
    return [
        _ways(problem, policy, problem.need_index(need_id), tuple(joining[need_id]), online)
        for need_id in need_ids
    ]


def _ways(
    problem: Problem, policy: Policy, at: int, sharing: tuple[Sharing, ...], online: _Online
) -> Ways:
    row = problem.need_rows[at]
    barred, social = _barred(problem, policy, at), problem.helpers.social_worker
    full = np.int64(_bit("capacity"))
    begins = _begins(problem, np.flatnonzero(barred == _bit("dates")), row.starts)
    return Ways(
        row.id,
        sharing,
        online.helpers(at),
        int(((barred & ~full == 0) & social).sum()),
        len(begins),
        min(begins, default=None),
        int(((barred == full) & ~social).sum()),
    )


def _begins(problem: Problem, helpers: np.ndarray, starts: date | None) -> list[date]:
    """When each of these helpers comes next; those whose time is over are left out."""
    after = max((day for day in (problem.today, starts) if day), default=date.min)
    coming = (
        [first for first, _ in problem.helper_rows[int(at)].periods if first > after]
        for at in helpers
    )
    return [min(days) for days in coming if days]


def _bit(code: str) -> int:
    return 1 << BARRIERS.index(code)


def _barred(problem: Problem, policy: Policy, need: int) -> np.ndarray:
    helpers = np.arange(len(problem.helpers.id))
    return barriers_of(Pairwise(problem, policy, np.full(len(helpers), need), helpers))


class _Online:
    """The same needs as if all were done online, and who is still free beside the plan."""

    def __init__(self, problem: Problem, plan: Plan, policy: Policy) -> None:
        self._problem, self._policy = problem, policy
        taken = Counter(pair.helper_id for pair in plan.pairs)
        held: dict[int, int] = defaultdict(int)
        for pair in plan.pairs:
            if pair.slot is not None:
                held[pair.helper_id] |= 1 << pair.slot
        rows = problem.helper_rows
        places = np.array([taken[helper.id] for helper in rows], dtype=np.int64)
        self._held = np.array([held[helper.id] for helper in rows], dtype=np.int64)
        declared = np.array(["online" in helper.modes for helper in rows], dtype=bool)
        self._free = declared & (problem.helpers.room > places)

    @cached_property
    def _moved(self) -> Problem:
        problem = self._problem
        rows = [replace(row, mode="online", lat=None, lon=None) for row in problem.need_rows]
        return Problem.from_rows(rows, problem.helper_rows, problem.pairs, problem.today)

    def helpers(self, at: int) -> int:
        """How many could help a need online; none where it is online already."""
        if self._problem.need_rows[at].mode == "online" or not self._free.any():
            return 0
        moved = self._moved
        open_ = _barred(moved, self._policy, at) == 0
        if moved.needs.holds[at]:
            common = moved.needs.slots[at] & moved.helpers.slots & ~self._held
            open_ &= np.bitwise_count(common) >= max(1, int(moved.needs.required[at]))
        return int((open_ & self._free).sum())


def _joinable(problem: Problem, plan: Plan, policy: Policy, need_id: int) -> list[tuple[int, int]]:
    """(helper, slot) of the proposed pairs that a need could join."""
    at = problem.need_index(need_id)
    row = problem.need_rows[at]
    pairs = [pair for pair in plan.pairs if pair.slot is not None and pair.slot in row.slots]
    if not pairs or not problem.needs.holds[at] or _child_is_busy(problem, plan, policy, need_id):
        return []
    other = np.array([problem.need_index(pair.need_id) for pair in pairs])
    helper = np.array([problem.helper_index(pair.helper_id) for pair in pairs])
    mine = Pairwise(problem, policy, np.full(len(pairs), at), helper)
    columns = problem.needs
    away = metres_between(columns.point[other], columns.point[np.full(len(pairs), at)])
    near = (columns.mode[other] != IN_PERSON) | ((away >= 0) & (away <= NEAR_METRES))
    same = (columns.kind[other] == columns.kind[at]) & (columns.mode[other] == columns.mode[at])
    open_ = barriers_of(mine) & ~np.int64(_bit("capacity")) == 0
    children = set(row.child_ids)
    busy = {
        pair.slot
        for pair in plan.pairs
        if children & set(problem.need_rows[problem.need_index(pair.need_id)].child_ids)
    }
    return [
        (pair.helper_id, int(pair.slot or 0))
        for pair, fits in zip(pairs, near & same & open_, strict=True)
        if fits and pair.slot not in busy and pair.need_id != need_id
    ]


def _child_is_busy(problem: Problem, plan: Plan, policy: Policy, need_id: int) -> bool:
    """Whether a child of this need already gets as many helpers as it may have."""
    row = problem.need_rows[problem.need_index(need_id)]
    now = int(problem.needs.helpers_now[problem.need_index(need_id)])
    for child in row.child_ids:
        new = sum(
            child in problem.need_rows[problem.need_index(pair.need_id)].child_ids
            for pair in plan.pairs
        )
        if new and now + new >= policy.max_helpers_per_child:
            return True
    return False


def _children(problem: Problem, need_id: int) -> int:
    return max(1, len(problem.need_rows[problem.need_index(need_id)].child_ids))


def _within(problem: Problem, joining: list[int], room: int) -> tuple[int, ...]:
    """As many as fit, in the order of urgency and id."""
    fitting = []
    ranked = sorted(joining, key=lambda one: (problem.needs.rank[problem.need_index(one)], one))
    for need_id in ranked:
        room -= _children(problem, need_id)
        if room < 0:
            break
        fitting.append(need_id)
    return tuple(fitting)
