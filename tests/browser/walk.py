"""Every page somebody can get to by its links: one example of each, and who sees it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.client import Browser

MOST = 400  # pages one role is followed through
OF_EACH = 6  # addresses of one kind that are tried


@dataclass(frozen=True)
class Sight:
    """A page and who is looking: the role's name, how they sign in (None: nobody)."""

    endpoint: str
    path: str
    role: str
    username: str | None = None
    password: str | None = None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "download" not in values:
            self.found.append(values["href"] or "")


def _links(text: str) -> Iterator[str]:
    reader = _Links()
    reader.feed(text)
    for link in reader.found:
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            yield parts.path


def _endpoint(app: Flask, path: str) -> str | None:
    try:
        return app.url_map.bind("").match(path, method="GET")[0]
    except HTTPException:
        return None


def sights(app: Flask, sign_ins: list[dict[str, str]]) -> list[Sight]:
    """For nobody, and for the first account of every role and office: one path an endpoint."""
    found = _follow(app, "nobody", None)
    seen = set()
    for one in sign_ins:
        role = one["role"] + (f"-{one['office']}" if one["office"] else "")
        if role not in seen:
            seen.add(role)
            found += _follow(app, role, one)
    return found


def _follow(app: Flask, role: str, one: dict[str, str] | None) -> list[Sight]:
    mine = Browser(app)
    if one:
        mine.sign_in(one["username"], one["password"])
    first = "/desk" if one else "/"
    waiting, known, found = [first], {first}, dict[str, Sight]()
    several = Counter[str]()
    while waiting and len(known) < MOST:
        path = waiting.pop(0)
        endpoint = _endpoint(app, path)
        if endpoint is None or endpoint in found:
            continue
        answer = mine.http.get(path)
        if answer.status_code != 200 or "html" not in answer.content_type:
            continue
        who = (one["username"], one["password"]) if one else (None, None)
        found[endpoint] = Sight(endpoint, path, role, *who)
        for link in _links(answer.get_data(as_text=True)):
            kind = _endpoint(app, link)
            if link not in known and kind not in (None, *found) and several[str(kind)] < OF_EACH:
                several[str(kind)] += 1  # a long list must not keep others from being seen
                known.add(link)
                waiting.append(link)
    return list(found.values())


def sign_ins_of(folder: Path) -> list[dict[str, str]]:
    """The demo's accounts with passwords."""
    text = (folder / "demo-sign-ins.json").read_text(encoding="utf-8")
    return list(json.loads(text))


def one_each(found: list[Sight]) -> list[Sight]:
    """One sight an endpoint; every role's first page is kept."""
    seen: set[str] = set()
    kept = []
    for sight in found:
        if sight.endpoint in seen and sight.endpoint != "desk.home":
            continue
        seen.add(sight.endpoint)
        kept.append(sight)
    return kept
