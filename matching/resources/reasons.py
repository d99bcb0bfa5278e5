"""Why a wish stays unmet: who is barred by what, and the smallest change that would work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from matching.resources.rounds import (
    ResourcePlan,
    Resources,
    goods_asked,
    money_asked,
    supply_of,
)
from matching.resources.rules import ResourcePolicy, judge
from matching.resources.shapes import StagePlan

CHANGES = ("size", "too_far", "ceiling", "term")  # most likely to be granted first


@dataclass(frozen=True, slots=True)
class Change:
    """What would let an offer with something left serve the wish: by so many metres, days, ..."""

    stage: str
    code: str  # one of CHANGES: the barrier that would have to give way
    offer_id: int
    by: int  # units of size, metres, fen, days


@dataclass(frozen=True, slots=True)
class WhyUnmet:
    """Offers that each barrier stops, those that it alone stops, and what could be changed."""

    wish_id: int
    barred: Mapping[str, int]
    alone: Mapping[str, int]
    used_up: int  # offers that fit, and have nothing left
    change: Change | None


def why_unmet(
    rows: Resources, plan: ResourcePlan, wish_id: int, policy: ResourcePolicy
) -> WhyUnmet:
    """The reasons for one wish. Raises KeyError for an unknown wish.

    A change is only named if it works as it stands: the offer is barred by that alone, and has left
    what the wish misses, or for a wish in pieces at least one piece.
    """
    wish = {one.id: one for one in rows.wishes}[wish_id]
    barred: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    used_up, changes = 0, []
    for stage, offers in ((plan.goods, rows.goods), (plan.money, rows.funds)):
        left = _left(rows, stage)
        needed = _needed(rows, plan, stage, wish_id)
        for offer in offers:
            found = judge(offer, wish, policy)
            barred.update(found.barriers)
            used_up += not found.barriers and not left[offer.id]
            if len(found.barriers) == 1:
                code = found.barriers[0]
                alone[code] += 1
                by = found.beyond.get(code, 0)
                if code in CHANGES and by and needed and left[offer.id] >= needed:
                    changes.append(Change(stage.stage, code, offer.id, by))
    changes.sort(key=lambda one: (CHANGES.index(one.code), one.by, one.offer_id))
    return WhyUnmet(wish_id, barred, alone, used_up, changes[0] if changes else None)


def _left(rows: Resources, stage: StagePlan) -> Counter[int]:
    offers = rows.goods if stage.stage == "goods" else rows.funds
    left = Counter({offer.id: supply_of(offer) for offer in offers})
    for one in stage.allocations:
        left[one.offer_id] -= one.units
    return left


def _needed(rows: Resources, plan: ResourcePlan, stage: StagePlan, wish_id: int) -> int:
    """The least that would help: a lot; 0 where nothing is missing at this stage."""
    if wish_id not in {one.wish_id for one in stage.unmet}:
        return 0
    asked = goods_asked(rows) if stage.stage == "goods" else money_asked(rows, plan.goods)
    return {one.wish.id: one.lot for one in asked}[wish_id]
