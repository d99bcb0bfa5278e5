"""A person's browser in tests without one: follows forms as pages give them, keeps cookies."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "correct horse battery"


class _Forms(HTMLParser):
    """Reads the hidden fields of every POST form on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form" and (values.get("method") or "").lower() == "post":
            self.forms.append({"__action": values.get("action") or ""})
            self.inside = True
        elif tag == "input" and self.inside and values.get("type") == "hidden":
            self.forms[-1][values.get("name") or ""] = values.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def hidden_fields(text: str, path: str) -> dict[str, str]:
    """What the form of a page would send by itself: the one that posts to `path`."""
    reader = _Forms()
    reader.feed(text)
    fit = [f for f in reader.forms if f["__action"] in ("", path)]
    fit = [f for f in fit if f["__action"] == path] or fit or reader.forms[:1]
    chosen = dict(fit[0]) if fit else {}
    chosen.pop("__action", None)
    return chosen


class Browser:
    """One person at one device."""

    def __init__(self, app: Flask) -> None:
        self.app, self.http = app, app.test_client()
        self.page: TestResponse | None = None

    def get(self, path: str, **kw: Any) -> TestResponse:
        """Open a page, following redirects."""
        self.page = self.http.get(path, follow_redirects=True, **kw)
        return self.page

    def send(
        self, path: str, *, follow: bool = True, fresh: bool = True, **fields: Any
    ) -> TestResponse:
        """Fill in and send the form of a page: its hidden fields are taken from the page itself.
        A list value sends a field several times. `fresh=False` sends the last page's form again."""
        if fresh or self.page is None:
            self.get(path)
        hidden = self._hidden(path)
        data: dict[str, Any] = {**hidden, **fields}
        return self._post(path, data, follow)

    def _hidden(self, path: str) -> dict[str, str]:
        return hidden_fields(self.text, path)

    def press(self, path: str, action: str, *, follow: bool = True, **fields: Any) -> TestResponse:
        """Press the button of a form on page `path` that posts to `action`."""
        self.get(path)
        return self._post(action, {**self._hidden(action), **fields}, follow)

    def _post(self, path: str, data: dict[str, Any], follow: bool) -> TestResponse:
        self.page = self.http.post(path, data=data, follow_redirects=follow)
        return self.page

    @property
    def text(self) -> str:
        """The page's HTML."""
        return self.page.get_data(as_text=True) if self.page is not None else ""

    @property
    def words(self) -> str:
        """The page's text without markup, blanks folded."""
        bare = re.sub(r"<(script|style)\b.*?</\1>", " ", self.text, flags=re.S)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))

    def sign_in(self, phone: str, password: str = PASSWORD) -> TestResponse:
        """Sign in with mobile number and password."""
        return self.send("/sign-in", phone=phone, password=password)

    def english(self) -> Browser:
        """Read English from now on."""
        self.http.set_cookie("language", "en")
        return self
