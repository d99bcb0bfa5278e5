"""One's own account: who one is here, the password, the authenticator."""

from __future__ import annotations

from typing import Any

from flask import render_template, session
from flask_login import current_user

from jiedui.access import actions, passwords, queries
from jiedui.access.forms import ChangePasswordForm, CodeForm
from jiedui.access.guard import actor, must_enrol, requires, stay
from jiedui.access.models import Account
from jiedui.access.policy import Permission
from jiedui.access.rules import may_remember
from jiedui.access.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.core.qr import qr

SECRET = "new_totp"  # noqa: S105


def own() -> Account:
    """The account of whoever is signed in."""
    account: Account = current_user._get_current_object()
    return account


@bp.get("/me")
@requires(Permission.account_self, load=own)
def me(mine: Account) -> str:
    """Name, number, roles; what can be changed."""
    page = {"card": queries.card_of(mine.id), "phones": len(queries.phones_of(mine.id))}
    allowed = may_remember([held.role for held in actor().holdings])
    return render_template("access/me.html", account=mine, allowed=allowed, **page)


@bp.route("/me/password", methods=["GET", "POST"])
@requires(Permission.account_self, load=own, recent=True)
def change_password(mine: Account) -> Any:
    """A new password; other devices are signed out."""
    form = ChangePasswordForm()
    if not form.sent():
        page = render_template("access/me_password.html", form=form)
        return (page, 422) if form.is_submitted() else page
    present, new, keep = form.present.data, form.new_password.data, session.token  # type: ignore[attr-defined]
    try:
        actions.change_password(mine, present, new, by=actor(), keep=keep)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/me_password.html", form=form)
    stay(mine)
    return done(gettext("Your password is changed; other devices are signed out."), "access.me")


@bp.route("/me/second-factor", methods=["GET", "POST"])
@requires(Permission.account_self, load=own, recent=True)
def second_factor_setup(mine: Account) -> Any:
    """Show the code for an authenticator, and keep it once a code from it is right."""
    form = CodeForm()
    secret = session.setdefault(SECRET, passwords.new_secret())
    if not form.sent():
        return _setup(form, secret), 422 if form.is_submitted() else 200
    try:
        keep = session.token  # type: ignore[attr-defined]
        actions.set_second_factor(mine, secret, form.code.data, by=actor(), keep=keep)
    except Refusal as refusal:
        form.refuse(refusal)
        return _setup(form, secret), 422
    session.pop(SECRET)
    stay(mine)
    return done(gettext("The authenticator is set up."), "access.me")


def _setup(form: CodeForm, secret: str) -> str:
    uri = passwords.enrolment_uri(secret, actor().name)
    return render_template(
        "access/second_factor_setup.html",
        form=form,
        code=qr(uri, gettext("QR code for the authenticator")),
        secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        needed=must_enrol(actor()),
    )
