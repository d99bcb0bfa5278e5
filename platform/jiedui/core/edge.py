"""Where a request meets the database: one transaction a request, one commit, at the edge.

A page that shows reads one snapshot. A form writes: what it did is committed only when its answer
is a success, and a refused form leaves nothing behind. The view chooses neither.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Response, g, request, session
from flask.ctx import RequestContext
from sqlalchemy.exc import DBAPIError, IntegrityError

from jiedui.core import db, drafts, once, phone
from jiedui.core.phone import Entry, Stay
from jiedui.core.sessions import ServerSessions, WebSession

RETRIES, UNDONE = 3, "undone"
AGAIN = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock


def when_undone(tell: Callable[[], object]) -> None:
    """Do this after the open write was rolled back: what must be on record all the same."""
    g.setdefault(UNDONE, []).append(tell)


class _Undo(Exception):
    """Carries the answer of a refused form past the roll-back."""

    def __init__(self, response: Response) -> None:
        super().__init__("refused")
        self.response = response


class Portal(Flask):
    """The application: routes as Flask has them, transactions as above."""

    session_interface = ServerSessions()

    def request_context(self, environ: dict[str, Any]) -> RequestContext:
        """A request; a form that comes from a phone's keep is first what its page would send."""
        return super().request_context(phone.unwrap(environ))

    def full_dispatch_request(self) -> Response:
        """Answer one request within the kind of transaction its route has."""
        most = getattr(self.view_functions.get(request.endpoint or ""), "most_bytes", None)
        if most is not None:
            request.max_content_length = most
        kind = self._kind()
        if kind is None:
            return super().full_dispatch_request()
        for attempt in range(RETRIES):
            try:
                return self._answer(kind)
            except (IntegrityError, DBAPIError) as error:
                if attempt == RETRIES - 1 or not _worth_another_try(error):
                    g.__dict__.clear()
                    return self._trouble(error)
            g.__dict__.clear()
        raise AssertionError("unreachable")

    def _kind(self) -> str | None:
        view = self.view_functions.get(request.endpoint or "")
        default = "read" if request.method in ("GET", "HEAD", "OPTIONS") else "write"
        if default == "read" and view is not None:
            return cast("str | None", getattr(view, "transaction", default) and default)
        return cast("str | None", getattr(view, "transaction", default))

    def _answer(self, kind: str) -> Response:
        current = cast(WebSession, session._get_current_object())  # type: ignore[attr-defined]
        try:
            with db.write() if kind == "write" else db.read():
                self._load(current)
                response = self._dispatch(kind, current)
                if kind == "write" and response.status_code >= 400:
                    raise _Undo(response)
                if kind == "write" and current.modified:
                    current.keep(_owner_id(current))
        except _Undo as undo:
            response = undo.response
            for tell in g.pop(UNDONE, []):
                tell()
        if phone.entry() is not None:
            response = phone.answered(response, lambda entry: _draft(_owner_id(current), entry))
        if phone.wants_empty():
            response.headers[phone.EMPTY] = "1"
            return response
        if current.modified or current.stale:
            with db.note():
                current.keep(_owner_id(current))
        elif current.replaced:
            with db.note():
                current.drop_replaced()
        if current.token:
            self.session_interface.set_cookie(self, current, response)
        return response

    def _load(self, current: WebSession) -> None:
        dict.clear(current)
        current.modified = False
        current.load(
            timedelta(minutes=self.config["SESSION_IDLE"]),
            timedelta(minutes=self.config["SESSION_ABSOLUTE"]),
        )
        if phone.wants_empty():
            phone.bare(current)

    def _dispatch(self, kind: str, current: WebSession) -> Response:
        if kind != "write":
            return super().full_dispatch_request()
        owner = _owner_id(current)
        drafts.open_here(owner)
        claim = once.claim(f"a{owner}" if owner else "anybody")
        if isinstance(claim, Response):
            return claim
        response = super().full_dispatch_request()
        if claim is not None and response.status_code < 400:
            claim.location = response.headers.get("Location")
            drafts.taken(owner)
        return response

    def _trouble(self, error: Exception) -> Response:
        if phone.entry() is not None:
            return self.finalize_request(phone.stays(Stay.later))
        with db.read():
            return self.finalize_request(self.handle_user_exception(error))


def _draft(owner: int | None, entry: Entry) -> int:
    with db.note():
        return drafts.keep(owner or 0, entry)


def _owner_id(current: WebSession) -> int | None:
    raw: Any = current.get("_user_id")
    return int(raw) if raw else None


def _worth_another_try(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in AGAIN:
        return True
    return isinstance(error, IntegrityError) and "used_key" in str(error.orig)
