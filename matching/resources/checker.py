"""The check of a plan, apart from its solver: every pair, every count, and the bound itself.

Whole numbers of any size, row by row; neither network nor flow is used. The bound is LP duality:
at any prices, what every offer, pair, wish and group gains at most bounds every plan together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.resources.arcs import Arcs, fund_arcs, goods_arcs
from matching.resources.markets import Asked, shared
from matching.resources.rounds import (
    ResourcePlan,
    Resources,
    goods_asked,
    money_asked,
    supply_of,
)
from matching.resources.rules import ResourcePolicy, judge
from matching.resources.shapes import Fund, Goods, Prices, Split, StagePlan

Pair = tuple[int, int, int]  # offer id, wish id, points
Limits = Mapping[int, tuple[int, int]]  # wish id -> least, most


@dataclass(frozen=True, slots=True)
class _Stage:
    """One stage as the rows say it."""

    offers: dict[int, Goods | Fund]
    asked: dict[int, Asked]
    policy: ResourcePolicy

    @classmethod
    def of(
        cls, offers: Sequence[Goods] | Sequence[Fund], asked: list[Asked], policy: ResourcePolicy
    ) -> _Stage:
        return cls({one.id: one for one in offers}, {one.wish.id: one for one in asked}, policy)


def check_resources(rows: Resources, plan: ResourcePlan, policy: ResourcePolicy) -> list[str]:
    """What is wrong with a plan; empty when it is feasible, counted right and proven as it says."""
    goods = _Stage.of(rows.goods, goods_asked(rows), policy)
    wishes = [one.wish for one in goods.asked.values()]
    faults = _checked(goods, plan.goods, _pairs(goods, goods_arcs(rows.goods, wishes, policy)))
    money = _Stage.of(rows.funds, money_asked(rows, plan.goods), policy)
    wishes = [one.wish for one in money.asked.values()]
    return faults + _checked(
        money, plan.money, _pairs(money, fund_arcs(rows.funds, wishes, policy))
    )


def _checked(stage: _Stage, plan: StagePlan, pairs: list[Pair]) -> list[str]:
    faults = _unfit(stage, plan)
    if faults:
        return faults
    faults += _overdrawn(stage, plan)
    if plan.total != _total(stage, plan):
        faults.append(f"{plan.stage} total")
    if plan.bound < plan.total:
        faults.append(f"{plan.stage} bound below total")
    try:
        bound = proven(stage.asked, plan.proof, pairs, stage)
    except (ValueError, KeyError) as error:  # a name that the proof does not know
        return [*faults, f"{plan.stage} proof: {error}"]
    if bound != plan.bound:
        faults.append(f"{plan.stage} bound not confirmed by the prices")
    return faults


def _pairs(stage: _Stage, arcs: Arcs) -> list[Pair]:
    offers, wishes = list(stage.offers), list(stage.asked)
    columns = (column.tolist() for column in arcs)
    return [(offers[i], wishes[j], p) for i, j, p in zip(*columns, strict=True)]


def _unfit(stage: _Stage, plan: StagePlan) -> list[str]:
    """Allocations between rows that are not there, or that a barrier stops."""
    faults = []
    for one in plan.allocations:
        name = f"{one.offer_id}:{one.wish_id}"
        if one.offer_id not in stage.offers or one.wish_id not in stage.asked:
            faults.append(f"{plan.stage} unknown {name}")
            continue
        again = judge(stage.offers[one.offer_id], stage.asked[one.wish_id].wish, stage.policy)
        faults += [f"{plan.stage} barrier {code} {name}" for code in again.barriers]
        if again != one.judged or one.units < 1:
            faults.append(f"{plan.stage} points {name}")
    return faults


def _overdrawn(stage: _Stage, plan: StagePlan) -> list[str]:
    given: Counter[int] = Counter()
    got: Counter[int] = Counter()
    for one in plan.allocations:
        given[one.offer_id] += one.units
        got[one.wish_id] += one.units
    faults = [f"{plan.stage} offer {i}" for i, n in given.items() if n > supply_of(stage.offers[i])]
    for i, n in got.items():
        if n > stage.asked[i].units:
            faults.append(f"{plan.stage} wish {i}")
        if n % stage.asked[i].lot:
            faults.append(f"{plan.stage} lot {i}")
    twice = Counter((one.offer_id, one.wish_id) for one in plan.allocations)
    faults += [f"{plan.stage} twice {key}" for key, n in twice.items() if n > 1]
    short = {i: one.units - got[i] for i, one in stage.asked.items() if one.units > got[i]}
    if {one.wish_id: one.units for one in plan.unmet} != short:
        faults.append(f"{plan.stage} unmet")
    return faults


def _total(stage: _Stage, plan: StagePlan) -> int:
    total, units = 0, Counter[tuple[str, int | None]]()
    for one in plan.allocations:
        total += one.units * one.judged.points
        units[stage.asked[one.wish_id].group] += one.units
    for group, room in shared(list(stage.asked.values())).items():
        for places, bonus in zip(room, stage.policy.bonus, strict=True):
            taken = min(places, units[group])
            total += taken * bonus
            units[group] -= taken
    return total


def proven(
    asked: dict[int, Asked],
    proofs: Sequence[Prices | Split],
    pairs: list[Pair],
    stage: _Stage,
) -> int:
    """The bound of all markets. Raises ValueError if their proofs leave anything out.

    Every admissible pair lies in one market, and so does every group: otherwise its steps would be
    counted by nobody, or a pair would be forgotten.
    """
    leaves = [_first(one) for one in proofs]
    of_offer = {i: at for at, leaf in enumerate(leaves) for i in leaf.offer}
    of_wish = {i: at for at, leaf in enumerate(leaves) for i in leaf.wish}
    mine: list[list[Pair]] = [[] for _ in proofs]
    for pair in pairs:
        at = of_offer.get(pair[0])
        if at is None or of_wish.get(pair[1]) != at:
            raise ValueError(f"forgets {pair[0]}:{pair[1]}")
        if asked[pair[1]].group not in leaves[at].group:
            raise ValueError(f"forgets the group of {pair[1]}")
        mine[at].append(pair)
    total = 0
    for at, one in enumerate(proofs):
        limits = {wish: (0, asked[wish].units) for wish in leaves[at].wish}
        total += _bound(one, limits, mine[at], stage)
    return total


def _first(one: Prices | Split) -> Prices:
    while isinstance(one, Split):
        one = one.at_most
    return one


def _bound(one: Prices | Split, limits: Limits, pairs: list[Pair], stage: _Stage) -> int:
    """Of a leaf what its prices say; of a split the worse case, as one of the two must hold."""
    if isinstance(one, Prices):
        return _of_prices(one, limits, pairs, stage)
    least, most = limits[one.wish_id]
    more = one.units + stage.asked[one.wish_id].lot
    if one.units < 0 or one.units % stage.asked[one.wish_id].lot:
        raise ValueError(f"splits a lot of {one.wish_id}")
    below = {**limits, one.wish_id: (least, min(most, one.units))}
    above = {**limits, one.wish_id: (max(least, more), most)}
    return max(
        _bound(one.at_most, below, pairs, stage),
        _bound(one.more, above, pairs, stage),
    )


def _of_prices(prices: Prices, limits: Limits, pairs: list[Pair], stage: _Stage) -> int:
    bound = sum(
        supply_of(stage.offers[offer]) * max(0, price) for offer, price in prices.offer.items()
    )
    for offer, wish, points in pairs:
        gain = points + prices.wish[wish] - prices.offer[offer]
        if gain > 0:
            bound += gain * min(supply_of(stage.offers[offer]), limits[wish][1])
    for wish, price in prices.wish.items():
        passed = prices.group[stage.asked[wish].group] - price
        least, most = limits[wish]
        bound += passed * (most if passed > 0 else least)
    room = shared(list(stage.asked.values()))
    for group, price in prices.group.items():
        for places, bonus in zip(room[group], stage.policy.bonus, strict=True):
            bound += places * max(0, bonus - price)
    return bound
