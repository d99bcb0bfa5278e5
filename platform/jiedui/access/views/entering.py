"""The end of every way in: a new number for the session, and where to go on."""

from __future__ import annotations

from flask import current_app, flash, redirect, session, url_for
from flask_login import login_user
from werkzeug.wrappers import Response

from jiedui.access import actions, queries
from jiedui.access.guard import EPOCH, HOLDING, PASSWORD_AT, phone_token
from jiedui.access.models import Account
from jiedui.access.rules import PHONE_DAYS, may_remember
from jiedui.core import clock, db
from jiedui.core.i18n import gettext
from jiedui.core.pages import back_or

PENDING = "pending"
REMEMBER = "remember"


def note_password() -> None:
    """The password was typed now; what is sealed opens for some minutes."""
    session[PASSWORD_AT] = int(clock.now().timestamp())


def renew(*, goes_on: bool = False) -> None:
    """Another number for the session, and another proof of origin for its forms."""
    session.renew(goes_on=goes_on)  # type: ignore[attr-defined]
    session.pop("csrf_token", None)


def enter(account: Account) -> Response:
    """Somebody is let in by the password and, where there is one, the second factor."""
    _open(account)
    note_password()
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
    _open(account)
    session.pop(PASSWORD_AT, None)
    return redirect(back_or("desk.home"), 303)


def _open(account: Account) -> None:
    session.pop(PENDING, None)
    renew()
    login_user(account)
    take_along(account)
    session.pop(HOLDING, None)


def take_along(account: Account) -> None:
    """This session belongs to what the account is now."""
    session[EPOCH] = account.session_epoch


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
