"""The list of children: conditions stand together, count right, name nobody in the address, and
show nothing beyond a reader's scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.care.actions import reviews
from jiedui.care.models import ReviewFile
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.queries import Aspect, Filter
from jiedui.children.rules import Category, RiskLevel
from jiedui.core import db
from tests import people
from tests.builders import children as kids
from tests.builders import needs as wishes
from tests.builders import reviews as quarterly
from tests.client import Browser
from tests.people import Person


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    """It is a day in May; the review of the quarter is open."""
    with quarterly.on(2026, 5, 4):
        yield


@pytest.fixture
def director(app: Flask, spring: None) -> Person:
    """The first village's director."""
    return kids.director()


@pytest.fixture
def supervisor(app: Flask, spring: None) -> Person:
    """The first township's supervisor."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def listed(mine: Browser, **asked: object) -> set[int]:
    """Whom a list names, from its first page; the number it gives must be theirs."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    mine.get(f"/children?{query}")
    body = mine.text[mine.text.index('id="main"') :]
    found = {int(n) for n in re.findall(r'href="/children/(\d+)"', body)}
    count = re.search(r"找到 (\d+) 个", mine.words)
    assert (int(count.group(1)) if count else 0) == len(found), mine.words
    return found


def test_by_wish(app: Flask, director: Person) -> None:
    with_wish, without = (kids.household_child(director) for _ in range(2))
    waiting = kids.household_child(director, consent=False)
    wishes.open_need(director, child_id=with_wish, at_place=False)
    wishes.open_need(director, child_id=waiting, at_place=False)
    mine = at(app, director)
    assert listed(mine, need="none") == {without}
    assert listed(mine, need="looked-for") == {with_wish}
    assert listed(mine, need="companionship") == {with_wish, waiting}
    assert listed(mine, need="counselling") == set()
    assert "没有孩子同时符合这些条件" in mine.words
    assert "请去掉上面的一个条件" in mine.words
    assert "心愿：" in mine.words
    assert listed(mine, need="nonsense") == {with_wish, without, waiting}


def test_by_how_the_file_stands_in_this_quarters_review(
    app: Flask, director: Person, supervisor: Person
) -> None:
    with quarterly.on(2026, 3, 2):
        confirmed, changed, left = (kids.household_child(director) for _ in range(3))
    quarterly.morning()
    with db.write():
        file = db.session.get_one(ReviewFile, quarterly.file_of(confirmed))
        reviews.confirm(file, by=director.actor())
        ledger.move_risk(children.get(changed), RiskLevel.yellow, by=director.actor())
    for person in (director, supervisor):
        mine = at(app, person)
        assert listed(mine, review="open") == {left}
        assert listed(mine, review="confirmed") == {confirmed}
        assert listed(mine, review="changed") == {changed}
        assert listed(mine, review="changed", risk="yellow") == {changed}
        assert listed(mine, review="open", risk="yellow") == set()
        mine.get("/reviews")
        (link,) = set(re.findall(r'href="(/children\?[^"]*review=open[^"]*)"', mine.text))
        mine.get(link.replace("&amp;", "&"))
        assert "本季度复核：尚未更新" in mine.words or "本季度复核：" in mine.words
        assert f"/children/{left}" in mine.text


def test_a_coordinator_narrows_to_a_township_and_then_to_a_village(
    app: Flask, director: Person
) -> None:
    near = kids.household_child(director)
    beside = kids.household_child(kids.director(people.NEXT_VILLAGE), code=people.NEXT_VILLAGE)
    far = kids.household_child(kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE)
    league = people.appoint(Role.coordinator, office=Office.youth_league)
    theirs = at(app, league)
    with db.read():
        town, village = people.region(people.TOWNSHIP).id, people.region(people.VILLAGE).id
        other = people.region(people.OTHER_COUNTY).id
    assert listed(theirs) == {near, beside, far}
    assert f'value="{village}"' not in theirs.text
    assert listed(theirs, region=town) == {near, beside}
    assert f'value="{village}"' in theirs.text
    assert listed(theirs, region=village) == {near}
    assert listed(theirs, region=other) == {near, beside, far}
    assert 'name="review"' not in theirs.text
    assert listed(theirs, region=village, review="open") == {near}
    affairs = at(app, people.appoint(Role.coordinator, office=Office.civil_affairs))
    # A whole county's files are not looked at one by one for a list.
    assert listed(affairs, review="open") == {near, beside, far}
    assert 'name="review"' not in affairs.text
    assert listed(affairs, region=village) == {near}
    assert 'name="review"' in affairs.text


def test_another_scopes_children_are_never_listed(app: Flask, director: Person) -> None:
    kids.household_child(kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE)
    mine = at(app, director)
    with db.read():
        far = people.region(people.FAR_VILLAGE).id
    for asked in ({}, {"region": far}, {"need": "none"}, {"state": "all", "need": "none"}):
        assert listed(mine, **asked) == set()


def test_a_page_beyond_the_last_is_the_last(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    mine = at(app, director)
    for number in ("7", "-3", "x", "99999999999999999999"):
        assert listed(mine, page=number) == {child}


def test_the_address_holds_no_name_and_a_condition_can_be_dropped(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director, name="示晚霞", risk=RiskLevel.yellow)
    mine = at(app, director)
    assert listed(mine, risk="yellow", need="none", name="示晚霞") == {child}
    for address in re.findall(r'href="(/children\?[^"]*)"', mine.text):
        assert "示" not in address
        assert "name" not in address
    without = re.findall(r'href="(/children\?need=none)"', mine.text)
    assert without


SITUATIONS = (Category.left_behind, Category.orphan)
CONDITIONS = st.fixed_dictionaries(
    {
        "category": st.sampled_from([None, *SITUATIONS]),
        "risk": st.sampled_from([None, RiskLevel.yellow, RiskLevel.blue]),
        "need": st.sampled_from(["", "none", "companionship"]),
        "village": st.sampled_from([None, people.VILLAGE, people.NEXT_VILLAGE]),
    }
)


def _fits(child: Child, wish: str, asked: dict[str, Any]) -> bool:
    return (
        asked["category"] in {None, *child.living_categories}
        and asked["risk"] in (None, child.risk)
        and asked["need"] in ("", wish)
        and asked["village"] in (None, child.village.code)
    )


def test_conditions_stand_together(app: Flask, supervisor: Person) -> None:
    """Every list is what one finds who reads all files with these conditions in hand."""
    made: dict[int, str] = {}
    directors = {c: kids.director(c) for c in (people.VILLAGE, people.NEXT_VILLAGE)}
    for code, category, risk, wish in product(
        directors, SITUATIONS, (RiskLevel.yellow, RiskLevel.blue), (True, False)
    ):
        child = kids.household_child(
            directors[code], code=code, categories=frozenset({category}), risk=risk
        )
        if wish:
            wishes.open_need(directors[code], child_id=child, at_place=False)
        made[child] = "companionship" if wish else "none"

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(CONDITIONS)
    def holds(asked: dict[str, Any]) -> None:
        with db.read():
            region = people.region(asked["village"]).id if asked["village"] else None
            known = {Aspect.need: asked["need"]} if asked["need"] else {}
            filter_ = Filter(region, asked["category"], risk=asked["risk"], known=known)
            rows, total, _number = children.page(supervisor.actor(), filter_)
            by_hand = {i for i in made if _fits(children.get(i), made[i], asked)}
            assert {child.id for child in rows} == by_hand
            assert total == len(by_hand) == children.count(supervisor.actor(), filter_)

    holds()
