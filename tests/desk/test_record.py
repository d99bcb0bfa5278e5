"""The auditor browses the record: by act and day, page by page, without any child's name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from jiedui.access.rules import Office, Role
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.desk.queries.record import PAGE
from tests import people
from tests.builders import children
from tests.client import Browser

Devices = Callable[[], Browser]


def auditor(device: Devices) -> Browser:
    """An auditor's device."""
    mine = device()
    mine.sign_in(people.appoint(Role.auditor, name="曾审计").phone)
    return mine


def test_the_record_names_acts_and_numbers_and_no_child(device: Devices) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE, name="刘主任")
    child_id = children.household_child(director, name="赖晓雨")
    page = auditor(device)
    page.get(f"/record?act={Act.child_registered.value}")
    assert "建立孩子档案" in page.words
    assert f"孩子档案 {child_id}" in page.words
    assert "刘主任" in page.words
    assert "赖晓雨" not in page.text


def test_it_is_narrowed_by_act_and_day(device: Devices) -> None:
    page = auditor(device)
    today = clock.today()
    page.get(f"/record?act={Act.signed_in.value}&first={today}&last={today}")
    assert "曾审计" in page.words
    assert '<td role="cell" data-l="对象">账号' in page.text
    assert "没有这样的记录" in page.get("/record?first=2099-01-01").get_data(as_text=True)
    page.get("/record?act=nonsense&first=yesterday&before=x")
    assert page.page is not None
    assert page.page.status_code == 200


def test_it_is_paged_by_number_and_never_by_place(device: Devices) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    for _ in range(15):
        children.household_child(director)
    mine = auditor(device)
    mine.get("/record")
    assert mine.text.count('data-l="序号"') == PAGE
    seen: list[str] = []
    while True:
        seen += re.findall(r'data-l="序号" class="num">(\d+)<', mine.text)
        older = re.search(r'href="(/record\?before=\d+)"', mine.text)
        if older is None:
            break
        mine.get(older.group(1))
    assert [int(n) for n in seen] == list(range(len(seen), 0, -1))


@pytest.mark.parametrize(
    ("role", "place", "office"),
    [
        (Role.account_admin, people.COUNTY, None),
        (Role.coordinator, people.COUNTY, Office.civil_affairs),
        (Role.leader, people.COUNTY, None),
        (Role.child_director, people.VILLAGE, None),
    ],
)
def test_nobody_else_reads_it(
    device: Devices, role: Role, place: str, office: Office | None
) -> None:
    mine = device()
    mine.sign_in(people.appoint(role, place, office=office).phone)
    assert mine.get("/record").status_code == 404


def test_one_county_does_not_read_anothers(device: Devices) -> None:
    children.household_child(people.appoint(Role.child_director, people.VILLAGE))
    mine = device()
    mine.sign_in(people.appoint(Role.auditor, people.OTHER_COUNTY).phone)
    mine.get(f"/record?act={Act.child_registered.value}")
    assert "没有这样的记录" in mine.words
