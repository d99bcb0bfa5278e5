"""What a person finds on a page after sending a form: faults beside their fields, and the input."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from jiedui.core import db
from jiedui.pairings.rules import PairingState
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.people import Person

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
CHECKSUM = ("最后一位对不上", "The last character does not fit")
NO_PHONE = ("没有这样的电话号码", "There is no such number in China")
SHORT = ("现在是 10 位", "this one has 10")
NO_SLOT = ("还没有选时段", "No time is chosen yet")
UNSEEN = frozenset({"csrf_token", "once", "version", "language", "next", "act"})


class _Reader(HTMLParser):
    """What the controls of a page hold, its ids, and the texts of its elements that have one."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, list[str]] = {}
        self.ids: set[str] = set()
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input":
            choice = given.get("type") in ("checkbox", "radio")
            if name and (not choice or "checked" in given):
                self.held.setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.held.setdefault(self._select, []).append(value)
        elif tag == "textarea":
            self._area = name

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.held.setdefault(self._area, []).append(data.strip())


def read(browser: Browser) -> _Reader:
    """The controls of the page that is open."""
    reader = _Reader()
    reader.feed(browser.text)
    return reader


def bare(html: str) -> str:
    """The words of a piece of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def beside(browser: Browser, field: str) -> str:
    """What stands beside a field as its fault."""
    found = re.search(rf'<div id="{re.escape(field)}-e">(.*?)</div>', browser.text, re.S)
    return bare(found.group(1)) if found else ""


def summary(browser: Browser) -> dict[str, str]:
    """The list of faults on top of the page: where each link leads, and its words."""
    box = re.search(r'<div class="jd-errs".*?</div>', browser.text, re.S)
    rows = re.findall(r'<a href="#([^"]+)">(.*?)</a>', box.group(0) if box else "", re.S)
    return {to: bare(words) for to, words in rows}


def on_top(browser: Browser) -> str:
    """Everything the list of faults says."""
    box = re.search(r'<div class="jd-errs".*?</div>', browser.text, re.S)
    return bare(box.group(0)) if box else ""


def named(browser: Browser, field: str, words: str) -> None:
    """The fault is said beside its field and on top, the link leads to the field, in one
    language."""
    assert browser.page is not None
    assert browser.page.status_code == 422
    assert words in beside(browser, field), (beside(browser, field), summary(browser))
    top = summary(browser)
    assert words in top.get(field, ""), top
    assert set(top) <= read(browser).ids
    one_language(browser)


def one_language(browser: Browser) -> None:
    """Faults are said in the reader's language: no English on a Chinese page, nor the reverse."""
    english = '<html lang="en"' in browser.text
    for words in summary(browser).values():
        # Typed names may be Chinese on an English page; they stand in quotation marks.
        said = re.sub(r"“[^”]*”", "", words)
        assert bool(CHINESE.search(said)) is not english, words


def still_there(browser: Browser, typed: dict[str, Any]) -> None:
    """Everything that was typed, ticked and chosen stands in the form."""
    held = read(browser).held
    for name, value in typed.items():
        wanted = value if isinstance(value, list) else [value]
        if name in UNSEEN or wanted == [""]:
            continue
        lost = [one for one in wanted if one not in held.get(name, [])]
        assert not lost, (name, lost, held.get(name))


def reading(browser: Browser, english: bool) -> Browser:
    """The browser, in one of the two languages."""
    return browser.english() if english else browser


def at_desk(app: Flask, person: Person, english: bool = False) -> Browser:
    """Somebody's browser after signing in."""
    browser = reading(Browser(app), english)
    browser.sign_in(person.phone)
    return browser


def rows(*tables: Any) -> list[int]:
    """How much is on file of each."""
    with db.read():
        return [db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables]


def state(pair: Pair) -> PairingState:
    """How it stands."""
    with db.read():
        return pair.read().state


def wrong_digit(number: str) -> str:
    """The number with another last character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")
