"""Signing in and out, the second factor, links for a password, language, and the role to act in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from jiedui.access import actions, passwords, queries
from jiedui.access.forms import ConfirmForm, NewPasswordForm, SecondStepForm, SignInForm
from jiedui.access.guard import HOLDING, actor, open_door, phone_token, requires, stay
from jiedui.access.models import Account
from jiedui.access.policy import Permission
from jiedui.access.rules import CARD_CODES, CARD_LOW
from jiedui.access.views.blueprint import bp
from jiedui.access.views.entering import (
    PENDING,
    REMEMBER,
    enter,
    take_cookie,
)
from jiedui.core import db
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal
from jiedui.core.i18n import COOKIE, LOCALES, gettext, ngettext
from jiedui.core.pages import back_or, refused
from jiedui.settings import Settings


@bp.route("/sign-in", methods=["GET", "POST"])
@open_door("people must be able to sign in", transaction="read")
def sign_in() -> Any:
    """Mobile number and password; a second factor follows where the account has one."""
    form = SignInForm()
    if not form.sent():
        page = render_template("access/sign_in.html", form=form, pin=_phone_is_known())
        return (page, 422) if form.is_submitted() else page
    try:
        account = actions.try_sign_in(
            form.phone.data, form.password.data, request.remote_addr or ""
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/sign_in.html", form=form, pin=_phone_is_known())
    session[REMEMBER] = form.remember.data
    if _settings().second_factor_asked and queries.has_second_factor(account):
        session[PENDING] = account.id
        return redirect(url_for("access.second_factor", next=request.values.get("next")), 303)
    return enter(account)


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _phone_is_known() -> bool:
    return queries.remembered(phone_token()) is not None


@bp.route("/sign-in/code", methods=["GET", "POST"])
@open_door("the second step of signing in", transaction="read")
def second_factor() -> Any:
    """A code of an authenticator or of a card."""
    if PENDING not in session:
        return redirect(url_for("access.sign_in"), 303)
    form = SecondStepForm()
    if not form.sent():
        page = _second_step(form)
        return (page, 422) if form.is_submitted() else page
    try:
        account = actions.check_code(session[PENDING], form.code.data, request.remote_addr or "")
    except Refusal as refusal:
        form.refuse(refusal)
        return _second_step(form), 422
    _say_codes_left(account)
    return enter(account)


def _second_step(form: SecondStepForm) -> str:
    """The page that asks for a code. In the demo it says which: its people carry no phone."""
    account, shown = queries.get(session[PENDING]), None
    shows = _settings().shows_codes and account.totp_secret is not None
    if shows:
        shown = passwords.fresh_code(account.totp_secret or "", account.totp_step)
    return render_template("access/second_factor.html", form=form, shows=shows, shown=shown)


def _say_codes_left(account: Account) -> None:
    with db.note():  # what this page began with has changed since
        card = queries.card_of(account.id)
        left = card.left if card is not None else CARD_CODES
    if account.totp_secret is None and left <= CARD_LOW:
        words = ngettext(
            "%(num)d code is left on your card.", "%(num)d codes are left on your card.", left
        )
        flash(words + gettext(" Print a new card: My account, One-time codes."), "warn")


@bp.route("/confirm", methods=["GET", "POST"])
@requires(Permission.account_self, transaction="read")
def confirm() -> Any:
    """The password once more, before what is sealed is shown."""
    form = ConfirmForm()
    if not form.sent():
        page = render_template("access/confirm.html", form=form)
        return (page, 422) if form.is_submitted() else page
    mine = current_user._get_current_object()
    where = request.remote_addr or ""
    try:
        actions.confirm_password(mine, form.password.data, where, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/confirm.html", form=form)
    stay(mine)
    return redirect(back_or("desk.home"), 303)


@bp.post("/sign-out")
@requires(Permission.account_self)
def sign_out() -> Response:
    """End this session on the server; this phone is remembered no longer."""
    actions.note_signed_in(current_user._get_current_object(), out=True)
    actions.sign_out_phone(phone_token(), by=actor())
    logout_user()
    session.clear()
    session.renew()  # type: ignore[attr-defined]
    flash(gettext("You are signed out."), "ok")
    return take_cookie(redirect(url_for("disclosure.home"), 303))


@bp.route("/link/<token>", methods=["GET", "POST"])
@open_door("a single-use link is the only way to a first password")
def use_link(token: str) -> Any:
    """Choose a password by a single-use link."""
    link = queries.by_link(token)
    if link is None:
        return render_template("access/link_gone.html"), 410
    form = NewPasswordForm()
    if not form.sent():
        page = render_template("access/new_password.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.use_link(token, form.new_password.data, by=ANYBODY)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/new_password.html", form=form)
    flash(gettext("Your password is set. Please sign in."), "ok")
    return redirect(url_for("access.sign_in"), 303)


@bp.route("/role", methods=["GET", "POST"])
@requires(Permission.account_self)
def choose_role() -> Any:
    """Which of several roles to act in; never switched by accident."""
    who = actor()
    if request.method == "POST":
        chosen = request.form.get("holding", "")
        if chosen in {h.key for h in who.holdings}:
            session[HOLDING] = chosen
            return redirect(back_or("desk.home"), 303)
        flash(gettext("Please choose one"), "bad")
        return refused("access/choose_role.html", holdings=who.holdings)
    return render_template("access/choose_role.html", holdings=who.holdings)


@bp.post("/language")
@open_door("everybody reads in their own language", transaction="read", forgeable=True)
def language() -> Response:
    """Switch the language and stay on the page; remembered for a year. It needs no proof of origin:
    it is laid to nobody, and the foot of a public page should not cost every visitor a session."""
    wanted = request.form.get("language", "")
    response = redirect(back_or("disclosure.home"), 303)
    if wanted in LOCALES:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(
            COOKIE, wanted, max_age=31_536_000, samesite="Lax", httponly=True, secure=secure
        )
    return response
