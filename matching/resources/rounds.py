"""The round: goods first, then money for what goods left. Each stage is proven on its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.flow import solver_name
from matching.resources.arcs import Arcs, fund_arcs, goods_arcs
from matching.resources.lots import settle
from matching.resources.markets import Asked, markets, proof
from matching.resources.rules import URGENCIES, ResourcePolicy, judge_all
from matching.resources.shapes import (
    Allocation,
    Fund,
    Goods,
    Prices,
    Split,
    StagePlan,
    Unmet,
    Wish,
)

MOST = 10**12  # pieces, or fen: far above any county, far below where whole numbers end


@dataclass(frozen=True, slots=True)
class Resources:
    """All rows of a round, sorted by id; faults in them are refused by name."""

    goods: tuple[Goods, ...] = ()
    funds: tuple[Fund, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @classmethod
    def from_rows(
        cls, goods: Sequence[Goods] = (), funds: Sequence[Fund] = (), wishes: Sequence[Wish] = ()
    ) -> Resources:
        """Raises ValueError for an id twice, a quantity below 0, or a wish that asks nothing."""
        for rows in (goods, funds, wishes):
            if len({row.id for row in rows}) != len(rows):
                raise ValueError("id: must be there once only")
        if any(one.quantity < 0 for one in goods) or any(one.fen < 0 for one in funds):
            raise ValueError("quantity: must not be negative")
        amounts = [one.quantity for one in goods] + [one.fen for one in funds]
        if (
            max([*amounts, *(one.quantity * (one.ceiling_fen or 1) for one in wishes)], default=0)
            > MOST
        ):
            raise ValueError(f"quantity: too large, {MOST} at most")
        for wish in wishes:
            if wish.quantity < 1 or (wish.ceiling_fen is not None and wish.ceiling_fen < 1):
                raise ValueError(f"wish {wish.id}: quantity and ceiling must be 1 at least")
            if wish.urgency not in URGENCIES or wish.waiting_days < 0:
                raise ValueError(f"wish {wish.id}: unknown urgency, or waiting below 0")
        return cls(
            tuple(sorted(goods, key=lambda row: row.id)),
            tuple(sorted(funds, key=lambda row: row.id)),
            tuple(sorted(wishes, key=lambda row: row.id)),
        )


@dataclass(frozen=True, slots=True)
class ResourcePlan:
    """What is proposed to the person who decides."""

    goods: StagePlan
    money: StagePlan


def allocate(rows: Resources, policy: ResourcePolicy, solver: str = "auto") -> ResourcePlan:
    """Goods to wishes, then funds to the pieces that are still missing.

    The goods plan has the most points of all goods plans within its gap, and the money plan of all
    money plans after it; with no whole wishes the goods' gap is 0. Raises ValueError for quantities
    that whole numbers of 64 bits cannot carry.

    >>> from datetime import date
    >>> coats = Goods(id=1, kind="coat", quantity=2)
    >>> wishes = [Wish(id=7, kind="coat", quantity=3, ceiling_fen=9900), Wish(id=8, kind="book")]
    >>> rows = Resources.from_rows([coats], [Fund(id=5, fen=20000)], wishes)
    >>> plan = allocate(rows, ResourcePolicy(today=date(2026, 1, 5)))
    >>> [(one.offer_id, one.wish_id, one.units) for one in plan.goods.allocations]
    [(1, 7, 2)]
    >>> [(one.offer_id, one.wish_id, one.units) for one in plan.money.allocations]
    [(5, 7, 9900)]
    >>> [(one.wish_id, one.units, one.reason) for one in plan.goods.unmet]
    [(7, 1, 'used_elsewhere'), (8, 1, 'nothing_offered')]
    >>> plan.money.unmet, plan.money.gap
    ((), 0.0)
    """
    asked = goods_asked(rows)
    arcs = goods_arcs(rows.goods, [one.wish for one in asked], policy)
    goods = _stage(("goods", solver), rows.goods, asked, arcs, policy)
    short = money_asked(rows, goods)
    arcs = fund_arcs(rows.funds, [one.wish for one in short], policy)
    return ResourcePlan(goods, _stage(("money", solver), rows.funds, short, arcs, policy))


def goods_asked(rows: Resources) -> list[Asked]:
    """Each wish in pieces; townships share by kind."""
    return [
        Asked(
            wish, wish.quantity, wish.quantity if wish.whole else 1, (wish.kind, wish.township_id)
        )
        for wish in rows.wishes
    ]


def money_asked(rows: Resources, goods: StagePlan) -> list[Asked]:
    """Each piece that goods left, in fen at the wish's ceiling; without one it asks nothing."""
    missing = {unmet.wish_id: unmet.units for unmet in goods.unmet}
    asked = []
    for wish in rows.wishes:
        if wish.id in missing and wish.ceiling_fen is not None:
            fen = missing[wish.id] * wish.ceiling_fen
            lot = fen if wish.whole else wish.ceiling_fen
            asked.append(Asked(wish, fen, lot, ("", wish.township_id)))
    return asked


def supply_of(offer: Goods | Fund) -> int:
    """Pieces, or fen."""
    return offer.quantity if isinstance(offer, Goods) else offer.fen


def _stage(
    how: tuple[str, str],
    offers: Sequence[Goods] | Sequence[Fund],
    asked: list[Asked],
    arcs: Arcs,
    policy: ResourcePolicy,
) -> StagePlan:
    stage, solver = how
    supply = np.array([supply_of(offer) for offer in offers], dtype=np.int64)
    ids, total, bound = [offer.id for offer in offers], 0, 0
    given = np.zeros(len(arcs[0]), dtype=np.int64)
    proofs: list[Prices | Split] = []
    for part in markets(supply, asked, arcs, policy):
        market = settle(part.transport, solver)
        total += market.total
        bound += market.tree.bound()
        proofs.append(proof(part, market.tree, ids, asked))
        given[part.arcs] = market.amount
    allocations = _allocations(offers, asked, arcs, given, policy)
    unmet = _unmet(offers, asked, allocations, arcs)
    return StagePlan(stage, allocations, unmet, total, bound, tuple(proofs), solver_name(solver))


def _allocations(
    offers: Sequence[Goods] | Sequence[Fund],
    asked: list[Asked],
    arcs: Arcs,
    given: np.ndarray,
    policy: ResourcePolicy,
) -> tuple[Allocation, ...]:
    """What is given, by wish and then by offer, with its points."""
    chosen = np.flatnonzero(given)
    chosen = chosen[np.lexsort((arcs[0][chosen], arcs[1][chosen]))]
    columns = (arcs[0][chosen].tolist(), arcs[1][chosen].tolist())
    pairs = [(offers[offer], asked[wish].wish) for offer, wish in zip(*columns, strict=True)]
    rows = zip(pairs, given[chosen].tolist(), judge_all(pairs, policy), strict=True)
    return tuple(Allocation(o.id, w.id, units, judged) for (o, w), units, judged in rows)


def _unmet(
    offers: Sequence[Goods] | Sequence[Fund],
    asked: list[Asked],
    allocations: tuple[Allocation, ...],
    arcs: Arcs,
) -> tuple[Unmet, ...]:
    """What each wish still misses, and the first reason that holds."""
    got: Counter[int] = Counter()
    left = Counter({offer.id: supply_of(offer) for offer in offers})
    for given in allocations:
        got[given.wish_id] += given.units
        left[given.offer_id] -= given.units
    reached = np.bincount(arcs[1], minlength=len(asked))
    remains = np.array([left[offer.id] > 0 for offer in offers], dtype=bool)
    idle = np.bincount(arcs[1][remains[arcs[0]]], minlength=len(asked))
    kinds = _offered(offers)
    found = []
    for at, one in enumerate(asked):
        if (units := one.units - got[one.wish.id]) > 0:
            reason = "not_whole" if idle[at] else "used_elsewhere"
            if not reached[at]:
                offered = one.wish.kind in kinds or "" in kinds
                reason = "all_barred" if offered else "nothing_offered"
            found.append(Unmet(one.wish.id, units, reason))
    return tuple(found)


def _offered(offers: Sequence[Goods] | Sequence[Fund]) -> set[str]:
    """Kinds that are offered at all; "" for money that may buy any."""
    kinds: set[str] = set()
    for offer in offers:
        kinds |= {offer.kind} if isinstance(offer, Goods) else offer.purposes or {""}
    return kinds
