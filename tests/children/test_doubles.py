"""One child on file twice: found by sound, joined without losing anything, taken apart again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.children import actions, queries
from jiedui.children.models import FileMerge
from jiedui.children.rules import (
    ChildState,
    CloseReason,
    Likeness,
    MergeRefusal,
    Sketch,
    likeness,
)
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.needs import queries as needs
from tests import people
from tests.builders import children as kids
from tests.builders import pairings
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person

sketches = st.builds(
    Sketch,
    name=st.sampled_from(["示雨", "示语", "示山"]),
    pinyin=st.sampled_from(["shiyu", "shishan"]),
    birth_date=st.dates(date(2014, 1, 1), date(2016, 12, 31)),
    village_id=st.integers(1, 2),
    parents=st.frozensets(st.sampled_from(["甲", "乙", "丙"])),
)


@given(sketches, sketches)
def test_likeness_has_no_direction(one: Sketch, other: Sketch) -> None:
    """Two are as alike as the other two; another sound is never alike; oneself always."""
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) >= {Likeness.same_birth, Likeness.same_village}
    if one.pinyin != other.pinyin:
        assert not likeness(one, other)


@pytest.fixture
def supervisor(app: Flask) -> Person:
    """The township's supervisor."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def pair(**over: object) -> tuple[int, int]:
    """A child's file, and a second one under a name that sounds the same."""
    director = kids.director()
    first = kids.household_child(director, name="示雨涵")
    second = kids.household_child(director, name="示语晗", another=True, **over)
    return first, second


def test_names_that_sound_the_same_are_shown_to_the_township(
    app: Flask, supervisor: Person
) -> None:
    """With the day of birth a year apart, for village and father are the same."""
    first, second = pair(birth_date=kids.born(9) + timedelta(days=354))
    kids.household_child(name="示雨涵", birth_date=kids.born(13), another=True)
    desk = at(app, supervisor)
    desk.get("/children/doubles")
    assert f"/children/{first}/double/{second}" in desk.text
    assert desk.text.count("/double/") == 1
    assert "姓名读音相同" in desk.words
    assert "出生日期相差不到一年" in desk.words
    desk.get("/desk")
    assert "疑似重复档案" in desk.words


def test_two_children_are_not_asked_about_again(app: Flask, supervisor: Person) -> None:
    """Somebody has looked, and the list is empty."""
    first, second = pair()
    desk = at(app, supervisor)
    page = f"/children/{first}/double/{second}"
    assert desk.send(page).status_code == 422
    assert "请选择保留哪一份档案" in desk.words
    desk.send(page, answer="two")
    assert "没有疑似重复的档案" in desk.words


def test_a_double_gives_its_wishes_and_keeps_its_history(app: Flask, supervisor: Person) -> None:
    """The kept file shows both; undone, everything is where it was."""
    first, second = pair()
    need = open_need(kids.director(people.NEXT_VILLAGE), child_id=second)
    desk = at(app, supervisor)
    desk.send(f"/children/{first}/double/{second}", answer=str(first))
    assert "两份档案已合并" in desk.words
    assert f"与 C-{second:04d} 合并" in desk.words
    with db.read():
        double = queries.get(second)
        assert (double.state, double.close_reason) == (ChildState.closed, CloseReason.doubled_file)
        assert [c.id for c in needs.get(need).children] == [first]
        merge = queries.merges_of(double)[0].id
    desk.press(f"/children/{first}", f"/merges/{merge}/undo")
    assert "已恢复为两份档案" in desk.words
    with db.read():
        assert queries.get(second).state is ChildState.open
        assert [c.id for c in needs.get(need).children] == [second]
    again = desk.press(f"/children/{first}", f"/merges/{merge}/undo")
    assert again.status_code != 500


def test_the_file_with_a_pairing_is_the_one_to_keep(app: Flask, supervisor: Person) -> None:
    """Nobody's friend changes files: refused in words, and nothing has changed."""
    first, second = pair()
    director = kids.director(people.NEXT_VILLAGE)
    pairings.trial(need_id=open_need(director, child_id=second))
    desk = at(app, supervisor)
    answer = desk.send(f"/children/{first}/double/{second}", answer=str(first))
    assert answer.status_code == 422
    assert "另一份档案正在结对" in desk.words
    with db.read():
        assert queries.get(second).state is ChildState.open
    desk.send(f"/children/{first}/double/{second}", answer=str(second))
    assert "两份档案已合并" in desk.words


def test_two_id_numbers_are_two_children(app: Flask, supervisor: Person) -> None:
    """Whatever the names sound like."""
    director = kids.director()
    one, other = (
        kids.household_child(
            director,
            name="示雨涵",
            id_number=kids.checked(people.id_number(kids.born(9), "f")),
            another=True,
        )
        for _ in range(2)
    )
    with db.write(), pytest.raises(Refusal) as refused:
        actions.join_files(queries.get(one), queries.get(other), by=supervisor.actor())
    assert refused.value.code is MergeRefusal.both_numbered


def test_a_file_is_joined_to_one_other_at_most(either_app: Flask) -> None:
    """The database holds it too."""
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    first, second = pair()
    third = kids.household_child(name="示雨涵", another=True)
    with db.write():
        actions.join_files(queries.get(first), queries.get(second), by=supervisor.actor())
    with db.read():
        county = people.region(people.COUNTY).id
    again = FileMerge(county_id=county, kept_id=third, double_id=second, moved={}, at=clock.now())
    with pytest.raises(IntegrityError), db.write():
        db.session.add(again)
