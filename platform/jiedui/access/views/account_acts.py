"""What is done for one account: a link, a number, roles, closing, opening, handing over."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from jiedui.access import actions, queries
from jiedui.access.forms import HandOverForm, PhoneForm, PostForm
from jiedui.access.guard import actor, requires
from jiedui.access.models import Account, RoleHolding
from jiedui.access.policy import Permission
from jiedui.access.views.accounts import managed
from jiedui.access.views.blueprint import bp
from jiedui.access.views.slips import slip
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def held(account_id: int, holding_id: int) -> RoleHolding:
    """A role of an account that the signed-in person looks after."""
    return queries.holding_of(account_id, holding_id, actor())


@bp.post("/accounts/<int:account_id>/link")
@requires(Permission.account_manage, load=managed)
def new_link(one: Account) -> str:
    """A new link for somebody who lost the password, shown once."""
    return slip(one, actions.lost_password(one, by=actor()))


@bp.post("/accounts/<int:account_id>/enable")
@requires(Permission.account_manage, load=managed)
def enable(one: Account) -> str:
    """Open an account again; its new link is shown once."""
    return slip(one, actions.enable(one, by=actor()))


@bp.route("/accounts/<int:account_id>/disable", methods=["GET", "POST"])
@requires(Permission.account_manage, load=managed)
def disable(one: Account) -> Any:
    """Ask, then close an account at once."""
    form = Form()
    if not form.sent():
        form.version.data = str(one.version)
        return render_template("access/account_disable.html", account=one, form=form)
    try:
        actions.disable(one, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_disable.html", account=one, form=form)
    return done(gettext("The account is disabled."), "access.account", account_id=one.id)


@bp.route("/accounts/<int:account_id>/phone", methods=["GET", "POST"])
@requires(Permission.account_manage, load=managed)
def phone(one: Account) -> Any:
    """Another mobile number, which is the sign-in name."""
    form = PhoneForm()
    if not form.sent():
        form.version.data = form.version.data or str(one.version)
        page = render_template("access/account_phone.html", account=one, form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.change_phone(one, form.phone.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_phone.html", account=one, form=form)
    return done(gettext("The mobile number is changed."), "access.account", account_id=one.id)


@bp.post("/accounts/<int:account_id>/sign-out")
@requires(Permission.account_manage, load=managed)
def sign_out_everywhere(one: Account) -> Response:
    """Somebody's phone is lost: nothing is open any more."""
    actions.sign_out_everywhere(one, by=actor())
    words = gettext("They are signed out everywhere, and no phone is remembered any more.")
    return done(words, "access.account", account_id=one.id)


@bp.route("/accounts/<int:account_id>/roles", methods=["GET", "POST"])
@requires(Permission.account_manage, load=managed)
def add_role(one: Account) -> Any:
    """Give one more role."""
    form = PostForm()
    if not form.sent():
        page = render_template("access/account_role.html", account=one, form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.add_role(one, form.post(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_role.html", account=one, form=form)
    return done(gettext("The role is given."), "access.account", account_id=one.id)


@bp.post("/accounts/<int:account_id>/roles/<int:holding_id>/end")
@requires(Permission.account_manage, load=held)
def end_role(holding: RoleHolding) -> Response:
    """End a role now."""
    account_id = holding.account_id
    actions.end_role(holding, by=actor())
    return done(gettext("The role has ended."), "access.account", account_id=account_id)


@bp.route("/accounts/<int:account_id>/roles/<int:holding_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.account_manage, load=held)
def hand_over(holding: RoleHolding) -> Any:
    """Hand all open work of a role to somebody with the same role in the same place."""
    form = HandOverForm(holding)
    if not form.sent():
        page = render_template("access/account_hand_over.html", holding=holding, form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.hand_over(holding, form.others[form.to.data], by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_hand_over.html", holding=holding, form=form)
    words = gettext("The work is handed over.")
    return done(words, "access.account", account_id=holding.account_id)
