"""A proposal by the engine: nobody's name goes in, a person decides, what is gone is left out.

Made to fail: a line that nobody asks the rules again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.donations.actions import plans, wishes
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import plans as plan_find
from jiedui.donations.queries import wishes as wish_find
from jiedui.donations.rules.deciding import DecidingRefusal
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.plans import Helps, LeftWhy, LineState
from jiedui.donations.rules.wishes import WishCloseReason, WishState
from jiedui.needs.rules import Urgency
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.client import Browser
from tests.donations.test_books import open_wish, stands
from tests.people import Person


def make(by: Person) -> int:
    """A proposal for the county (opens its own write)."""
    with db.write():
        plan = plans.make(people.region(people.COUNTY), by=by.actor())
        db.session.flush()
        return plan.id


def settle(plan: int, by: Person) -> plans.Decided:
    """Everything that is proposed is given (opens its own write)."""
    with db.write():
        lines = plan_find.lines(plan)
        return plans.settle(plan_find.get(plan), lines, "会议纪要 3 号", by=by.actor())


def test_goods_and_money_find_wishes_and_what_is_left_says_why(either_app: Flask) -> None:
    her, officer = director(), build.officer()
    bags, money = build.gift(officer, build.goods(1)), build.gift(officer, build.funds(8_000))
    red = open_wish(her)
    with db.write():
        wish_find.get(red).urgency = Urgency.red
    second, third, toy = open_wish(her), open_wish(her), open_wish(her, GoodsKind.toy)
    number = make(officer)
    with db.read():
        lines = plan_find.lines(number)
        assert {one.gift_id for one in lines} == {bags, money}
        assert red in {one.wish_id for one in lines}
        assert all(one.why["asked"] == 3 and one.why["met"] == 2 for one in lines)
        left, total = plan_find.left(number)
        why = {one.wish_id: one.reason for one in left}
        assert total == 2
        assert why.pop(toy) is LeftWhy.nothing_offered
        assert {one.helps for one in left if one.wish_id == toy} == {Helps.more}
        assert set(why) < {second, third}
        assert set(why.values()) == {LeftWhy.used_elsewhere}
    assert stands(bags) == (1, 1, 0, 0, 0)  # it decides nothing
    assert settle(number, officer).taken == 2
    assert stands(bags) == (1, 0, 1, 0, 0)
    assert stands(money) == (8_000, 0, 8_000, 0, 0)


def test_money_for_something_else_helps_only_where_it_is_enough(app: Flask) -> None:
    """Made to fail: whoever gave too little is asked as well."""
    her, officer = director(), build.officer()
    toys = build.funds(9_000, kind=GoodsKind.toy)
    gift, dear = build.gift(officer, toys), open_wish(her, price=9_001)
    cheap = open_wish(her)
    number = make(officer)
    with db.read():
        helps = {one.wish_id: (one.helps, one.gift_id) for one in plan_find.left(number)[0]}
    assert helps == {dear: (Helps.more, None), cheap: (Helps.purpose, gift)}


def test_what_is_gone_meanwhile_is_left_out(either_app: Flask) -> None:
    her, officer = director(), build.officer()
    gift = build.gift(officer, build.goods(3))
    first, second = open_wish(her), open_wish(her)
    number = make(officer)
    with db.write():
        wishes.close(wish_find.get(first), WishCloseReason.no_longer_wished, by=her.actor())
    found = settle(number, officer)
    assert (found.taken, found.gone, found.tied) == (1, 1, 0)
    assert stands(gift) == (3, 2, 1, 0, 0)
    with db.read():
        assert wish_find.get(second).state is WishState.granted
        assert plan_find.counts(number) == {LineState.taken: 1, LineState.left_out: 1}
    with pytest.raises(Refusal) as no:
        settle(number, officer)
    assert no.value.code is DecidingRefusal.none_left


def test_a_newer_proposal_sets_the_older_aside(app: Flask) -> None:
    her, officer = director(), build.officer()
    build.gift(officer, build.goods(3))
    open_wish(her)
    old, new = make(officer), make(officer)
    with pytest.raises(Refusal) as no:
        settle(old, officer)
    assert no.value.code is DecidingRefusal.plan_over
    assert settle(new, officer).taken == 1


def test_on_the_page_without_a_name(app: Flask, device: Callable[[], Browser]) -> None:
    her, officer = director(), build.officer()
    build.gift(officer, build.goods(3))
    child = household_child(her)
    wish = build.wish(child, her)
    build.looked_at(wish, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    office = device()
    office.sign_in(officer.phone)
    office.send("/gifts/plan")
    assert "方案已生成" in office.words
    office.get("/gifts/plans/1")
    with db.read():
        one = wish_find.get(wish)
        assert one.child.name not in office.text
        assert one.child.village.name not in office.text
        assert one.code in office.words
    ticks = [part.split('"')[0] for part in office.text.split('name="lines" value="')[1:]]
    office.send("/gifts/plans/1", lines=ticks, evidence="")
    assert "已分配 1 项" not in office.words
    office.send("/gifts/plans/1", lines=ticks, evidence="会议纪要")
    assert "已分配 1 项" in office.words
    with db.read():
        assert find.get(1).stock.in_stock == 2
