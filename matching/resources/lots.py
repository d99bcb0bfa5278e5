"""Wishes that are met whole, or piece by piece at a price: branch and bound over flows.

A flow may break a lot. The branch is then: at most the whole lots below, or at least one more.
Both are flows again, each with its own bound, and the tree is the proof. The work is limited; what
is left when it runs out shows as a gap.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from matching.resources.transport import Limits, Relaxed, Transport, relaxed

_WORK = 60_000  # arcs solved again while branching
_BRANCHES = 100


@dataclass(slots=True)
class Branch:
    """One case of the search; a leaf has no wish."""

    limits: Limits
    relaxed: Relaxed
    wish: int = -1
    units: int = 0
    cases: list[Branch] = field(default_factory=list)

    def bound(self) -> int:
        """No plan of this case has more."""
        return max((case.bound() for case in self.cases), default=self.relaxed.bound)


@dataclass(frozen=True, slots=True)
class Market:
    """The best plan found, and the tree that bounds all."""

    amount: np.ndarray
    total: int
    tree: Branch


def settle(transport: Transport, solver: str = "auto") -> Market:
    """The best plan in whole lots: proven where the tree's bound is its total."""
    none = np.zeros(len(transport.demand), dtype=np.int64)
    root = _case(transport, Limits(none, transport.demand), solver)
    best = _whole(transport, root.relaxed.amount)
    total, order = transport.value(best), count()
    open_cases = [(-root.relaxed.bound, next(order), root)]
    left = min(_BRANCHES, _WORK // max(1, len(transport.offer)))
    while open_cases and left > 0 and -open_cases[0][0] > total:
        case = heapq.heappop(open_cases)[2]
        if not _branch(transport, case, solver):
            continue
        left -= 1
        for part in case.cases:
            plan = _whole(transport, part.relaxed.amount)
            if (value := transport.value(plan)) > total:
                best, total = plan, value
            heapq.heappush(open_cases, (-part.relaxed.bound, next(order), part))
    return Market(best, total, root)


def _case(transport: Transport, limits: Limits, solver: str) -> Branch:
    return Branch(limits, relaxed(transport, limits, solver))


def _branch(transport: Transport, case: Branch, solver: str) -> bool:
    """Two cases around the wish whose lot is broken most; False where none is."""
    got = transport.received(case.relaxed.amount)
    broken = got % transport.lot
    if not broken.any():
        return False
    wish = int(np.argmax(np.minimum(broken, transport.lot - broken)))
    below = int(got[wish] - broken[wish])
    more = below + int(transport.lot[wish])
    if not case.limits.least[wish] <= below < more <= case.limits.most[wish]:
        return False  # what must be cannot be: the case holds no plan, and its bound says so
    least, most = case.limits.least.copy(), case.limits.most.copy()
    most[wish], least[wish] = below, more
    case.wish, case.units = wish, below
    case.cases = [
        _case(transport, Limits(case.limits.least, most), solver),
        _case(transport, Limits(least, case.limits.most), solver),
    ]
    return True


def _whole(transport: Transport, flow: np.ndarray) -> np.ndarray:
    """The flow without its broken lots; what that frees is given away again, lot by lot."""
    amount = flow.copy()
    over = transport.received(amount) % transport.lot
    worst_first = np.argsort(transport.points, kind="stable")
    cut = worst_first[(over[transport.wish[worst_first]] > 0) & (amount[worst_first] > 0)]
    for arc in cut.tolist():
        wish = transport.wish[arc]
        taken = min(int(amount[arc]), int(over[wish]))
        amount[arc] -= taken
        over[wish] -= taken
    return _filled(transport, amount) if len(cut) else amount


def _filled(transport: Transport, amount: np.ndarray) -> np.ndarray:
    """More whole lots from what is left, the dearest arcs first."""
    left = transport.supply - transport.given(amount)
    want = transport.demand - transport.received(amount)
    at_hand = transport.received(left[transport.offer])  # as if each wish had it for itself
    open_wishes = (want >= transport.lot) & (at_hand >= transport.lot)
    found = np.flatnonzero((left[transport.offer] > 0) & open_wishes[transport.wish])
    arcs_of: dict[int, list[int]] = {}
    for arc in found[np.argsort(-transport.points[found], kind="stable")].tolist():
        arcs_of.setdefault(int(transport.wish[arc]), []).append(arc)
    for wish, arcs in arcs_of.items():
        sum_left = sum(int(left[transport.offer[arc]]) for arc in arcs)
        units = (
            min(int(want[wish]), sum_left) // int(transport.lot[wish]) * int(transport.lot[wish])
        )
        for arc in arcs:
            taken = min(units, int(left[transport.offer[arc]]))
            amount[arc] += taken
            left[transport.offer[arc]] -= taken
            units -= taken
    return amount
