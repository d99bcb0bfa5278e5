"""A director walks through houses without a signal: what is filled in is kept on the phone, sealed,
and sent when there is a line; in a real browser, with the line really cut.

Seen to fail: a page that lay on the phone used twice with one key (keep.js, renew), an account
that was not compared, entries that were never too old, a text put into the store beside its seal.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.drafts import Draft
from tests import people
from tests.browser.conftest import Served
from tests.browser.hand import Hand
from tests.builders import needs as built
from tests.people import Person

STORE = """async () => {
  const db = await new Promise((good) => {
    const opening = indexedDB.open("jiedui");
    opening.onsuccess = () => good(opening.result);
  });
  const all = db.transaction("forms").objectStore("forms").getAll();
  return await new Promise((good) => { all.onsuccess = () => good(all.result); });
}"""
AGE = """async (days) => {
  const db = await new Promise((good) => {
    const opening = indexedDB.open("jiedui");
    opening.onsuccess = () => good(opening.result);
  });
  const forms = db.transaction("forms", "readwrite").objectStore("forms");
  const asked = forms.getAll();
  const all = await new Promise((good) => { asked.onsuccess = () => good(asked.result); });
  for (const one of all) forms.put({ ...one, at: one.at - days * 86400000 });
  await new Promise((good) => { forms.transaction.oncomplete = good; });
}"""
LAID = "localStorage.getItem('jiedui-laid') !== null"
EVERYTHING = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!request.url.includes("/assets/")) found.push(await (await cache.match(request)).text());
    }
  }
  return found.join(" ");
}"""


class Director(Hand):
    """A director's phone, with a line that can be cut."""

    def __init__(self, browser: Browser, served: Served, person: Person) -> None:
        super().__init__(browser, served.url)
        self.sign_in(person.phone)

    def lay(self) -> None:
        """At the office: the empty page comes to lie on the phone."""
        self.until(LAID)

    def until(self, script: str) -> None:
        """Wait for something that no page shows."""
        for _ in range(100):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(script)

    def line(self, *, there: bool) -> None:
        """Cut the line or restore it, by the browser's own network emulation (for the page and for
        the worker that answers for it)."""
        self.context.set_offline(not there)

    def leave(self) -> None:
        """Sign out (the button is in a menu)."""
        self.page.evaluate("document.querySelector('form[action$=\"/sign-out\"] button').click()")
        self.page.wait_for_url(f"{self.url}/")

    def type(self, name: str, **over: Any) -> None:
        """Fill in a visit."""
        fields = {"name": name, "birth_date": "2016-05-04", "sex": "f", "guardian_name": "示大山"}
        fields |= {"guardian_relation": "grandmother", "kind": "companionship"}
        fields |= {"slots": ["saturday_morning"], "consent": "paper", "view": "yes"}
        self.fill(**{k: v for k, v in (fields | {"view_how": "alone"} | over).items() if v})

    def save(self) -> None:
        """Press the button of the visit."""
        self.page.get_by_role("button", name="保存").click()

    def says(self, name: str, words: str = "") -> None:
        """The keep says this."""
        line = self.page.locator(f'[data-says="{name}"]')
        expect(line).to_be_visible(timeout=30_000)
        expect(line).to_contain_text(words)

    def store(self) -> list[dict[str, Any]]:
        """What lies on the phone."""
        return list(self.page.evaluate(STORE))

    def done(self) -> None:
        """A cut line is no error of the page."""
        offline = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION", "409", "ERR_FAILED")
        self.trouble = [t for t in self.trouble if not any(word in t for word in offline)]
        super().done()


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
