"""A director's phone with a line that can be cut, and what lies on it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Served
from tests.browser.hand import Hand
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
