"""What the person who decides is told: why these coats, why nothing for this child.

Seen to fail: no branching, and branching without the case of one lot more (money no longer buys
whole pieces); broken lots kept, and more filled in than is left (a set given in part); the quarters
of townships in the wrong order.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from matching.resources import (
    Change,
    Fund,
    Goods,
    ResourcePolicy,
    Resources,
    StagePlan,
    Wish,
    allocate,
    judge,
    why_unmet,
)
from tests.matching.rounds_of_chance import examples
from tests.matching.test_resources import rounds

TODAY = date(2026, 1, 5)
POLICY = ResourcePolicy(today=TODAY)
HOME = {"lat": 25.0, "lon": 110.0}
FAR = {"lat": 25.2, "lon": 110.0}  # 22,239 m to the north


def given_in(stage: StagePlan) -> dict[tuple[int, int], int]:
    """Units by offer and wish."""
    return {(one.offer_id, one.wish_id): one.units for one in stage.allocations}


@pytest.mark.parametrize(
    ("goods", "barriers"),
    [
        ({"kind": "book"}, ("kind",)),
        ({"size_from": 130}, ("size",)),
        ({"expires": TODAY + timedelta(13)}, ("expired",)),
        ({"expires": TODAY + timedelta(14)}, ()),
        ({"max_km": 20, **FAR}, ("too_far",)),
        ({"max_km": 20, "brought": False, **FAR}, ()),
        ({"size_to": 110, "max_km": 20, **FAR}, ("size", "too_far")),
    ],
)
def test_what_bars_a_gift(goods: dict, barriers: tuple[str, ...]) -> None:
    """All barriers are named; a limit of the donor counts for what the donor brings."""
    gift = replace(Goods(id=1, kind="coat", quantity=1, **HOME), **goods)
    assert judge(gift, Wish(id=1, kind="coat", size=120, **HOME), POLICY).barriers == barriers


@pytest.mark.parametrize(
    ("fund", "barriers"),
    [
        ({"purposes": frozenset({"book"})}, ("purpose",)),
        ({"starts": TODAY + timedelta(15)}, ("term",)),
        ({"ends": TODAY + timedelta(13)}, ("term",)),
        ({"most_fen": 9899}, ("ceiling",)),
        ({"most_fen": 9900, "purposes": frozenset({"coat"})}, ()),
    ],
)
def test_what_bars_a_fund(fund: dict, barriers: tuple[str, ...]) -> None:
    """Purpose, term, and the dearest piece it may buy."""
    money = replace(Fund(id=1, fen=100_000), **fund)
    assert judge(money, Wish(id=1, kind="coat", ceiling_fen=9900), POLICY).barriers == barriers


def test_a_wish_without_a_ceiling_is_not_for_money() -> None:
    """Nobody has said what it may cost."""
    wish = Wish(id=1, kind="coat")
    assert judge(Fund(id=1, fen=100_000), wish, POLICY).barriers == ("ceiling",)
    plan = allocate(Resources.from_rows([], [Fund(id=1, fen=100_000)], [wish]), POLICY)
    assert (plan.money.allocations, plan.money.unmet) == ((), ())


def test_what_expires_first_goes_first() -> None:
    """Milk of next month before milk of next year."""
    soon, late = (
        Goods(id=d, kind="milk", quantity=1, expires=TODAY + timedelta(d)) for d in (40, 400)
    )
    plan = allocate(Resources.from_rows([soon, late], wishes=[Wish(id=1, kind="milk")]), POLICY)
    assert given_in(plan.goods) == {(40, 1): 1}
    assert plan.goods.allocations[0].judged.parts["expiry"] > 0
    assert judge(late, Wish(id=1, kind="milk"), POLICY).parts["expiry"] == 0


def test_townships_share_evenly() -> None:
    """Twelve coats, two townships that ask twelve each, one a little nearer: six and six."""
    near = [Wish(id=i, kind="coat", township_id=1, **HOME) for i in range(12)]
    far = [Wish(id=20 + i, kind="coat", township_id=2, lat=25.02, lon=110.0) for i in range(12)]
    rows = Resources.from_rows([Goods(id=1, kind="coat", quantity=12, **HOME)], wishes=near + far)
    near_only = ResourcePolicy(today=TODAY, even=0)
    shares = [
        sum(wish < 20 for _, wish in given_in(allocate(rows, policy).goods))
        for policy in (POLICY, near_only)
    ]
    assert shares == [6, 12]


def test_red_goes_before_even_sharing_goes_before_near() -> None:
    """One coat: for the child in danger, far away, in a township that has much."""
    near = Wish(id=1, kind="coat", township_id=1, **HOME)
    danger = Wish(id=2, kind="coat", township_id=2, urgency="red", **FAR)
    rows = Resources.from_rows(
        [Goods(id=1, kind="coat", quantity=1, **HOME)], wishes=[near, danger]
    )
    assert given_in(allocate(rows, POLICY).goods) == {(1, 2): 1}


def test_a_set_is_given_whole_or_not_at_all() -> None:
    """Three bowls do not serve who wishes for four; they go where one is enough."""
    whole = Wish(id=1, kind="bowl", quantity=4, whole=True, urgency="red")
    single = Wish(id=2, kind="bowl")
    bowls = Goods(id=1, kind="bowl", quantity=3)
    plan = allocate(Resources.from_rows([bowls], wishes=[whole, single]), POLICY)
    assert given_in(plan.goods) == {(1, 2): 1}
    assert [(one.wish_id, one.units, one.reason) for one in plan.goods.unmet] == [
        (1, 4, "not_whole")
    ]
    two = [bowls, Goods(id=2, kind="bowl", quantity=1)]
    plan = allocate(Resources.from_rows(two, wishes=[whole, single]), POLICY)
    assert given_in(plan.goods) == {(1, 1): 3, (2, 1): 1}


def test_money_buys_whole_pieces_that_goods_left() -> None:
    """Three coats wished, one given; of 250 yuan two are bought, of 150 one."""
    coat = Goods(id=1, kind="coat", quantity=1)
    wish = Wish(id=1, kind="coat", quantity=3, ceiling_fen=10_000)
    for fen, spent in ((25_000, 20_000), (15_000, 10_000), (9_999, 0)):
        plan = allocate(Resources.from_rows([coat], [Fund(id=1, fen=fen)], [wish]), POLICY)
        assert sum(given_in(plan.money).values()) == spent
        assert plan.money.gap == 0


def test_why_nothing_and_what_would_help() -> None:
    """Barred by size alone, by the way alone, by both; the nearer change is named."""
    wish = Wish(id=1, kind="coat", size=120, **HOME)
    rows = Resources.from_rows(
        [
            Goods(id=1, kind="coat", quantity=1, size_from=130, **HOME),
            Goods(id=2, kind="coat", quantity=1, max_km=20, **FAR),
            Goods(id=3, kind="coat", quantity=1, size_from=130, max_km=20, **FAR),
            Goods(id=4, kind="book", quantity=1),
        ],
        wishes=[wish],
    )
    plan = allocate(rows, POLICY)
    assert [(one.wish_id, one.reason) for one in plan.goods.unmet] == [(1, "all_barred")]
    why = why_unmet(rows, plan, 1, POLICY)
    assert why.barred == {"size": 2, "too_far": 2, "kind": 1}
    assert why.alone == {"size": 1, "too_far": 1, "kind": 1}
    assert why.change == Change("goods", "size", 1, 10)
    without = Resources.from_rows(rows.goods[1:], wishes=[wish])
    why = why_unmet(without, allocate(without, POLICY), 1, POLICY)
    assert why.change == Change("goods", "too_far", 2, 2239)


@examples(150)
@given(rounds(4))
def test_a_named_change_works(rows: Resources) -> None:
    """Applied and solved again, the stage is worth more."""
    plan = allocate(rows, POLICY)
    for unmet in (*plan.goods.unmet, *plan.money.unmet):
        change = why_unmet(rows, plan, unmet.wish_id, POLICY).change
        if change is not None and change.code in ("size", "ceiling"):
            stage = allocate(_changed(rows, change), POLICY)
            before, after = ((p.goods, p.money)[change.stage == "money"] for p in (plan, stage))
            assert after.total > before.total


def _changed(rows: Resources, change: Change) -> Resources:
    """The offer as it would be."""
    goods, funds = list(rows.goods), list(rows.funds)
    if change.stage == "money":
        at = [fund.id for fund in funds].index(change.offer_id)
        funds[at] = replace(funds[at], most_fen=(funds[at].most_fen or 0) + change.by)
    else:
        at = [one.id for one in goods].index(change.offer_id)
        low, high = goods[at].size_from, goods[at].size_to
        goods[at] = replace(
            goods[at],
            size_from=None if low is None else low - change.by,
            size_to=None if high is None else high + change.by,
        )
    return Resources.from_rows(goods, funds, rows.wishes)


def test_bad_rows_are_refused() -> None:
    """By what is wrong with them."""
    for bad in (
        {"wishes": [Wish(id=1, kind="coat", quantity=0)]},
        {"wishes": [Wish(id=1, kind="coat"), Wish(id=1, kind="coat")]},
        {"goods": [Goods(id=1, kind="coat", quantity=-1)]},
        {"wishes": [Wish(id=1, kind="coat", urgency="blue")]},
    ):
        with pytest.raises(ValueError, match=r"id|quantity|urgency"):
            Resources.from_rows(**bad)
    with pytest.raises(ValueError, match="too large"):
        Resources.from_rows(funds=[Fund(id=1, fen=10**13)])
    many = [Fund(id=at, fen=10**12) for at in range(3000)]
    rows = Resources.from_rows(funds=many, wishes=[Wish(id=1, kind="coat", ceiling_fen=10**12)])
    with pytest.raises(ValueError, match="too large"):
        allocate(rows, POLICY)
