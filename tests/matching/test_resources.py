"""Goods and money for wishes: never more than there is, no barrier crossed, none better.

Rules and counts are held against every plan of small rounds, tried one by one.

Seen to fail: a split that names one lot too many (the checker does not confirm its bound).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from matching.resources import (
    Fund,
    Goods,
    Prices,
    ResourcePlan,
    ResourcePolicy,
    Resources,
    Split,
    Wish,
    allocate,
    check_resources,
    judge,
)
from matching.resources.arcs import fund_arcs, goods_arcs
from matching.resources.markets import Asked, shared
from matching.resources.rounds import goods_asked, money_asked, supply_of
from tests.matching.rounds_of_chance import examples

TODAY = date(2026, 1, 5)
POLICY = ResourcePolicy(today=TODAY)
PLACES = ((25.0, 110.0), (25.05, 110.02), (25.4, 110.4), (None, None))
DAYS = (None, TODAY, TODAY + timedelta(14), TODAY + timedelta(60), TODAY + timedelta(400))


@st.composite
def goods_of(draw: st.DrawFn, goods_id: int) -> Goods:
    """One gift: often of one kind, near, for some size."""
    lat, lon = draw(st.sampled_from(PLACES))
    sizes = draw(st.sampled_from(((None, None), (110, 120), (None, 120), (120, 140))))
    return Goods(
        id=goods_id,
        kind=draw(st.sampled_from(("coat", "coat", "book"))),
        quantity=draw(st.integers(0, 3)),
        size_from=sizes[0],
        size_to=sizes[1],
        expires=draw(st.sampled_from(DAYS)),
        brought=draw(st.booleans()),
        max_km=draw(st.sampled_from((None, 0.0, 8.0, 80.0))),
        lat=lat,
        lon=lon,
        township_id=draw(st.sampled_from((None, 1, 2))),
    )


@st.composite
def wish_of(draw: st.DrawFn, wish_id: int) -> Wish:
    """One wish."""
    lat, lon = draw(st.sampled_from(PLACES))
    return Wish(
        id=wish_id,
        kind=draw(st.sampled_from(("coat", "coat", "book"))),
        quantity=draw(st.integers(1, 3)),
        whole=draw(st.booleans()),
        size=draw(st.sampled_from((None, 110, 120, 130))),
        ceiling_fen=draw(st.sampled_from((None, 2, 3))),
        urgency=draw(st.sampled_from(("normal", "yellow", "red"))),
        waiting_days=draw(st.sampled_from((0, 30, 400))),
        lat=lat,
        lon=lon,
        township_id=draw(st.sampled_from((None, 1, 2))),
    )


@st.composite
def fund_of(draw: st.DrawFn, fund_id: int) -> Fund:
    """One fund; prices are a few fen, so that lots break."""
    purposes = st.sampled_from((frozenset(), frozenset({"coat"}), frozenset({"coat", "book"})))
    return Fund(
        id=fund_id,
        fen=draw(st.integers(0, 7)),
        purposes=draw(purposes),
        starts=draw(st.sampled_from(DAYS)),
        ends=draw(st.sampled_from(DAYS)),
        most_fen=draw(st.sampled_from((None, 2))),
    )


@st.composite
def rounds(draw: st.DrawFn, most: int = 3) -> Resources:
    """A small round."""
    return Resources.from_rows(
        [draw(goods_of(at)) for at in range(draw(st.integers(0, most)))],
        [draw(fund_of(at)) for at in range(draw(st.integers(0, 2)))],
        [draw(wish_of(at)) for at in range(draw(st.integers(0, most)))],
    )


def best_by_trying(
    offers: tuple[Goods, ...] | tuple[Fund, ...], asked: list[Asked], policy: ResourcePolicy
) -> int:
    """The most points of any plan: states of what is left, offer by offer, wish by wish."""
    states = {(tuple(supply_of(offer) for offer in offers), ()): 0}
    for one in asked:
        judged = [judge(offer, one.wish, policy) for offer in offers]
        after: dict[tuple[tuple[int, ...], tuple[tuple[object, int], ...]], int] = {}
        for (left, units), value in states.items():
            reach = [
                range(n + 1) if not j.barriers else (0,) for n, j in zip(left, judged, strict=True)
            ]
            for gives in product(*reach):
                got = sum(gives)
                if got > one.units or got % one.lot:
                    continue
                counted = Counter(dict(units))
                counted[one.group] += got
                state = (
                    tuple(n - x for n, x in zip(left, gives, strict=True)),
                    tuple(sorted(counted.items(), key=repr)),
                )
                gain = sum(x * j.points for x, j in zip(gives, judged, strict=True) if x)
                after[state] = max(after.get(state, -1), value + gain)
        states = after
    room = shared(asked)
    return max(value + _even(dict(units), room, policy) for (_, units), value in states.items())


def _even(units: dict, room: dict, policy: ResourcePolicy) -> int:
    """What a township's quarters add, unit by unit."""
    worth = {
        group: [b for n, b in zip(steps, policy.bonus, strict=True) for _ in range(n)]
        for group, steps in room.items()
    }
    return sum(sum(worth[group][:n]) for group, n in units.items())


@examples(300)
@given(rounds())
def test_every_plan_passes_its_check(rows: Resources) -> None:
    """Never more than offered or wished, no barrier crossed, counted right, bound confirmed."""
    assert check_resources(rows, allocate(rows, POLICY), POLICY) == []


@examples(150)
@given(rounds())
def test_nobody_could_do_better(rows: Resources) -> None:
    """The total is that of the best plan, whole wishes included, and it says so: gap 0."""
    plan = allocate(rows, POLICY)
    assert plan.goods.total == best_by_trying(rows.goods, goods_asked(rows), POLICY)
    assert plan.money.total == best_by_trying(rows.funds, money_asked(rows, plan.goods), POLICY)
    assert (plan.goods.gap, plan.money.gap) == (0, 0)


@examples(300)
@given(rounds(6))
def test_columns_and_single_pairs_say_the_same(rows: Resources) -> None:
    """The arcs are all pairs that the rule admits one by one, with its points."""
    for offers, arcs in (
        (rows.goods, goods_arcs(rows.goods, rows.wishes, POLICY)),
        (rows.funds, fund_arcs(rows.funds, rows.wishes, POLICY)),
    ):
        found = set(zip(*(column.tolist() for column in arcs), strict=True))
        one_by_one = {
            (i, j, judged.points)
            for i, offer in enumerate(offers)
            for j, wish in enumerate(rows.wishes)
            if not (judged := judge(offer, wish, POLICY)).barriers
        }
        assert found == one_by_one


@examples(100)
@given(rounds(5), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(rows: Resources, chance) -> None:
    """Rows are sorted by id; the same rows give the same plan."""
    mixed = [list(some) for some in (rows.goods, rows.funds, rows.wishes)]
    for some in mixed:
        chance.shuffle(some)
    assert allocate(Resources.from_rows(*mixed), POLICY) == allocate(rows, POLICY)


@examples(150)
@given(rounds(4), goods_of(99))
def test_one_more_gift_never_lowers_the_total(rows: Resources, gift: Goods) -> None:
    """Nor does one more piece of a gift."""
    more = Resources.from_rows([*rows.goods, gift], rows.funds, rows.wishes)
    assert allocate(more, POLICY).goods.total >= allocate(rows, POLICY).goods.total


@examples(60)
@given(rounds(4))
def test_without_ortools_the_total_is_the_same(rows: Resources) -> None:
    """HiGHS finds plans of the same points, with proofs of their own."""
    slow = allocate(rows, POLICY, "highs")
    assert check_resources(rows, slow, POLICY) == []
    assert slow.goods.total == allocate(rows, POLICY).goods.total


@examples(100)
@given(rounds())
def test_a_worse_plan_is_refused(rows: Resources) -> None:
    """One unit less: the total is wrong; with a total made to fit, the bound is not its own."""
    plan = allocate(rows, POLICY)
    if not plan.goods.allocations:
        return
    first, *others = plan.goods.allocations
    worse = replace(plan.goods, allocations=tuple(others))
    assert "goods total" in check_resources(rows, ResourcePlan(worse, plan.money), POLICY)
    honest = replace(worse, total=plan.goods.total - first.units * first.judged.points)
    lied = replace(honest, bound=honest.total)
    said = check_resources(rows, ResourcePlan(lied, plan.money), POLICY)
    assert "goods bound not confirmed by the prices" in said


def _lowered(proof: Prices | Split) -> Prices | Split:
    """The same proof with every offer worth nothing."""
    if isinstance(proof, Split):
        return replace(proof, at_most=_lowered(proof.at_most), more=_lowered(proof.more))
    return replace(proof, offer=dict.fromkeys(proof.offer, 0))


def test_prices_that_prove_less_are_refused() -> None:
    """Scarce coats: with coats worth nothing, the wishes' gains stand in the bound."""
    rows = Resources.from_rows(
        [Goods(id=1, kind="coat", quantity=1)], wishes=[Wish(id=i, kind="coat") for i in (1, 2)]
    )
    plan = allocate(rows, POLICY)
    weak = replace(plan.goods, proof=tuple(map(_lowered, plan.goods.proof)))
    assert check_resources(rows, ResourcePlan(weak, plan.money), POLICY) == [
        "goods bound not confirmed by the prices"
    ]
    none = replace(plan.goods, proof=(), bound=plan.goods.total)
    assert check_resources(rows, ResourcePlan(none, plan.money), POLICY) == [
        "goods proof: forgets 1:1"
    ]
