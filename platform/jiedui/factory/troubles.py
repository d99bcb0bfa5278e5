"""Failures as pages: plain words, a way on, and nothing of the failure's inside."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, current_app, render_template, request
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from jiedui.access.guard import actor_or_none
from jiedui.core import db, kept, words
from jiedui.core.errors import Missing, NotNow, Refusal, Stale
from jiedui.core.i18n import chosen
from jiedui.core.states import IllegalMove

log = structlog.get_logger(__name__)
PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
BARE = frozenset({500, 503})  # without what every page knows: the database may be what is broken


def page(status: int, **facts: Any) -> tuple[str, int]:
    """The page of a status; one without a page of its own shows the nearest."""
    known = status if status in PAGES else (400 if status < 500 else 500)
    if known in BARE:
        bare = current_app.jinja_env.get_template(f"error/{known}.html")
        return bare.render(locale=chosen()), status
    told = {"message": facts.get("message"), "again": facts.get("again")}
    return render_template(f"error/{known}.html", **told), status


def init(app: Flask) -> None:
    """Every way a request can fail, and its page."""
    app.register_error_handler(Missing, lambda _error: page(404))
    # Asked for under a name that is not ours: no address can be made for it, so no page either.
    app.register_error_handler(SecurityError, lambda _error: ("", 400))
    app.register_error_handler(NotNow, lambda _error: page(403))
    for late in (Stale, StaleDataError, IllegalMove):
        app.register_error_handler(late, _too_late)

    @app.errorhandler(IntegrityError)
    def refused_below(error: IntegrityError) -> tuple[str, int]:
        return unforeseen(error) if db.incomplete(error) else _too_late(error)

    @app.errorhandler(DBAPIError)
    def away(error: DBAPIError) -> Any:
        """The database cannot be asked: a route may have another way (`without_database`)."""
        other = getattr(app.view_functions.get(request.endpoint or ""), "without_database", None)
        if request.method == "POST" and other is not None:
            return other()
        return _busy(error) if db.busy(error) else unforeseen(error)

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[str, int]:
        return page(409, message=words.label(refusal.code, **refusal.facts))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if error.code is None or error.code < 400:
            return error
        return page(error.code)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> tuple[str, int]:
        # Class and route only: a message or a traceback's locals could hold a person's data.
        log.error("unforeseen", error=type(error).__name__, route=request.endpoint)
        if app.config.get("PROPAGATE"):
            raise error
        return page(500)


def _busy(error: DBAPIError) -> tuple[str, int, dict[str, str]]:
    log.warning("busy", error=type(error).__name__, route=request.endpoint)
    return *page(503), {"Retry-After": "5"}


def _too_late(error: Exception) -> tuple[str, int]:
    log.warning("too late", error=type(error).__name__, route=request.endpoint)
    return page(409, again=_again() if isinstance(error, Stale) else None)


def _again() -> str | None:
    """Where what was typed waits for its person: the same address, if it is a page with fields."""
    rule, who = request.url_rule, actor_or_none()
    if rule is None or "GET" not in (rule.methods or ()) or who is None:
        return None
    return request.path if kept.keep_typed(who.account_id) else None
