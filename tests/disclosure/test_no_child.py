"""Nobody who looks at the public pages learns of a child: every open door is opened, and every link
from it followed; no name, number, telephone, village, school or word of a wish stands on any.

Seen to fail: a village instead of the township (donations.models, MaterialWish.township)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.access.rules import Role
from jiedui.children import queries as children
from jiedui.core import clock, db
from jiedui.disclosure.rules.gifts import quarter_of
from jiedui.donations.actions import allotments
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes as find_wishes
from jiedui.donations.rules.books import Thanks
from jiedui.donations.rules.goods import GoodsKind
from tests import people
from tests.builders import gifts as build
from tests.builders import needs
from tests.builders.children import director, household_child
from tests.client import Browser
from tests.house.test_routes import OPEN

Devices = Callable[[], Browser]
WORDS = "想要一只会发光的地球仪"
GIVER, PHONE = "贾不愿", "13912345678"
LINK = re.compile(r'href="(/[^"#]*)"')
MANY = 6  # so many shares of a gift: its township may be named


def come(child_id: int, gift: int, by: people.Person, her: people.Person) -> None:
    """A wish of a child is raised, granted and met (opens its own writes)."""
    wish = build.wish(child_id, her, build.said(words=WORDS))
    build.looked_at(wish, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    with db.write():
        to = find_wishes.get(wish)
        one = allotments.allot(build.read(gift), to, 1, "名单", by=by.actor())
        allotments.dispatch(one, by=by.actor())
        number = one.id
    with db.write():
        allotments.deliver(find.allotment(number), Thanks.glad, by=her.actor())


def a_county_with_gifts() -> tuple[str, set[str]]:
    """Six children got something a quarter ago; one still wishes. The gift's number, and all that
    nobody may read."""
    her, officer = director(), build.officer()
    kids = [household_child(her) for _ in range(MANY)]
    gift = build.gift(officer, build.goods(9, name=GIVER, phone=PHONE))
    for child_id in kids:
        come(child_id, gift, officer, her)
    waiting = build.wish(kids[0], her, build.said(GoodsKind.toy, words=WORDS))
    build.looked_at(waiting, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    needs.open_need(her, child_id=kids[0], at_place=False)
    with db.read():
        hidden = {WORDS, GIVER, PHONE, "上村", her.phone}
        for child_id in kids:
            child = children.get(child_id)
            hidden |= {child.name, child.code, *(g.name for g in child.household.guardians)}
            hidden |= {g.phone for g in child.household.guardians if g.phone}
            hidden |= {child.household.address} - {None, ""}
            hidden |= {child.school.name} if child.school else set()
        return build.read(gift).number, hidden


def every_page(app: Flask, anybody: Browser, number: str) -> dict[str, str]:
    """Each open door that can be opened by its address alone, and all that they lead to."""
    rules = [
        r for r in app.url_map.iter_rules() if r.endpoint in OPEN and "GET" in (r.methods or ())
    ]
    todo = [r.rule for r in rules if not r.arguments] + [f"/given/{number}", "/disclosed?quarter=x"]
    seen: dict[str, str] = {}
    while todo:
        path = todo.pop()
        if path in seen or path.startswith("/static"):
            continue
        anybody.get(path)
        seen[path] = anybody.text
        todo += [one.replace("&amp;", "&") for one in LINK.findall(anybody.text)]
    return seen


def test_no_open_door_tells_of_a_child(app: Flask, device: Devices) -> None:
    then = quarter_of(clock.today()).before.end - timedelta(days=1)
    with clock.moved_to(clock.at(then)):
        number, hidden = a_county_with_gifts()
    with clock.moved_to(clock.now() + timedelta(minutes=30)):
        seen = every_page(app, device(), number)
    assert {"/", "/wishes", "/disclosed", "/disclosed.csv", f"/given/{number}"} <= set(seen)
    assert "北东山镇" in seen["/disclosed"], "a township with enough is told of"
    assert "北东山镇" in seen[f"/given/{number}"]
    # The report door offers every village of the county: that tells of none.
    seen["/report"] = re.sub(r"<datalist.*?</datalist>", "", seen["/report"], flags=re.S)
    told = [(path, word) for path, text in seen.items() for word in hidden if word in text]
    assert told == []
