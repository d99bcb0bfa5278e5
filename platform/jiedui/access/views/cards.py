"""One-time codes on a card, made for oneself or handed to somebody; printed, shown once."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from jiedui.access import actions, queries
from jiedui.access.forms import HandCardForm, SeenForm
from jiedui.access.guard import actor, must_enrol, requires
from jiedui.access.models import Account
from jiedui.access.policy import Permission
from jiedui.access.views.accounts import managed
from jiedui.access.views.blueprint import bp
from jiedui.access.views.me import own
from jiedui.access.views.slips import Shown, shown
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def card(account: Account, codes: list[str], slip: Shown | None = None) -> str:
    """The page that shows a card, once, with a link beside it where there is one."""
    back = url_for("access.me") if account.id == actor().account_id else None
    return render_template(
        "access/code_card_paper.html",
        account=account,
        codes=[f"{code[:4]} {code[4:]}" for code in codes],
        slip=slip,
        made=clock.now(),
        back=back or url_for("access.account", account_id=account.id),
    )


@bp.route("/me/codes", methods=["GET", "POST"])
@requires(Permission.account_self, load=own, recent=True)
def code_card(mine: Account) -> Any:
    """How many codes are left, and a new card."""
    form = Form()
    if not form.sent():
        page = {"form": form, "card": queries.card_of(mine.id), "needed": must_enrol(actor())}
        return render_template("access/code_card.html", **page)
    return card(mine, actions.make_card(mine, by=actor()))


@bp.route("/accounts/<int:account_id>/codes", methods=["GET", "POST"])
@requires(Permission.account_manage, load=managed, recent=True)
def hand_card(one: Account) -> Any:
    """A card, and a new link if the password is lost, for somebody who stands here."""
    form = HandCardForm()
    if not form.sent():
        page = render_template("access/account_codes.html", account=one, form=form)
        return (page, 422) if request.method == "POST" else page
    try:
        codes = actions.hand_card(one, seen=form.seen.data, by=actor())
        token = actions.lost_password(one, by=actor()) if form.link.data else None
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_codes.html", account=one, form=form)
    return card(one, codes, shown(one, token, "") if token else None)


@bp.route("/accounts/<int:account_id>/second-factor", methods=["GET", "POST"])
@requires(Permission.account_manage, load=managed, recent=True)
def clear_second_factor(one: Account) -> Any:
    """Somebody's authenticator or card is lost."""
    form = SeenForm()
    if not form.sent():
        page = render_template("access/account_factor.html", account=one, form=form)
        return (page, 422) if request.method == "POST" else page
    try:
        actions.clear_second_factor(one, seen=form.seen.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_factor.html", account=one, form=form)
    words = gettext("The second factor is removed; a new one is set up at the next sign-in.")
    return done(words, "access.account", account_id=one.id)
