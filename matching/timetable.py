"""Nobody in two places at once: weekly slots of the children, beyond what the network holds.

The network keeps a helper from being booked twice. Two needs of one child may still fall into
one slot; such clashes are first moved apart at no cost, and if that fails the round branches:
of two needs that clash in a slot, one does without that slot. The tree is kept as the proof.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.columns import slots_of
from matching.demand import Setup
from matching.problem import Problem
from matching.solution import Solution

Solve = Callable[[Setup], Solution]
Forbidden = frozenset[tuple[int, int]]  # need, slot
_DEPTH = 3
_MOST_NODES = 120


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of the tree that was solved: the prices prove its bound."""

    solution: Solution


@dataclass(slots=True)
class Branch:
    """Two needs that share a child cannot both have the slot: one of them does without."""

    first: int
    second: int
    slot: int
    without_first: Leaf | Branch
    without_second: Leaf | Branch


@dataclass(frozen=True, slots=True)
class Clash:
    """Two chosen pairs of one child in one slot."""

    first: int  # need
    second: int
    slot: int


@dataclass(slots=True)
class _Node:
    forbidden: Forbidden
    solution: Solution
    clash: Clash | None
    parent: Branch | None = None
    is_first: bool = False


def timetabled(problem: Problem, setup: Setup, solve: Solve) -> tuple[Solution, Leaf | Branch]:
    """The best solution in which no child is booked twice, with its bound and proof."""
    search = _Search(problem, setup, solve)
    root = search.node(frozenset())
    tree: Leaf | Branch = Leaf(root.solution)
    heap = [(-root.solution.bound, 0, 0, root)]
    nodes = 1
    while heap[0][3].clash and nodes < _MOST_NODES:
        depth, node = heap[0][1], heapq.heappop(heap)[3]
        clash = node.clash
        assert clash is not None  # noqa: S101  # the loop's condition
        split = Branch(clash.first, clash.second, clash.slot, tree, tree)
        for is_first, need in ((True, clash.first), (False, clash.second)):
            child = search.node(node.forbidden | {(need, clash.slot)})
            child.parent, child.is_first = split, is_first
            _hang(split, Leaf(child.solution), is_first=is_first)
            nodes += 1
            heapq.heappush(heap, (-child.solution.bound, depth - 1, nodes, child))
        if node.parent is None:
            tree = split
        else:
            _hang(node.parent, split, is_first=node.is_first)
    best = heap[0][3]
    solution = search.without_clashes(best.solution) if best.clash else best.solution
    return replace(solution, bound=best.solution.bound), tree


def _hang(split: Branch, part: Leaf | Branch, *, is_first: bool) -> None:
    if is_first:
        split.without_first = part
    else:
        split.without_second = part


class _Search:
    def __init__(self, problem: Problem, setup: Setup, solve: Solve) -> None:
        self._problem, self._setup, self._solve = problem, setup, solve
        if problem.need_rows:
            self._children = [frozenset(need.child_ids) for need in problem.need_rows]
        else:  # a round made of columns alone
            self._children = [frozenset({at} - {-1}) for at in problem.needs.child.tolist()]

    def node(self, forbidden: Forbidden) -> _Node:
        solution = self._solve(without(self._setup, forbidden))
        board = _Board(self._setup, self._children, solution, forbidden)
        slot, clash = board.settle()
        return _Node(forbidden, replace(solution, slot=slot), clash)

    def without_clashes(self, solution: Solution) -> Solution:
        """Give up the later one of every two that clash; the gap then says what that may cost."""
        options, keep = self._setup.options, []
        needs = self._setup.need[options.unit[solution.chosen]].tolist()
        held: dict[tuple[int, int], int] = {}
        for at, need in enumerate(needs):
            slot = int(solution.slot[at])
            mine = [(child, slot) for child in self._children[need] if slot >= 0]
            if all(held.get(key, need) == need for key in mine):
                keep.append(at)
                held.update(dict.fromkeys(mine, need))
        chosen = solution.chosen[keep]
        gain = self._setup.demand.value[options.unit[chosen]] + options.score[chosen]
        return replace(solution, chosen=chosen, slot=solution.slot[keep], objective=int(gain.sum()))


def without(setup: Setup, forbidden: Forbidden) -> Setup:
    """The same round where some needs do without some slots; options are kept in place."""
    if not forbidden:
        return setup
    options = setup.options
    slots, closed = options.slots.copy(), options.closed.copy()
    need_of = setup.need[options.unit]
    for need, slot in forbidden:
        here = (need_of == need) & (slots != 0)
        slots[here] &= ~(1 << slot)
        closed |= here & (slots == 0)
    return replace(setup, options=replace(options, slots=slots, closed=closed))


class _Board:
    """The chosen pairs on the weekly timetable of helpers and children."""

    def __init__(
        self,
        setup: Setup,
        children: Sequence[frozenset[int]],
        solution: Solution,
        forbidden: Forbidden,
    ) -> None:
        options = setup.options
        self._need = setup.need[options.unit[solution.chosen]].tolist()
        self._helper = options.helper[solution.chosen].tolist()
        allowed = options.slots[solution.chosen].tolist()
        for need, slot in forbidden:
            allowed = [
                mask & ~(1 << slot) if own == need else mask
                for mask, own in zip(allowed, self._need, strict=True)
            ]
        self._allowed = [slots_of(mask) for mask in allowed]
        self._children = [children[need] for need in self._need]
        self._slot = solution.slot.tolist()
        self._held: dict[tuple[str, int, int], set[int]] = defaultdict(set)
        for at, slot in enumerate(self._slot):
            if slot >= 0:
                self._put(at, slot)

    def settle(self) -> tuple[np.ndarray, Clash | None]:
        """Name every slot and move clashes apart; the first that stays is returned."""
        open_ = [at for at, slot in enumerate(self._slot) if slot < 0 and self._allowed[at]]
        for at in sorted(open_, key=lambda at: (len(self._allowed[at]), at)):
            if not self._place(at, frozenset(), _DEPTH):
                self._put(at, self._allowed[at][0])
        for at, slot in enumerate(self._slot):
            if slot >= 0 and self._others(at, slot):
                self._take(at)
                if not self._place(at, frozenset(), _DEPTH):
                    self._put(at, slot)
        return np.array(self._slot, dtype=np.int64), self._first_clash()

    def _first_clash(self) -> Clash | None:
        for at, slot in enumerate(self._slot):
            others = self._others(at, slot) if slot >= 0 else set()
            if others:
                return Clash(self._need[at], self._need[min(others)], slot)
        return None

    def _keys(self, at: int, slot: int) -> list[tuple[str, int, int]]:
        own = [("child", child, slot) for child in sorted(self._children[at])]
        return [("helper", self._helper[at], slot), *own]

    def _others(self, at: int, slot: int) -> set[int]:
        """Who is in the way: the helper's other pairs, and the children's other needs."""
        helper, *children = self._keys(at, slot)
        own = self._need[at]
        with_child = {k for key in children for k in self._held[key] if self._need[k] != own}
        return (self._held[helper] | with_child) - {at}

    def _put(self, at: int, slot: int) -> None:
        self._slot[at] = slot
        for key in self._keys(at, slot):
            self._held[key].add(at)

    def _take(self, at: int) -> None:
        for key in self._keys(at, self._slot[at]):
            self._held[key].discard(at)
        self._slot[at] = -1

    def _place(self, at: int, fixed: frozenset[int], depth: int) -> bool:
        """Find a slot for one pair, moving others out of the way if need be."""
        for slot in self._allowed[at]:
            if not self._others(at, slot):
                self._put(at, slot)
                return True
        if not depth:
            return False
        for slot in self._allowed[at]:
            others = self._others(at, slot)
            if (
                len(others) == 1
                and not others & fixed
                and self._swap(at, slot, others, fixed, depth)
            ):
                return True
        return False

    def _swap(
        self, at: int, slot: int, others: set[int], fixed: frozenset[int], depth: int
    ) -> bool:
        (other,) = others
        self._take(other)
        self._put(at, slot)
        if self._place(other, fixed | {at}, depth - 1):
            return True
        self._take(at)
        self._put(other, slot)
        return False
