"""The engine's plan as a proposal: one gift a wish, reasons as figures, and why a wish is left.

The engine proves the best plan of pieces; of money it may pay for one thing out of two gifts,
where a wish here takes from one: it gets its price from one gift with enough left, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jiedui.donations.candidates.rows import policy, rows
from jiedui.donations.models import Gift, MaterialWish
from jiedui.donations.rules.plans import (
    EXPLAINED,
    REACH_KM,
    Helps,
    Left,
    LeftWhy,
    Proposal,
    Proposed,
)
from matching.resources import (
    Allocation,
    ResourcePlan,
    ResourcePolicy,
    Resources,
    StagePlan,
    Wish,
    allocate,
    judge,
    why_unmet,
)

_HELPS = {"too_far": Helps.nearer, "term": Helps.longer}
_ORDER = list(LeftWhy)
NOTHING: Mapping[int, int] = {}


def propose(
    gifts: Iterable[Gift],
    wishes: Iterable[MaterialWish],
    today: date,
    kept: Mapping[int, int] = NOTHING,
) -> Proposal:
    """Which gift goes to which wish, and why some get nothing; `kept` pieces of a gift are not for
    these wishes. Decides nothing; no transaction is needed but for reading the rows."""
    asked, how = rows(gifts, wishes, today, kept), policy(today)
    plan = allocate(asked, how)
    money = _whole(asked, plan.money, how)
    chosen = [*plan.goods.allocations, *money]
    met = {one.wish_id for one in chosen}
    lines = _lines(asked, chosen, met, how)
    left = [wish for wish in asked.wishes if wish.id not in met]
    spare = Counter({fund.id: fund.fen for fund in asked.funds})
    spare.subtract({fund.id: sum(o.units for o in money if o.offer_id == fund.id)
                    for fund in asked.funds})  # fmt: skip
    return Proposal(
        lines, _left(asked, plan, left, how, spare), plan.goods.bound - plan.goods.total
    )


def _whole(asked: Resources, plan: StagePlan, how: ResourcePolicy) -> list[Allocation]:
    """Each wish paid from one gift: as planned, or from one that fits and has enough left."""
    of_wish: dict[int, list[Allocation]] = defaultdict(list)
    for one in plan.allocations:
        of_wish[one.wish_id].append(one)
    left = Counter({fund.id: fund.fen for fund in asked.funds})
    whole = [parts[0] for parts in of_wish.values() if len(parts) == 1]
    for one in whole:
        left[one.offer_id] -= one.units
    split = [wish for wish in asked.wishes if len(of_wish[wish.id]) > 1]
    for wish in sorted(split, key=lambda wish: -max(p.judged.points for p in of_wish[wish.id])):
        price = wish.ceiling_fen or 0
        fits = [
            Allocation(fund.id, wish.id, price, judged)
            for fund in asked.funds
            if left[fund.id] >= price and not (judged := judge(fund, wish, how)).barriers
        ]
        if fits:
            best = max(fits, key=lambda one: (one.judged.points, -one.offer_id))
            left[best.offer_id] -= price
            whole.append(best)
    return whole


def _lines(
    asked: Resources, chosen: list[Allocation], met: set[int], how: ResourcePolicy
) -> tuple[Proposed, ...]:
    wish_of = {wish.id: wish for wish in asked.wishes}
    ends = {one.id: one.expires for one in asked.goods} | {one.id: one.ends for one in asked.funds}
    wanted: Counter[tuple[str, int | None]] = Counter()
    given: Counter[tuple[str, int | None]] = Counter()
    for wish in asked.wishes:
        wanted[wish.kind, wish.township_id] += 1
        given[wish.kind, wish.township_id] += wish.id in met

    def why(one: Allocation) -> dict[str, Any]:
        wish, end = wish_of[one.wish_id], ends[one.offer_id]
        group = wish.kind, wish.township_id
        return {
            **one.judged.parts, "km": _km(one, how.distance), "days": wish.waiting_days,
            "left": (end - how.today).days if end else None,
            "asked": wanted[group], "met": given[group],
        }  # fmt: skip

    found = (Proposed(one.offer_id, one.wish_id, one.units, why(one)) for one in chosen)
    return tuple(sorted(found, key=lambda one: (one.gift_id, one.wish_id)))


def _km(one: Allocation, full: int) -> int | None:
    """Whole kilometres, from the points for distance; None for money, and where it is not known."""
    near = one.judged.parts.get("distance", 0)
    if not near or "distance" in one.judged.missing:
        return None
    return round(REACH_KM * (full - near) / full)


def _left(
    asked: Resources,
    plan: ResourcePlan,
    left: list[Wish],
    how: ResourcePolicy,
    spare: Counter[int],
) -> tuple[Left, ...]:
    """All that are left, the most urgent first; of the first ones what would help, tried out."""
    reasons: dict[int, LeftWhy] = {}
    for stage in (plan.goods, plan.money):
        for one in stage.unmet:
            before, now = reasons.get(one.wish_id), LeftWhy(one.reason)
            if before is None or _ORDER.index(now) > _ORDER.index(before):
                reasons[one.wish_id] = now
    ranked = sorted(left, key=lambda w: (-how.urgency[w.urgency], -w.waiting_days, w.id))
    found = []
    for at, wish in enumerate(ranked):
        why = reasons.get(wish.id, LeftWhy.not_whole)
        helps = _change(asked, plan, wish, how, spare) if at < EXPLAINED else (Helps.more, 0, None)
        found.append(Left(wish.id, why, *helps))
    return tuple(found)


def _change(
    asked: Resources, plan: ResourcePlan, wish: Wish, how: ResourcePolicy, spare: Counter[int]
) -> tuple[Helps, int, int | None]:
    """The smallest change that works as it stands; only what could serve this kind is asked."""
    goods = [one for one in asked.goods if one.kind == wish.kind]
    near = Resources.from_rows(goods, asked.funds, [wish])
    why = why_unmet(near, plan, wish.id, how)
    if why.change is not None and why.change.code in _HELPS:
        code, by = why.change.code, why.change.by
        return _HELPS[code], -(-by // 1000) if code == "too_far" else by, why.change.offer_id
    price = wish.ceiling_fen or 0
    other = (f for f in asked.funds if judge(f, wish, how).barriers == ("purpose",))
    given = next((fund.id for fund in other if spare[fund.id] >= price), None)
    return (Helps.more if given is None else Helps.purpose), 0, given
