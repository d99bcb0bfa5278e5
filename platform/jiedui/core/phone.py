"""A form that was filled in where there is no line: kept on the phone, sealed to the portal's
public key, and sent when there is a line again.

What arrives is another wrapping of the same form. It is unwrapped before routing, so that guard,
one-time key, form and action are those of the page it was typed on; only the answer is short, for
a script reads it. A page is kept so when its route says `may_be_kept`.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, urlencode

from flask import Flask, Response, current_app, jsonify, request

from jiedui.core import clock, crypto, kept

F = TypeVar("F", bound=Callable[..., Any])
DOOR = "/keep"
DAYS = 7
MOST = 400_000  # bytes of one entry as it is sent
EMPTY = "Jiedui-Empty"  # asks for a page with nothing in it but who it is for, and says it is one
TITLE = "kept_title"


class Stay(StrEnum):
    """Why an entry stays on the phone."""

    signed_out = "signed out"
    another = "another account"
    again = "again"
    choose = "choose a role"
    unreadable = "unreadable"
    not_now = "not now"
    later = "later"


@dataclass(frozen=True)
class Entry:
    """A form as it was typed on a phone: under which account (its handle), on which page, what,
    and when by the phone's clock (never later than now)."""

    who: str
    path: str
    pairs: list[tuple[str, str]]
    typed_at: datetime


def may_be_kept(title: Any, *, opens_empty: bool = False) -> Callable[[F], F]:
    """The form of this page may be kept on a phone. `title` is what its draft is called;
    `opens_empty`: the page, empty, may lie on the phone and open without a line: it then must
    hold nothing about any child."""

    def mark(view: F) -> F:
        view.kept_title, view.opens_empty = title, opens_empty  # type: ignore[attr-defined]
        return view

    return mark


def handle(account_id: int) -> str:
    """By what a phone knows an account: enough to tell one from another, and nothing else."""
    return crypto.blind_index("phone.account", str(account_id))[:32]


def public_key() -> str:
    """The key to seal to, as a page carries it."""
    return base64.b64encode(crypto.public_key()).decode()


def empty_pages(app: Flask) -> list[str]:
    """The endpoints of pages that may lie on a phone, empty."""
    views = app.view_functions.items()
    return [name for name, view in views if getattr(view, "opens_empty", False)]


def unwrap(environ: dict[str, Any]) -> dict[str, Any]:
    """A request as its page would have sent it; any other, and what cannot be opened, as it is."""
    if environ.get("REQUEST_METHOD") != "POST" or environ.get("PATH_INFO") != DOOR:
        return environ
    body = _body(environ)
    sent = parse_qs(body.decode("ascii", "ignore"))
    try:
        entry = read(sent.get("sealed", [""])[0])
    except (crypto.BadKeys, ValueError, KeyError, TypeError, binascii.Error):
        return environ | {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    form = [*entry.pairs, ("csrf_token", sent.get("csrf_token", [""])[0])]
    typed = urlencode(form).encode()
    return environ | {
        kept.FROM_PHONE: entry,
        "PATH_INFO": entry.path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(typed)),
        "wsgi.input": BytesIO(typed),
    }


def _body(environ: dict[str, Any]) -> bytes:
    said = str(environ.get("CONTENT_LENGTH") or "0")
    length = int(said) if said.isdecimal() else 0
    return cast(bytes, environ["wsgi.input"].read(length)) if length <= MOST else b""


def read(sealed: str) -> Entry:
    """Open one entry; raise ValueError or BadKeys for what is not one."""
    said = json.loads(crypto.open_letter(base64.b64decode(sealed, validate=True)))
    who, path = said["who"], said["path"]
    if not isinstance(who, str) or not isinstance(path, str):
        raise ValueError("who and where are text")
    if not path.startswith("/") or path.startswith("//") or not path.isascii() or "?" in path:
        raise ValueError("a page of ours")
    pairs = [(str(name), str(value)) for name, value in said["pairs"] if name != "csrf_token"]
    at = datetime.fromtimestamp(int(said["at"]) / 1000, tz=clock.CHINA)
    return Entry(who, path, pairs, min(max(at, _earliest()), clock.now()))


def _earliest() -> datetime:
    # A phone whose clock is wrong by years must not date a consent.
    return clock.now() - timedelta(days=DAYS)


def entry() -> Entry | None:
    """The entry this request was unwrapped from; None for every other request."""
    return cast("Entry | None", request.environ.get(kept.FROM_PHONE))


def typed_at() -> datetime:
    """When the form of this request was filled in."""
    came = entry()
    return clock.now() if came is None else came.typed_at


def keepable() -> bool:
    """Whether the form of this route may be kept on a phone."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), TITLE)


def stays(why: Stay) -> Response:
    """The entry stays on the phone, and why."""
    response = jsonify(state=why.value)
    response.status_code = 503 if why is Stay.later else 409
    return response


def answered(response: Response, draft_of: Callable[[Entry], int]) -> Response:
    """What the script is told in place of a page. `draft_of` keeps an entry that was refused,
    where its writer finds it, and returns the draft's number."""
    came = entry()
    if came is None or response.is_json:
        return response
    if response.status_code < 400:
        return jsonify(state="taken", to=response.headers.get("Location"))
    if response.status_code in (409, 422):
        return jsonify(state="refused", draft=draft_of(came), path=came.path)
    return stays(Stay.later if response.status_code >= 429 else Stay.not_now)


def wants_empty() -> bool:
    """Whether this page is fetched to lie on the phone."""
    view = current_app.view_functions.get(request.endpoint or "")
    asked = request.method == "GET" and EMPTY in request.headers
    return asked and bool(getattr(view, "opens_empty", False))


def bare(held: dict[str, Any]) -> None:
    """Leave nothing in a session but who is signed in and how: no message, no kept input."""
    for name in ("_flashes", kept.SLOT):
        dict.pop(held, name, None)
