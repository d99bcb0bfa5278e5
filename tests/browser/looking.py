"""A browser that looks at pages as somebody, on a phone or at a desk, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.walk import Sight

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
HOTLINES = ("110", "12345", "12355", "12338")
SERIOUS = frozenset({"serious", "critical"})
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class View:
    """A size and a language, and what was wrong with the pages seen so."""

    browser: Browser
    url: str
    size: dict[str, int]
    language: str
    troubles: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """390-zh, 1440-en"""
        return f"{self.size['width']}-{self.language[:2]}"

    @contextmanager
    def by(self, sight: Sight) -> Iterator[Page]:
        """A page of somebody who has signed in."""
        context = self.browser.new_context(
            viewport=self.size, locale=self.language, bypass_csp=False
        )
        cookie = {"name": "language", "value": self.language, "url": self.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.on("console", lambda m: self._hear(page, m.type, m.text))
        if sight.username:
            page.goto(f"{self.url}/sign-in")
            page.fill("main [name=phone]", sight.username)
            page.fill("main [name=password]", sight.password or "")
            page.click("main button.btn-primary")
            page.wait_for_load_state()
        yield page
        context.close()

    def _hear(self, page: Page, kind: str, text: str) -> None:
        if kind == "error":
            self.troubles.append(f"{self.name} {page.url.removeprefix(self.url)}: {text}")

    def open(self, page: Page, sight: Sight) -> None:
        """Go there; the page must come, must not scroll sideways, and shows the hotlines."""
        answer = page.goto(self.url + sight.path)
        where = f"{self.name} {sight.role} {sight.path}"
        if answer is None or answer.status != 200:
            self.troubles.append(f"{where}: {answer and answer.status}")
        if not all(page.locator(f'[href="tel:{number}"]').count() for number in HOTLINES):
            self.troubles.append(f"{where}: a hotline is missing")
        wider = page.evaluate(WIDER)
        if wider > 0:
            self.troubles.append(f"{where}: {wider} px too wide")

    def axe(self, page: Page, sight: Sight) -> None:
        """What axe finds serious."""
        for found in Axe().run(page).response["violations"]:
            if found["impact"] in SERIOUS:
                targets = [node["target"][0] for node in found["nodes"][:3]]
                self.troubles.append(
                    f"{self.name} {sight.role} {sight.path}: {found['id']} {targets}"
                )


def by_person(found: list[Sight]) -> dict[str, list[Sight]]:
    """Sights of each role."""
    people: dict[str, list[Sight]] = {}
    for sight in found:
        people.setdefault(sight.role, []).append(sight)
    return people
