"""Search finds by number and by name, and nothing outside the reader's reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jiedui.access.rules import Office, Role
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


def test_a_changed_name_is_found_at_once(seeks: Seeks) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(director, name="赖晓雨")
    assert f"/children/{child_id}" in seeks(director, "晓雨").text
    with db.write():
        children.queries.get(child_id).name = "赖晴天"
    assert f"/children/{child_id}" in seeks(director, "晴天").text
    assert "没有找到" in seeks(director, "晓雨").words
