"""The end of every way in: a new number for the session, and where to go on."""

from __future__ import annotations

from flask import current_app, flash, redirect, session, url_for
from werkzeug.wrappers import Response

from jiedui.access import actions, queries
from jiedui.access.guard import let_in, phone_token
from jiedui.access.models import Account
from jiedui.access.rules import PHONE_DAYS, may_remember
from jiedui.core import db
from jiedui.core.i18n import gettext
from jiedui.core.pages import back_or

PENDING = "pending"
REMEMBER = "remember"


def enter(account: Account) -> Response:
    """Somebody is let in by the password and, where there is one, the second factor."""
    session.pop(PENDING, None)
    let_in(account, password=True)
    with db.note():
        actions.note_signed_in(account)
    if session.pop(REMEMBER, False) and queries.remembered(phone_token()) is None:
        if may_remember([held.role for held in queries.holdings_of(account.id)]):
            return redirect(url_for("access.remember_phone", next=back_or("desk.home")), 303)
        words = gettext("This phone is not remembered: that is for village workers and volunteers.")
        flash(words, "warn")
    return redirect(back_or("desk.home"), 303)


def enter_by_pin(account: Account) -> Response:
    """Somebody is let in by their own phone; what is sealed asks for the password."""
    session.pop(PENDING, None)
    let_in(account, password=False)
    return redirect(back_or("desk.home"), 303)


def give_cookie(response: Response, token: str) -> Response:
    """Let this phone be known for thirty days."""
    response.set_cookie(
        _name(),
        token,
        max_age=PHONE_DAYS * 24 * 3600,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
        path="/",
    )
    return response


def take_cookie(response: Response) -> Response:
    """Let this phone be a phone as every other."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(_name(), path="/", secure=secure, httponly=True, samesite="Lax")
    return response


def _name() -> str:
    return str(current_app.config["REMEMBERED_COOKIE_NAME"])
