"""A director walks through houses without a signal: what is filled in is kept on the phone, sealed,
and sent when there is a line; in a real browser, with the line really cut.

Seen to fail: a page that lay on the phone used twice with one key (keep.js, renew), an account
that was not compared, entries that were never too old, a text put into the store beside its seal.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.drafts import Draft
from tests import people
from tests.browser.conftest import Served
from tests.browser.offline import AGE, EVERYTHING, Director
from tests.builders import needs as built
from tests.people import Person


@pytest.fixture
def director() -> Person:
    """The director of a village with a Children's Home."""
    with db.write():
        built.place()
    return people.appoint(Role.child_director, people.VILLAGE, name="石例女")


def names() -> list[str]:
    """Whose files there are."""
    with db.read():
        return [child.name for child in db.session.scalars(select(Child).order_by(Child.id))]


def test_three_houses_without_a_line(browser: Browser, served: Served, director: Person) -> None:
    """She opened the page at the office; the phone has closed it since. Each child comes once."""
    her = Director(browser, served, director)
    her.lay()
    her.line(there=False)
    for count, name in enumerate(("示小雨", "示小雪", "示小霜"), start=1):
        her.page.goto(f"{served.url}/visit")
        her.type(name)
        her.save()
        her.says("kept", "已保存在这部手机上")
        her.says("waiting", str(count))
        assert her.page.locator("main [name=name]").input_value() == ""
    assert names() == []
    kept = str(her.store()) + her.page.evaluate(EVERYTHING)
    for secret in ("示小", "示大山", "2016-05-04", people.VILLAGE, "/visit/home"):
        assert secret not in kept.replace("示小雨家", "")
    her.line(there=True)
    her.says("sent", "3")
    assert sorted(names()) == ["示小雨", "示小雪", "示小霜"]
    assert her.store() == []
    her.go("/children")
    her.sees("示小雪")
    her.done()


def test_house_after_house_on_one_page(browser: Browser, served: Served, director: Person) -> None:
    """The page stays open, empties itself, and the second child is not taken for the first."""
    her = Director(browser, served, director)
    her.go("/visit")
    her.line(there=False)
    for name in ("示小雨", "示小雪"):
        her.type(name)
        her.save()
        her.says("kept")
    her.line(there=True)
    her.says("sent", "2")
    assert sorted(names()) == ["示小雨", "示小雪"]
    her.done()


def test_with_a_line_it_is_as_always(browser: Browser, served: Served, director: Person) -> None:
    """One press, the child's page; a fault stands beside its field, put right it is taken."""
    her = Director(browser, served, director)
    her.go("/visit")
    her.type("示小雨", slots=None)
    her.save()
    expect(her.page.locator("#slots-e")).to_contain_text("还没有选时段")
    assert her.page.locator("main [name=name]").input_value() == "示小雨"
    her.fill(slots=["saturday_morning"])
    her.save()
    her.page.wait_for_url("**/children/*")
    her.sees("正在寻找合适的结对人")
    assert names() == ["示小雨"]
    assert her.store() == []
    with db.read():
        assert db.session.scalars(select(Draft)).first() is None
    her.done()


def test_what_a_rule_refuses_is_put_right_later(
    browser: Browser, served: Served, director: Person
) -> None:
    her = Director(browser, served, director)
    her.go("/visit")
    her.line(there=False)
    her.type("示小雨", slots=None)
    her.save()
    her.says("kept")
    her.line(there=True)
    her.says("draft", "1")
    assert her.store() == []
    her.page.locator('[data-says="draft"] a').click()
    her.page.get_by_role("button", name="打开修改").click()
    expect(her.page.locator("#slots-e")).to_contain_text("还没有选时段")
    assert her.page.locator("main [name=name]").input_value() == "示小雨"
    her.fill(slots=["saturday_morning"])
    her.save()
    her.page.wait_for_url("**/children/*")
    assert names() == ["示小雨"]
    her.go("/drafts")
    her.sees("没有待修改的表单")
    her.done()


def test_a_line_that_is_there_and_carries_nothing(
    browser: Browser, served: Served, director: Person
) -> None:
    """The phone believes in its line; the portal does not answer."""
    her = Director(browser, served, director)
    her.go("/visit")
    her.type("示小雨")
    her.context.route("**/keep", lambda route: route.abort())
    her.save()
    her.says("kept")
    her.says("waiting", "1")
    her.context.unroute("**/keep")
    her.go("/desk")
    her.says("sent", "1")
    assert names() == ["示小雨"]
    her.done()


def test_after_seven_days_it_is_gone_and_that_is_said(
    browser: Browser, served: Served, director: Person
) -> None:
    her = Director(browser, served, director)
    her.lay()
    her.go("/visit")
    her.line(there=False)
    her.type("示小雨")
    her.save()
    her.says("waiting", "1")
    her.page.evaluate(AGE, 6)
    her.page.goto(f"{served.url}/visit")
    her.says("waiting", "1")
    her.page.evaluate(AGE, 1.01)
    her.page.goto(f"{served.url}/visit")
    her.says("gone", "满 7 天")
    her.line(there=True)
    assert her.store() == []
    assert names() == []
    her.done()


def test_signed_out_meanwhile_and_another_account(
    browser: Browser, served: Served, director: Person
) -> None:
    """It waits for the one who typed it; who else takes the phone is told no name."""
    her = Director(browser, served, director)
    her.go("/visit")
    her.line(there=False)
    her.type("示小雨")
    her.save()
    her.says("kept")
    her.context.clear_cookies(name="jiedui")
    her.line(there=True)
    her.says("signed-out", "请登录")
    colleague = people.appoint(Role.child_director, people.VILLAGE, name="贾同事")
    her.sign_in(colleague.phone)
    her.says("another", "另一个账号")
    assert "石例女" not in her.page.locator("#keep").inner_text()
    her.go("/visit")
    her.says("another", "1")
    assert names() == []
    her.leave()
    her.sign_in(director.phone)
    her.says("sent", "1")
    assert names() == ["示小雨"]
    her.done()


def test_nothing_can_be_opened_without_a_line_after_signing_out(
    browser: Browser, served: Served, director: Person
) -> None:
    her = Director(browser, served, director)
    her.lay()
    her.leave()
    her.until("localStorage.getItem('jiedui-laid') === null")
    assert "石例女" not in her.page.evaluate(EVERYTHING)
    her.done()


def test_without_what_it_needs_the_page_is_an_ordinary_form(
    browser: Browser, served: Served, director: Person
) -> None:
    """An old browser, or one without a secure line: it promises nothing, and works."""
    her = Director(browser, served, director)
    her.context.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    her.go("/visit")
    her.type("示小雨")
    her.save()
    her.page.wait_for_url("**/children/*")
    assert her.page.locator("#keep").is_hidden()
    assert names() == ["示小雨"]
    her.done()
