"""A hand at a page: signs in, fills in fields by name, presses the button, counts the taps."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.client import PASSWORD

OPEN_ALL = "document.querySelectorAll('main details').forEach(d => { d.open = true })"


class Hand:
    """One person at one phone."""

    def __init__(self, browser: Browser, url: str, **context: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="zh-CN", **context
        )
        self.page: Page = self.context.new_page()
        self.url, self.taps = url, 0
        self.trouble: list[str] = []
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        refused = "status of 422" in message.text  # a refused form, which the page explains
        if message.type == "error" and not refused:
            self.trouble.append(f"{self.path}: {message.text}")

    def sign_in(self, phone: str) -> Hand:
        """Sign in with mobile number and password."""
        self.go("/sign-in")
        self.fill(phone=phone, password=PASSWORD)
        self.press()
        return self

    def go(self, path: str) -> None:
        """Open a page; it must be there."""
        answer = self.page.goto(self.url + path) or self.page.reload()
        assert answer is not None
        status = answer.status
        if status != 200:
            raise AssertionError(f"{path}: {status}")

    def fill(self, **fields: Any) -> None:
        """Fill in fields by name; a list ticks several; each costs a tap (typing costs one)."""
        self.page.wait_for_load_state()  # a link or a button may just have been pressed
        self.page.evaluate(OPEN_ALL)
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                self._field(name, str(one))

    def _field(self, name: str, value: str) -> None:
        self.taps += 1
        chosen = self.page.locator(f'main [name="{name}"][value="{value}"]')
        if chosen.count() and chosen.first.get_attribute("type") in ("radio", "checkbox"):
            chosen.first.check()
            return
        box = self.page.locator(f'main [name="{name}"]').first
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)

    def press(self, words: str = "") -> None:
        """Press the primary button of the page, or the one with these words."""
        self.taps += 1
        button: Locator = self.page.locator("button.btn-primary:visible, button.btn-danger:visible")
        if words:
            button = self.page.get_by_role("button", name=words)
        button.last.click()
        self.page.wait_for_load_state()

    def open_link(self, path: str) -> None:
        """Press the link to this path, and wait until the page it leads to is there."""
        self.taps += 1
        self.page.locator(f"main a[href='{path}']").first.click()
        self.page.wait_for_url(self.url + path)

    def sees(self, words: str) -> None:
        """The page says this."""
        expect(self.page.locator("body")).to_contain_text(words)

    @property
    def path(self) -> str:
        """Where the hand is."""
        return self.page.url.removeprefix(self.url)

    def done(self) -> None:
        """Leave; no page may have had a script or policy error."""
        self.context.close()
        assert self.trouble == [], self.trouble
