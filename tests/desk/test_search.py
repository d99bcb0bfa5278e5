"""Search finds by number and by name, and nothing outside the reader's reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jiedui.access.rules import Office, Role
from jiedui.children.actions import ChildChange, change_child, close_child, reopen_child
from jiedui.children.models import Child
from jiedui.children.rules import CloseReason
from jiedui.core import db
from tests import people
from tests.builders import children, helpers, needs, pairings
from tests.client import Browser
from tests.people import Person

Devices = Callable[[], Browser]


@pytest.fixture
def seeks(device: Devices) -> Callable[[Person, str], Browser]:
    """Somebody looks for something from the head of the page."""

    signed_in: dict[str, Browser] = {}

    def look(person: Person, text: str) -> Browser:
        if person.phone not in signed_in:
            signed_in[person.phone] = device()
            signed_in[person.phone].sign_in(person.phone)
        mine = signed_in[person.phone]
        mine.send("/search", q=text)
        return mine

    return look


Seeks = Callable[[Person, str], Browser]


def test_a_name_is_found_by_characters_pinyin_and_initials(seeks: Seeks) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(director, name="赖晓雨")
    children.household_child(director, name="钟大山")
    for text in ("赖晓雨", "晓雨", "laixiaoyu", "lxy", " 赖 晓雨 "):
        page = seeks(director, text)
        assert f"/children/{child_id}" in page.text, text
        assert "钟大山" not in page.text


def test_a_name_never_stands_in_an_address(seeks: Seeks) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    children.household_child(director, name="赖晓雨")
    page = seeks(director, "赖晓雨").page
    assert page is not None
    assert page.request.path == "/search"
    assert page.request.query_string == b""


def test_a_number_opens_what_it_names(seeks: Seeks) -> None:
    pair = pairings.proposed()
    with db.read():
        child_id = pair.read().need.children[0].id
    for text, path in (
        (f"C-{child_id:04d}", f"/children/{child_id}"),
        (f"n{pair.need_id}", f"/needs/{pair.need_id}"),
        (f"P-{pair.id}", f"/pairings/{pair.id}"),
        (f"v-{pair.helper_id}", f"/helpers/{pair.helper_id}"),
    ):
        page = seeks(pair.officer, text).page
        assert page is not None
        assert page.request.path == path


def test_what_lies_elsewhere_is_not_found(seeks: Seeks) -> None:
    near = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(near, name="赖晓雨")
    need_id = needs.open_need(near, child_id=child_id, at_place=False)
    for role, place, office in (
        (Role.child_director, people.NEXT_VILLAGE, None),
        (Role.township_supervisor, people.OTHER_TOWNSHIP, None),
        (Role.coordinator, people.OTHER_COUNTY, Office.civil_affairs),
        (Role.account_admin, people.COUNTY, None),
        (Role.auditor, people.COUNTY, None),
        (Role.volunteer, people.VILLAGE, None),
    ):
        person = people.appoint(role, place, office=office)
        for text in ("赖晓雨", f"C-{child_id}", f"N-{need_id}"):
            page = seeks(person, text)
            assert "您的范围里没有找到" in page.words, (role, text)


def test_a_helper_is_found_by_name_by_those_who_vet(seeks: Seeks) -> None:
    _, helper_id = helpers.volunteer(name="温好心")
    coordinator = people.appoint(Role.coordinator, office=Office.youth_league)
    assert f"/helpers/{helper_id}" in seeks(coordinator, "好心").text
    director = people.appoint(Role.child_director, people.VILLAGE)
    assert f"/helpers/{helper_id}" not in seeks(director, "好心").text


def as_it_is(kid: Child) -> ChildChange:
    """What the page of a change says when nothing was changed in it."""
    return ChildChange(
        kid.name, kid.birth_date, kid.sex, kid.village, kid.school_stage, kid.boarding, kid.risk,
        kid.said_categories,
    )  # fmt: skip


def rename(child_id: int, name: str, by: Person) -> None:
    """The child is called otherwise from now on."""
    with db.write():
        kid = children.queries.get(child_id)
        change_child(kid, replace(as_it_is(kid), name=name), by=by.actor())


def move(child_id: int, code: str, by: Person) -> None:
    """The child lives in another village from now on."""
    with db.write():
        kid = children.queries.get(child_id)
        change_child(kid, replace(as_it_is(kid), village=people.region(code)), by=by.actor())


def test_a_changed_name_is_found_at_once(seeks: Seeks) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(director, name="赖晓雨")
    assert f"/children/{child_id}" in seeks(director, "晓雨").text
    rename(child_id, "赖晴天", director)
    assert f"/children/{child_id}" in seeks(director, "晴天").text
    assert "没有找到" in seeks(director, "晓雨").words


def test_whoever_moves_is_found_where_they_live_now(seeks: Seeks) -> None:
    """Made to catch: a name that stays in memory under the village it has left."""
    here = people.appoint(Role.child_director, people.VILLAGE)
    there = people.appoint(Role.child_director, people.NEXT_VILLAGE)
    child_id = children.household_child(here, name="赖晓雨")
    assert f"/children/{child_id}" in seeks(here, "晓雨").text
    move(child_id, people.NEXT_VILLAGE, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    assert f"/children/{child_id}" in seeks(there, "晓雨").text
    assert "没有找到" in seeks(here, "晓雨").words


def test_a_closed_file_is_found_no_more_and_an_opened_one_again(seeks: Seeks) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(director, name="赖晓雨")
    assert f"/children/{child_id}" in seeks(director, "晓雨").text
    with db.write():
        close_child(
            children.queries.get(child_id), CloseReason.moved_with_parents, by=director.actor()
        )
    assert "没有找到" in seeks(director, "晓雨").words
    with db.write():
        reopen_child(children.queries.get(child_id), by=director.actor())
    assert f"/children/{child_id}" in seeks(director, "晓雨").text


def test_a_whole_name_comes_before_many_that_only_hold_it(seeks: Seeks) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    first = children.household_child(director, name="赖雨雨")
    for _ in range(21):
        children.household_child(director, name="赖雨雨雨", sibling_of=first, another=True)
    last = children.household_child(director, name="雨雨", sibling_of=first, another=True)
    assert f"/children/{last}" in seeks(director, "雨雨").text
