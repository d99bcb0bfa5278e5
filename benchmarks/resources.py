"""How fast a county's gifts and funds are matched to its wishes, and that nothing better exists.

    python benchmarks/resources.py                   5,000 offers, 20,000 wishes
    python benchmarks/resources.py --offers 500 --wishes 2000
    python benchmarks/resources.py --json            one line of JSON for each figure

The county is drawn from a seed. The time is that of the whole: from rows to a plan of goods and
money with a reason for each wish that stays unmet. The peer is scipy's linear program (HiGHS) on
the same pairs of a county a tenth as large, without whole wishes; both start from the same rows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from ledger import report
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from matching.resources import (
    Fund,
    Goods,
    ResourcePlan,
    ResourcePolicy,
    Resources,
    Wish,
    allocate,
    check_resources,
)
from matching.resources.arcs import Arcs, goods_arcs
from matching.resources.markets import shared
from matching.resources.rounds import goods_asked

T = TypeVar("T")
Line = tuple[str, float, str, float | None]
TODAY = date(2026, 1, 5)
POLICY = ResourcePolicy(today=TODAY)
SECONDS, KINDS, TOWNSHIPS, FUNDS = 5.0, 40, 12, 0.01
SIZES = np.arange(90, 180, 10)


def county(offers: int, wishes: int, whole: float = 0.1, seed: int = 1) -> Resources:
    """Kinds as unevenly wanted as kinds are; half of them have sizes; one offer in 100 is money."""
    chance = np.random.default_rng(seed)
    towns = np.column_stack(
        (chance.uniform(25.0, 25.5, TOWNSHIPS), chance.uniform(110.0, 110.6, TOWNSHIPS))
    )
    wanted = 1 / np.arange(1, KINDS + 1) ** 0.5
    kinds = wanted / wanted.sum()
    money = max(1, int(offers * FUNDS))
    goods = [_goods(chance, at, kinds, towns) for at in range(offers - money)]
    funds = [_fund(chance, at) for at in range(money)]
    wished = [_wish(chance, at, kinds, towns, whole) for at in range(wishes)]
    return Resources.from_rows(goods, funds, wished)


def _place(chance: np.random.Generator, towns: np.ndarray) -> dict[str, float | int]:
    at = int(chance.integers(TOWNSHIPS))
    lat, lon = towns[at] + chance.normal(0, 0.04, 2)
    return {"lat": float(lat), "lon": float(lon), "township_id": at}


def _goods(chance: np.random.Generator, at: int, kinds: np.ndarray, towns: np.ndarray) -> Goods:
    kind, low = int(chance.choice(KINDS, p=kinds)), int(chance.choice(SIZES))
    sized = kind % 2 == 0
    return Goods(
        id=at,
        kind=f"kind-{kind}",
        quantity=int(chance.integers(1, 9)),
        size_from=low if sized else None,
        size_to=low + int(chance.choice((0, 10, 20))) if sized else None,
        expires=TODAY + timedelta(int(chance.integers(0, 400))) if kind % 5 == 0 else None,
        brought=bool(chance.random() < 0.7),
        max_km=float(chance.choice((5, 10, 20, 40))),
        **_place(chance, towns),  # type: ignore[arg-type]
    )


def _fund(chance: np.random.Generator, at: int) -> Fund:
    some = chance.choice(KINDS, int(chance.integers(1, 6)), replace=False)
    return Fund(
        id=at,
        fen=int(chance.integers(20, 500)) * 10_000,
        purposes=frozenset(f"kind-{kind}" for kind in some.tolist()),
        ends=TODAY + timedelta(int(chance.integers(0, 400))),
        most_fen=int(chance.choice((10_000, 30_000, 50_000))),
    )


def _wish(
    chance: np.random.Generator, at: int, kinds: np.ndarray, towns: np.ndarray, whole: float
) -> Wish:
    kind = int(chance.choice(KINDS, p=kinds))
    return Wish(
        id=at,
        kind=f"kind-{kind}",
        quantity=int(chance.choice((1, 1, 1, 2, 3, 5))),
        whole=bool(chance.random() < whole),
        size=int(chance.choice(SIZES)) if kind % 2 == 0 else None,
        ceiling_fen=int(chance.integers(1, 40)) * 1000,
        urgency=str(chance.choice(("normal", "yellow", "red"), p=(0.85, 0.12, 0.03))),
        waiting_days=int(chance.integers(0, 500)),
        **_place(chance, towns),  # type: ignore[arg-type]
    )


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came of it."""
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def by_linprog(rows: Resources) -> float:
    """The same goods stage as a linear program, as an engineer would write it: best total."""
    asked = goods_asked(rows)
    arcs: Arcs = goods_arcs(rows.goods, rows.wishes, POLICY)
    room = shared(asked)
    number = {group: at for at, group in enumerate(room)}
    steps = np.array(list(room.values()))
    n, groups = len(arcs[0]), len(room)
    ones, every = np.ones(n), np.arange(n)
    group = np.array([number[asked[at].group] for at in arcs[1].tolist()])
    width = n + steps.size
    offers = coo_array((ones, (arcs[0], every)), shape=(len(rows.goods), width))
    wishes = coo_array((ones, (arcs[1], every)), shape=(len(asked), width))
    tiers = np.repeat(np.arange(groups), steps.shape[1])
    even = coo_array(
        (
            np.concatenate((ones, -np.ones(steps.size))),
            (np.concatenate((group, tiers)), np.arange(width)),
        ),
        shape=(groups, width),
    )
    limits = [np.array([g.quantity for g in rows.goods]), np.array([one.units for one in asked])]
    gain = np.concatenate((arcs[2], np.tile(POLICY.bonus, groups)))
    found = linprog(
        -gain,
        A_ub=vstack((offers, wishes)).tocsr(),
        b_ub=np.concatenate(limits),
        A_eq=even.tocsr(),
        b_eq=np.zeros(groups),
        bounds=np.column_stack((np.zeros(width), np.r_[np.full(n, np.inf), steps.ravel()])),
        method="highs",
    )
    return float(-found.fun)


def measured(offers: int, wishes: int) -> Iterator[Line]:
    """All figures."""
    rows = county(offers, wishes)
    allocate(county(60, 240), POLICY)  # loads what is loaded once in a process
    started = time.process_time()
    seconds, plan = timed(lambda: allocate(rows, POLICY))
    busy = time.process_time() - started
    size = f"{offers} offers, {wishes} wishes"
    yield f"{size}: goods and money", seconds, "s", SECONDS
    yield f"{size}: of it on the processor", busy, "s", None
    yield from _quality(size, rows, plan)
    simple = county(offers, wishes, whole=0.0)
    seconds, plan = timed(lambda: allocate(simple, POLICY))
    yield f"{size}, no whole wishes: goods and money", seconds, "s", SECONDS
    yield f"{size}, no whole wishes: gap of goods", plan.goods.gap * 1e6, "ppm", 1e-6
    yield from _against_peer(county(offers // 10, wishes // 10, whole=0.0))


def _quality(size: str, rows: Resources, plan: ResourcePlan) -> Iterator[Line]:
    pairs = len(goods_arcs(rows.goods, rows.wishes, POLICY)[0])
    yield f"{size}: admissible pairs of goods", pairs, "pairs", None
    pieces = sum(one.units for one in plan.goods.allocations)
    yield f"{size}: pieces given", pieces, "pieces", None
    yuan = sum(one.units for one in plan.money.allocations) / 100
    yield f"{size}: money given", yuan, "yuan", None
    yield f"{size}: gap of goods, a tenth whole", plan.goods.gap * 1e6, "ppm", 100.0
    yield f"{size}: gap of money", plan.money.gap * 1e6, "ppm", 1000.0
    seconds, faults = timed(lambda: check_resources(rows, plan, POLICY))
    yield f"{size}: faults that the checker finds", len(faults), "", 1
    yield f"{size}: the checker", seconds, "s", None


def _against_peer(rows: Resources) -> Iterator[Line]:
    goods = Resources(rows.goods, (), rows.wishes)
    ours, peers = [], []
    for _ in range(3):
        seconds, plan = timed(lambda: allocate(goods, POLICY))
        ours.append(seconds)
        seconds, best = timed(lambda: by_linprog(goods))
        peers.append(seconds)
    size = f"{len(rows.goods)} goods, {len(rows.wishes)} wishes"
    yield f"{size}: total, off scipy linprog's by", abs(plan.goods.total - best), "points", 0.5
    ratio = statistics.median(ours) / statistics.median(peers)
    yield f"{size}: time as a share of scipy linprog's (HiGHS)", ratio, "", 1.0


def main() -> int:
    """Print every figure; exit 1 when one misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offers", type=int, default=5_000)
    parser.add_argument("--wishes", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    lines = measured(args.offers, args.wishes)
    missed = sum(report(list(line), as_json=args.json) for line in lines)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
