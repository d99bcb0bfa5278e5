"""One's own phone: remembered, opened by a PIN, forgotten."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jiedui.access import actions, queries
from jiedui.access.forms import NewPinForm, PinForm
from jiedui.access.guard import actor, open_door, phone_token, requires
from jiedui.access.models import Account, RememberedPhone
from jiedui.access.policy import Permission
from jiedui.access.rules import may_remember
from jiedui.access.views.blueprint import bp
from jiedui.access.views.entering import enter_by_pin, give_cookie, take_cookie
from jiedui.access.views.me import own
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import back_or, done, done_and_back, refused

KINDS = (("iphone", "iPhone"), ("ipad", "iPad"), ("harmony", "HarmonyOS"), ("android", "Android"))


def label_of(agent: str) -> str:
    """What kind of phone it is, to tell one from another; nothing finer is kept."""
    said = agent.lower()
    return next((name for mark, name in KINDS if mark in said), "")


def _mine(phone_id: int) -> RememberedPhone:
    phone = queries.remembered_phone(phone_id)
    if phone.account_id != actor().account_id:
        raise Missing
    return phone


@bp.route("/sign-in/pin", methods=["GET", "POST"])
@open_door("who is not signed in any more opens their own phone", transaction="read")
def open_phone() -> Any:
    """The PIN of this phone, after half an hour without use."""
    phone = queries.remembered(phone_token())
    if phone is None:
        return take_cookie(redirect(url_for("access.sign_in", next=back_or("desk.home")), 303))
    form = PinForm()
    page = {"form": form, "account": queries.get(phone.account_id)}
    if not form.sent():
        shown = render_template("access/open_phone.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        account = actions.open_phone(phone_token(), form.pin.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/open_phone.html", **page)
    return enter_by_pin(account)


@bp.get("/me/phones")
@requires(Permission.account_self, load=own)
def phones(mine: Account) -> str:
    """The phones that are remembered, and this one among them."""
    here = queries.remembered(phone_token())
    page = {"phones": queries.phones_of(mine.id), "here": here.id if here else None}
    allowed = may_remember([held.role for held in actor().holdings])
    return render_template("access/phones.html", allowed=allowed, **page)


@bp.route("/me/phones/new", methods=["GET", "POST"])
@requires(Permission.account_self, load=own, recent=True)
def remember_phone(mine: Account) -> Any:
    """Choose a PIN for this phone."""
    form = NewPinForm()
    allowed = may_remember([held.role for held in actor().holdings])
    page = {"form": form, "allowed": allowed}
    if not form.sent():
        shown = render_template("access/remember_phone.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    label, before = label_of(request.user_agent.string), phone_token()
    try:
        token = actions.remember_phone(mine, form.pin.data, label, by=actor(), before=before)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/remember_phone.html", **page)
    words = gettext("This phone is remembered for 30 days; its PIN opens it.")
    return give_cookie(done_and_back(words, "access.phones"), token)


@bp.post("/me/phones/<int:phone_id>/forget")
@requires(Permission.account_self, load=_mine)
def forget_phone(phone: RememberedPhone) -> Response:
    """Take a phone off the list."""
    here = queries.remembered(phone_token())
    answer = done(gettext("The phone is forgotten."), "access.phones")
    this = here is not None and here.id == phone.id
    actions.forget_phone(phone, by=actor())
    return take_cookie(answer) if this else answer
