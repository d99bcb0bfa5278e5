"""Somebody says by which way letters reach them, and confirms an address of their own."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access import queries as accounts
from jiedui.access.guard import actor, requires
from jiedui.access.models import Account
from jiedui.access.policy import Permission
from jiedui.core.carriers.ways import Way
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.letters import actions, queries
from jiedui.letters.forms import AddressForm, CodeForm, choice_form
from jiedui.letters.rules import masked_address
from jiedui.letters.views.blueprint import bp


def own() -> Account:
    """The account of whoever is signed in."""
    return accounts.get(actor().account_id)


def _facts(mine: Account) -> dict[str, Any]:
    choice = queries.choice_of(mine.id)
    email = choice.email if choice is not None else None
    return {
        "email": masked_address(email) if email else "",
        "asked": choice is not None and choice.code is not None,
        "outward": queries.open_ways()[1:],
        "by_email": Way.email in queries.open_ways(),
        "hours": queries.hours(mine.county_id),
    }


@bp.route("/me/letters", methods=["GET", "POST"])
@requires(Permission.account_self, load=own)
def choose(mine: Account) -> Any:
    """Which way, how soon, in which language."""
    form = choice_form(queries.choice_of(mine.id))
    if not form.sent():
        page = render_template("letters/choose.html", form=form, **_facts(mine))
        return (page, 422) if form.is_submitted() else page
    said = (form.way.data, form.pace.data, form.language.data)
    try:
        actions.choose(mine, *said, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("letters/choose.html", form=form, **_facts(mine))
    return done(gettext("Kept: letters reach you this way from now on."), "letters.choose")


@bp.route("/me/letters/address", methods=["GET", "POST"])
@requires(Permission.account_self, load=own)
def address(mine: Account) -> Any:
    """Give an address; a code is sent there."""
    form = AddressForm()
    if not form.sent():
        page = render_template("letters/address.html", form=form, **_facts(mine))
        return (page, 422) if form.is_submitted() else page
    try:
        actions.ask_address(mine, form.address.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("letters/address.html", form=form, **_facts(mine))
    return done(gettext("A code is on its way to this address."), "letters.confirm")


@bp.route("/me/letters/code", methods=["GET", "POST"])
@requires(Permission.account_self, load=own, transaction="read")
def confirm(mine: Account) -> Any:
    """The code that came: from now on the address is used. A wrong one counts, so it is noted."""
    form = CodeForm()
    if not form.sent():
        page = render_template("letters/code.html", form=form, **_facts(mine))
        return (page, 422) if form.is_submitted() else page
    try:
        actions.confirm_address(mine, form.code.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("letters/code.html", form=form, **_facts(mine))
    return done(gettext("The address is confirmed."), "letters.choose")


@bp.post("/me/letters/address/forget")
@requires(Permission.account_self, load=own)
def forget(mine: Account) -> Any:
    """Take the address away."""
    actions.forget_address(mine, by=actor())
    return done(gettext("The address is gone."), "letters.choose")
