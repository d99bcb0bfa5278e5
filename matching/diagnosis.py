"""Why has this child nobody yet, and which smallest single change would really help?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.barriers import BARRIERS, barriers_of
from matching.columns import slots_of
from matching.features import scores_of
from matching.pairwise import Pairwise
from matching.shapes import SLOTS, Helper, Need
from matching.whatif import Outcome, WhatIf

# In this order; a later step is offered only where no earlier one helps.
STEPS = ("missing_datum", "slot", "language", "mode", "radius", "place", "new_helper")
_SLOT_BARRIERS = ("no_common_slot", "too_few_slots")


@dataclass(frozen=True, slots=True)
class Change:
    """One change that was applied and solved again: more places are met, this need among them."""

    code: str  # one of STEPS
    need_id: int
    side: str  # "need", "helper" or "new"
    helper_id: int | None
    what: str | None  # the missing datum, the language or mode
    slot: int | None
    km: float | None  # the new radius
    helper: Helper | None  # the profile of one more helper
    met_before: tuple[int, int, int]
    met_after: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Idea:
    change: Change
    row: Need | Helper
    gain: int  # what it could bring at the present prices


def smallest_change(whatif: WhatIf, need_id: int, tries: int = 3) -> Change | None:
    """The first step of STEPS that, applied and solved again, meets this need and no fewer others.

    Clearance, credential, consent, blocked and related pairs are never offered. At each step
    the ideas that promise most at the present prices are tried, at most so many.
    """
    base = whatif.base
    need = whatif.problem.need_rows[whatif.problem.need_index(need_id)]
    at = whatif.problem.need_index(need_id)
    if not need.consent or base.places_of(need_id) >= need.demand or base.child_full[at]:
        return None
    look = _Look(whatif, need)
    worth_trying = base.setup.step // 2  # less cannot buy a place without losing half of all score
    for step in STEPS:
        ideas = [idea for idea in look.ideas(step) if idea.gain > worth_trying]
        for idea in sorted(ideas, key=lambda idea: -idea.gain)[:tries]:
            outcome = _applied(whatif, idea)
            more = outcome.places_of(need_id) > base.places_of(need_id)
            if more and outcome.met > base.met:
                return replace(idea.change, met_after=outcome.met)
    return None


def _applied(whatif: WhatIf, idea: _Idea) -> Outcome:
    if isinstance(idea.row, Need):
        return whatif.with_need(idea.row)
    return whatif.with_helper(idea.row)


class _Look:
    """One need beside all helpers."""

    def __init__(self, whatif: WhatIf, need: Need) -> None:
        self._whatif, self._need = whatif, need
        problem, base = whatif.problem, whatif.base
        at = problem.need_index(need.id)
        helpers = np.arange(len(problem.helpers.id))
        self._pairs = Pairwise(problem, whatif.policy, np.full(len(helpers), at), helpers)
        self._barred = barriers_of(self._pairs)
        unit = np.flatnonzero((base.setup.need == at) & ~base.setup.pinned)
        value = int(base.setup.demand.value[unit[0]]) if len(unit) else 0
        # what each helper would bring, as if nothing but a free place were wanted
        self._promise = value + scores_of(self._pairs) - base.solution.prices.helper
        self._taken = {
            int(base.setup.options.helper[option])
            for option in base.solution.chosen
            if base.setup.need[base.setup.options.unit[option]] == at
        }

    def ideas(self, step: str) -> Iterator[_Idea]:
        """Changes of one kind that could bring something."""
        yield from getattr(self, f"_{step}")()

    def _only(self, *codes: str) -> list[int]:
        """Helpers whom nothing stops, or nothing but these barriers."""
        allowed = sum(1 << BARRIERS.index(code) for code in codes)
        free = np.flatnonzero(self._barred & ~np.int64(allowed) == 0)
        return [int(at) for at in free if int(at) not in self._taken]

    def _barred_by(self, code: str) -> list[int]:
        bit = np.int64(1 << BARRIERS.index(code))
        return [int(at) for at in np.flatnonzero(self._barred == bit)]

    def _idea(
        self,
        code: str,
        side: str,
        row: Need | Helper,
        gain: int,
        *,
        what: str | None = None,
        slot: int | None = None,
        km: float | None = None,
    ) -> _Idea:
        met = self._whatif.base.met
        helper = row if isinstance(row, Helper) else None
        change = Change(
            code,
            self._need.id,
            side,
            helper.id if helper and side == "helper" else None,
            what,
            slot,
            km,
            helper if side == "new" else None,
            met,
            met,
        )
        return _Idea(change, row, gain)

    def _row(self, at: int) -> Helper:
        return self._whatif.problem.helper_rows[at]

    def _missing_datum(self) -> Iterator[_Idea]:
        if not self._need.slots and self._pairs.n("required")[:1].any():
            yield from self._need_slots("missing_datum", "need_slots")
        for at in self._only(*_SLOT_BARRIERS):
            if not self._row(at).slots:
                yield from self._helper_slots(at, "missing_datum", "helper_slots")
        for at in self._barred_by("sex_rule"):
            row = self._row(at)
            if row.sex is None:
                known = replace(row, sex="f")
                gain = int(self._promise[at])
                yield self._idea("missing_datum", "helper", known, gain, what="helper_sex")

    def _slot(self) -> Iterator[_Idea]:
        if not self._need.slots or self._need.mode == "phone":
            return
        yield from self._need_slots("slot", None)
        for at in self._only(*_SLOT_BARRIERS):
            if self._row(at).slots:
                yield from self._helper_slots(at, "slot", None)

    def _need_slots(self, code: str, what: str | None) -> Iterator[_Idea]:
        """One more slot on the side of the child, where a helper is free in it."""
        for slot in sorted(set(range(SLOTS)) - self._need.slots):
            at = [
                at
                for at in self._only(*_SLOT_BARRIERS)
                if int(self._whatif.problem.helpers.slots[at]) >> slot & 1
            ]
            if at:
                gain = max(int(self._gain_in(one, slot)) for one in at)
                row = replace(self._need, slots=self._need.slots | {slot})
                yield self._idea(code, "need", row, gain, what=what, slot=slot)

    def _helper_slots(self, at: int, code: str, what: str | None) -> Iterator[_Idea]:
        row = self._row(at)
        for slot in sorted(self._need.slots - row.slots - row.busy_slots):
            wider = replace(row, slots=row.slots | {slot})
            gain = int(self._gain_in(at, slot))
            yield self._idea(code, "helper", wider, gain, what=what, slot=slot)

    def _gain_in(self, at: int, slot: int) -> int:
        price = self._whatif.base.solution.prices.slot[at * SLOTS + slot]
        return int(self._promise[at] - price)

    def _language(self) -> Iterator[_Idea]:
        for at in self._barred_by("language"):
            row, code = self._row(at), min(self._need.languages)
            wider = replace(row, languages=row.languages | {code})
            yield self._idea("language", "helper", wider, int(self._promise[at]), what=code)

    def _mode(self) -> Iterator[_Idea]:
        for at in self._barred_by("mode"):
            row = self._row(at)
            wider = replace(row, modes=row.modes | {self._need.mode})
            gain = int(self._promise[at])
            yield self._idea("mode", "helper", wider, gain, what=self._need.mode)

    def _radius(self) -> Iterator[_Idea]:
        for at in self._barred_by("distance"):
            limit = int(self._pairs.max_metres[at])
            if self._pairs.metres[at] <= limit + 1000:
                km = limit / 1000 + 1
                wider = replace(self._row(at), max_km=km)
                yield self._idea("radius", "helper", wider, int(self._promise[at]), km=km)

    def _place(self) -> Iterator[_Idea]:
        prices = self._whatif.base.solution.prices.helper
        for at in self._only("capacity"):
            row = self._row(at)
            wider = replace(row, capacity=max(row.capacity, row.living) + 1)
            yield self._idea("place", "helper", wider, int(self._promise[at] + prices[at]))

    def _new_helper(self) -> Iterator[_Idea]:
        """With one place, or with more, as others may need the newcomer even more."""
        row = fitting_helper(self._need, self._whatif.next_helper_id())
        step = self._whatif.base.setup.step
        for places in (1, 2, 3):
            yield self._idea(
                "new_helper", "new", replace(row, capacity=places), 2 * step - places + 3
            )


def fitting_helper(need: Need, helper_id: int) -> Helper:
    """The plainest helper who could serve a need: of its kind, near its place, free when it is."""
    sex = need.wished_sex or "f"
    return Helper(
        id=helper_id,
        kind="social_worker" if need.risk_red else "volunteer",
        sex=sex,
        offers=frozenset({need.kind}),
        subjects=need.subjects,
        stages=frozenset({need.stage} if need.stage else ()),
        credentials=frozenset({need.credential} if need.credential else ()),
        modes=frozenset({need.mode}),
        lat=need.lat,
        lon=need.lon,
        township_id=need.township_id,
        slots=need.slots or frozenset(range(SLOTS)),
        languages=need.languages,
    )


def free_slots(outcome: Outcome, helper_id: int) -> tuple[int, ...]:
    """The weekly slots in which a helper is still free after the round."""
    at = outcome.problem.helper_index(helper_id)
    options, solution = outcome.setup.options, outcome.solution
    mine = solution.slot[options.helper[solution.chosen] == at]
    held = sum(1 << int(slot) for slot in mine if slot >= 0)
    return slots_of(int(outcome.problem.helpers.slots[at]) & ~held)
