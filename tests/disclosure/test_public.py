"""What everybody may see: true figures, no child, and the words families should meet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.helpers.rules import HelpKind
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders import children, helpers, needs, pairings
from tests.client import Browser

Devices = Callable[[], Browser]
PAGES = ("/", "/about", "/rules", "/report", "/feedback", "/sign-in", "/register")


def wishes(number: int, code: str = people.VILLAGE, kind: HelpKind = HelpKind.reading) -> None:
    """So many open needs in a village."""
    director = people.appoint(Role.child_director, code)
    for _ in range(number):
        needs.open_need(director, code=code, at_place=False, kind=kind)


def row_of(page: str, township: str) -> list[str]:
    """The figures of a township's row: company, reading, tutoring, counselling, sum."""
    found = re.search(rf'<th scope="row">{township}</th>(.*?)</tr>', page, re.S)
    return re.findall(r"<td[^>]*>([^<]*)</td>", found.group(1)) if found else []


def test_needs_stand_by_township_and_small_numbers_as_few(device: Devices) -> None:
    wishes(6)
    wishes(2, kind=HelpKind.companionship)
    wishes(3, people.FAR_VILLAGE)
    page = device().get("/").get_data(as_text=True)
    assert row_of(page, "北东山镇") == ["少", "6", "–", "–", "6+"]
    assert row_of(page, "北西河乡") == ["–", "少", "–", "–", "少"]
    assert "南东山镇" not in page
    assert "还有 11 个心愿" in page


def test_a_lone_small_number_takes_another_with_it(device: Devices) -> None:
    """11 in all and 9 shown would tell that 2 wait in the other township."""
    wishes(9)
    wishes(2, people.FAR_VILLAGE)
    page = device().get("/").get_data(as_text=True)
    assert row_of(page, "北东山镇")[1] == "少"


def test_a_county_without_anything_says_so_plainly(device: Devices) -> None:
    page = device()
    page.get("/")
    assert "现在没有等待的需求" in page.words
    assert "还有 0 个" not in page.words


def test_figures_are_counted_anew_after_a_while_and_not_at_every_look(device: Devices) -> None:
    page = device()
    page.get("/")
    wishes(7)
    assert "还有 7 个心愿" not in page.get("/").get_data(as_text=True)
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert "还有 7 个心愿" in page.get("/").get_data(as_text=True)


def test_the_sketch_draws_townships_as_dots_and_says_what_it_is(device: Devices) -> None:
    helpers.volunteer()
    wishes(1)
    page = device().get("/").get_data(as_text=True)
    assert 'class="hp"' in page
    assert 'class="nd"' in page
    assert "示意图" in page
    assert "北东山镇" in page
    assert 'class="land"' not in page


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_called_left_behind_or_in_difficulty(device: Devices, path: str) -> None:
    page = device().get(path).get_data(as_text=True)
    assert not re.search("留守|困境", page)


def test_no_name_of_a_child_or_village_is_public(device: Devices) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    child_id = children.household_child(director, name="赖晓雨")
    needs.open_need(director, child_id=child_id, at_place=False)
    pairings.trial()
    page = device().get("/").get_data(as_text=True)
    for hidden in ("赖晓雨", "上村", "C-0", "N-0", "P-0"):
        assert hidden not in page


def test_about_names_the_source_of_coordinates_and_how_to_reach_somebody(
    device: Devices,
) -> None:
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.duty_phone, "0797-5621234", by=SYSTEM)
        regions.set_for_county(county, Setting.filing_number, "赣备 2026-001", by=SYSTEM)
    page = device()
    page.get("/about")
    assert "Place coordinates (c) GeoNames, CC BY 4.0" in page.words
    assert 'href="tel:0797-5621234"' in page.text or "0797-5621234" in page.words
    assert "赣备 2026-001" in page.words
    assert "示意图" in page.words
    page.get("/sign-in")
    assert "备案号：赣备 2026-001" in page.words, "in the foot of every page"
    english = device().english()
    english.get("/about")
    assert "Place coordinates (c) GeoNames, CC BY 4.0" in english.words


def test_the_rules_say_how_to_take_consent_back(device: Devices) -> None:
    page = device()
    page.get("/rules")
    for words in (
        "随时可以撤回",
        "身份证号和住址一直隐去",
        "每次有人打开档案都有记录",
        "北试县民政局",
    ):
        assert words in page.words


def test_the_hotlines_stand_in_the_foot_of_every_page(device: Devices) -> None:
    page = device()
    for path in PAGES:
        foot = page.get(path).get_data(as_text=True).split('<footer class="jd-foot">')[1]
        for number in ("110", "12345", "12355", "12338"):
            assert f'href="tel:{number}"' in foot, path
