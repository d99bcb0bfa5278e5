"""Gifts on the pages as an office and a child director use them."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.core import db
from jiedui.donations.queries import gifts as find
from jiedui.donations.rules.goods import GoodsKind
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.client import Browser

GOODS = {"form": "goods", "kind": "school_things", "words": "书包", "amount": "3",
         "condition": "new", "carrier": "giver"}  # fmt: skip


def test_a_bag_from_a_person_to_a_child(app: Flask, device: Callable[[], Browser]) -> None:
    """From the offer to the thanks, each by whom it belongs to; who gives learns no name."""
    her = director()
    child_id, unit = household_child(her), build.charity()
    wish = build.wish(child_id, her)
    build.looked_at(wish, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    office, mine = device(), device()
    league = people.appoint(Role.coordinator, office=Office.youth_league)
    office.sign_in(league.phone)
    mine.sign_in(her.phone)
    office.send("/gifts/new", **GOODS)
    assert "请选择单位，或填写个人姓名和电话" in office.words
    office.send("/gifts/new", name="贾善人", phone="13900000009", **GOODS)
    assert "意向已登记" in office.words
    office.send("/gifts/1/accept", receiver=str(unit))
    assert "北试慈善会" in office.words
    office.send("/gifts/1/receive", amount="4", evidence="票 0001")
    assert "不能超过意向数额" in office.words
    office.send("/gifts/1/receive", amount="3", evidence="票 0001")
    assert "已入账" in office.words
    office.get("/gifts/1/allot")
    with db.read():
        name = children.get(child_id).name
    assert name not in office.text
    office.send("/gifts/1/allot", wish=str(wish), evidence="分配名单 1 号")
    assert "已分配" in office.words
    office.press("/gifts/1", "/gifts/allotments/1/dispatch")
    assert "已发出，并通知村" in office.words
    mine.get("/desk")
    assert "确认物资送达" in mine.words
    mine.send("/gifts/allotments/1/come", thanks="glad")
    assert "谢谢" in mine.words
    office.get("/gifts/1")
    assert "孩子很高兴" in office.words
    assert name not in office.text
    office.send("/gifts/1/take-out", target="written_off", amount="2", evidence="盘点表")
    assert re.search(r"损坏核销\s*2 件", office.words)
    with db.read():
        assert find.get(1).stock.in_stock == 0


def test_money_is_for_its_purpose_and_no_more_than_there_is(
    app: Flask, device: Callable[[], Browser]
) -> None:
    """The page offers only what the purpose allows; what is typed past it is refused."""
    her, officer = director(), build.officer()
    gift = build.gift(officer, build.funds(5_000))
    child_id = household_child(her)
    wish, toy = build.wish(child_id, her), build.wish(child_id, her, build.said(GoodsKind.toy))
    build.looked_at(wish, toy, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    office = device()
    office.sign_in(officer.phone)
    office.send(f"/gifts/{gift}/allot", wish=str(toy), amount="50", evidence="纪要")
    assert "已分配" not in office.words
    office.send(f"/gifts/{gift}/allot", wish=str(wish), evidence="纪要")
    assert "库存不足" in office.words
    office.send(f"/gifts/{gift}/allot", wish=str(wish), amount="50", evidence="纪要")
    assert "已分配" in office.words
    with db.read():
        assert find.get(gift).stock.in_stock == 0
