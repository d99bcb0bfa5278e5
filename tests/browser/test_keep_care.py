"""The daily work of a director where there is no line: a house is visited, houses are screened, a
worry is reported; in a real browser, with the line really cut.

Seen to fail: the pressed button left out of what is kept (keep.js, kept), a mark that leads to its
own page without opening it afresh (keep.js, lead).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from jiedui.care.models.screening import ScreeningCount, ScreeningMark
from jiedui.care.models.visits import Visit
from jiedui.care.rules.visits import HomeFound
from jiedui.core import clock, db
from jiedui.protection.models import Report
from tests.browser.conftest import Served
from tests.browser.hand import Hand
from tests.browser.offline import EVERYTHING, Director
from tests.builders import children as kids
from tests.builders.visits import house_of
from tests.people import Person

WELL = {"outcome": "seen", "doing": "well", "carer": "grandparent", "contact": "weekly"}


@pytest.fixture
def director(served: Served) -> Person:
    """The director of a village."""
    return kids.director()


def home_of(child: int) -> int:
    """The house of a child."""
    with db.read():
        return house_of(child).id


def rows(table: Any) -> list[Any]:
    """What a table holds."""
    with db.read():
        found = list(db.session.scalars(select(table).order_by(table.id)))
        db.session.expunge_all()
    return found


def test_a_visit_without_a_line_is_kept_and_sent_once(
    browser: Browser, served: Served, director: Person
) -> None:
    number = home_of(kids.household_child(director, name="示晚霞"))
    her = Director(browser, served, director)
    her.go(f"/visits/houses/{number}/new")
    her.line(there=False)
    her.fill(**WELL, words="奶奶腿脚不便")
    her.save()
    her.says("kept", "已保存在这部手机上")
    her.says("waiting", "1")
    assert rows(Visit) == []
    kept = str(her.store()) + her.page.evaluate(EVERYTHING)
    for secret in ("示晚霞", "奶奶腿脚不便", f"/visits/houses/{number}"):
        assert secret not in kept
    assert her.page.locator("main [name=words]").input_value() == ""
    her.line(there=True)
    her.says("sent", "1")
    (visit,) = rows(Visit)
    assert (visit.outcome, visit.words) == (HomeFound.seen, "奶奶腿脚不便")
    assert visit.by_account == director.account_id
    assert her.store() == []
    her.done()


def test_failing_guardianship_without_a_line_is_told_by_telephone(
    browser: Browser, served: Served, director: Person
) -> None:
    """What waits on a phone has reported nothing: the page says so, and whom to ring."""
    number = home_of(kids.household_child(director))
    her = Director(browser, served, director)
    her.go(f"/visits/houses/{number}/new")
    her.line(there=False)
    her.fill(**WELL, noticed=["violence"])
    her.save()
    urgent = her.page.locator("[data-urgent]")
    expect(urgent).to_be_visible()
    expect(urgent).to_contain_text("还没有报告给任何人")
    expect(urgent).to_contain_text("110")
    assert rows(Report) == []
    her.line(there=True)
    her.says("sent", "1")
    (visit,) = rows(Visit)
    assert visit.failing
    assert len(rows(Report)) == 1
    her.fill(**WELL)
    her.save()
    her.page.wait_for_url("**/visits/villages/*")
    assert [one.failing for one in rows(Visit)] == [True, False]
    her.done()


def test_a_visit_that_a_rule_refuses_waits_as_a_draft(
    browser: Browser, served: Served, director: Person
) -> None:
    number = home_of(kids.household_child(director))
    her = Director(browser, served, director)
    her.go(f"/visits/houses/{number}/new")
    her.line(there=False)
    her.fill(outcome="seen", doing="well")
    her.save()
    her.says("kept")
    her.line(there=True)
    her.says("draft", "1")
    her.page.locator('[data-says="draft"] a').click()
    her.sees("记录走访")
    her.page.get_by_role("button", name="打开修改").click()
    assert her.page.locator("main [name=doing]:checked").get_attribute("value") == "well"
    her.fill(carer="grandparent", contact="weekly")
    her.save()
    her.page.wait_for_url("**/visits/villages/*")
    assert len(rows(Visit)) == 1
    her.go("/drafts")
    her.sees("没有待修改的表单")
    her.done()


def test_houses_are_screened_one_after_another_without_a_line(
    browser: Browser, served: Served, director: Person
) -> None:
    """Each button counts for its house; the list stays where it is and says what it keeps."""
    made = [kids.household_child(director, name=n) for n in ("示河东", "示河西", "示山上")]
    homes = [home_of(child) for child in made]
    her = Director(browser, served, director)
    her.go("/screening")
    her.line(there=False)
    for home, words in zip(homes, ("见到人", "家中无人", "已搬走"), strict=True):
        stop = her.page.locator(f"#h-{home}")
        stop.locator("button", has_text=words).click()
        expect(stop.locator('[data-kept="waiting"]')).to_contain_text(words)
        expect(stop.locator('[data-kept="waiting"]')).to_contain_text("已存在这部手机上")
    her.says("waiting", "3")
    her.fill(houses="41")
    her.page.get_by_role("button", name="保存户数").click()
    her.says("waiting", "4")
    assert rows(ScreeningMark) == []
    her.line(there=True)
    her.says("sent", "4")
    assert [one.houses for one in rows(ScreeningCount)] == [41]
    expect(her.page.locator(f"#h-{homes[0]} [data-kept=taken]")).to_contain_text("已发出")
    marks = {mark.household_id: mark.outcome for mark in rows(ScreeningMark)}
    found = (HomeFound.seen, HomeFound.nobody_home, HomeFound.moved)
    assert marks == dict(zip(homes, found, strict=True))
    her.go("/screening")
    her.sees("已查 3 户，共 3 户")
    her.done()


def test_with_a_line_a_mark_shows_at_once(
    browser: Browser, served: Served, director: Person
) -> None:
    """The page a mark leads to is the page it stands on, and is opened afresh each time."""
    first, second = (home_of(kids.household_child(director)) for _ in range(2))
    her = Director(browser, served, director)
    her.go("/screening")
    for count, home in enumerate((first, second), start=1):
        her.page.locator(f"#h-{home} button", has_text="见到人").click()
        her.sees(f"已查 {count} 户，共 2 户")
    her.page.locator(f"#h-{second} button", has_text="已搬走").click()
    her.page.wait_for_timeout(500)
    her.sees("已查 2 户，共 2 户")
    assert len(rows(ScreeningMark)) == 3
    assert her.store() == []
    her.done()


def test_a_report_stays_on_the_page_until_there_is_a_line_and_never_on_the_phone(
    browser: Browser, served: Served
) -> None:
    """A stranger on a phone that others use: nothing is kept, the report goes off by itself."""
    stranger = Hand(browser, served.url)
    stranger.go("/report")
    stranger.fill(what="隔壁孩子身上有伤")
    stranger.context.set_offline(True)
    stranger.press()
    waits = stranger.page.locator("#door-waits")
    expect(waits).to_contain_text("还没有发出")
    expect(waits).to_contain_text("110")
    assert stranger.page.locator("main [name=what]").input_value() == "隔壁孩子身上有伤"
    assert "隔壁孩子" not in stranger.page.evaluate(EVERYTHING)
    assert stranger.page.evaluate("indexedDB.databases()") == []
    assert rows(Report) == []
    stranger.context.set_offline(False)
    expect(stranger.page.locator("body")).to_contain_text("查询码", timeout=20_000)
    (report,) = rows(Report)
    assert report.what == "隔壁孩子身上有伤"
    assert report.received_at > clock.now() - timedelta(minutes=5)
    stranger.trouble = [t for t in stranger.trouble if "ERR_INTERNET_DISCONNECTED" not in t]
    stranger.done()
