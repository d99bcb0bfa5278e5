"""Which device a request comes from, as a keyed mark: the same for whoever uses the same browser.
It tells nothing of a person or a place, and serves one question: whether a session was logged and
verified on one and the same device."""

from __future__ import annotations

import secrets

from flask import Response, current_app, g, request

from jiedui.core import crypto

COOKIE = "jiedui_device"
DAYS = 400  # as long as browsers keep a cookie


def mark() -> str | None:
    """The mark of this request's device; None on its first visit."""
    token = request.cookies.get(COOKIE, "")
    return crypto.blind_index("device", token) if 20 <= len(token) <= 60 else None


def give(response: Response) -> Response:
    """Let a device of somebody who is signed in be known again."""
    if g.get("actor") is None or mark() is not None:
        return response
    response.set_cookie(
        COOKIE,
        secrets.token_urlsafe(24),
        max_age=DAYS * 24 * 3600,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
        path="/",
    )
    return response
