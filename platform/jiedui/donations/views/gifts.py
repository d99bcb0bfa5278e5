"""Gifts for the offices: the list, an offer, one gift with its books, and the steps it goes by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations import certificate
from jiedui.donations.actions import gifts as actions
from jiedui.donations.actions.corrections import may_be_corrected
from jiedui.donations.forms import gifts as forms
from jiedui.donations.models import Gift
from jiedui.donations.queries import claims, deciding, relations
from jiedui.donations.queries import gifts as queries
from jiedui.donations.views.blueprint import bp, own_county
from jiedui.regions.models import Region


@bp.get("/gifts")
@requires(Permission.gift_manage, load=own_county)
def gifts(county: Region) -> str:
    """All gifts, newest first, with what is left of each."""
    after = request.args.get("after", 0, type=int)
    rows = queries.gifts(county.id, after, queries.AT_ONCE + 1)
    more = len(rows) > queries.AT_ONCE
    return render_template("donations/gifts.html", rows=rows[: queries.AT_ONCE], more=more)


@bp.route("/gifts/new", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=own_county)
def offer(county: Region) -> Any:
    """Write down what somebody offers."""
    form = forms.offer_form(county.id)
    if not form.sent():
        shown = render_template("donations/offer.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        gift = actions.offer(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/offer.html", form=form)
    said = gettext("The offer is written down; now name who receives it.")
    return done(said, "donations.gift", gift_id=gift.id)


@bp.get("/gifts/<int:gift_id>")
@requires(Permission.gift_manage, load=queries.get, logged=Act.giver_read)
def gift(gift: Gift) -> str:
    """One gift: who, what, how far, what is left, what went where, its books."""
    form = Form(data={"version": str(gift.version)})
    entries = queries.entries(gift.id)
    mirrored = {one.reverses for one in entries}
    wrong = {one.id for one in entries if may_be_corrected(one) and one.id not in mirrored}
    return render_template(
        "donations/gift.html", gift=gift, entries=entries, form=form, correctable=wrong,
        held=deciding.held_of(gift.id), tied=relations.of_gift(gift.id),
        claimed=len(claims.outstanding(gift.id)),
    )  # fmt: skip


@bp.get("/gifts/<int:gift_id>/slip")
@requires(Permission.gift_manage, load=queries.get)
def slip(gift: Gift) -> str:
    """On paper for whoever gives: the number and the address under which they see where it is."""
    return render_template("donations/slip.html", gift=gift, **certificate.slip(gift))


def step(gift: Gift, form: Any, title: str, go: str, act: Callable[[], object]) -> Any:
    """One step of a gift: a page with a form, an act, and back to the gift."""
    page = {"gift": gift, "form": form, "title": title, "go": go}
    if not form.sent():
        shown = render_template("donations/step.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/step.html", **page)
    return done(gettext("It is in the books."), "donations.gift", gift_id=gift.id)


@bp.route("/gifts/<int:gift_id>/accept", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def accept(gift: Gift) -> Any:
    """A named organisation takes it."""
    form = forms.accept_form(gift)
    title, go = gettext("Who receives this gift?"), gettext("They take it")

    def act() -> None:
        number, version = form.receiver.data, form.submitted_version
        actions.accept(gift, number, by=actor(), version=version)

    return step(gift, form, title, go, act)


@bp.route("/gifts/<int:gift_id>/refuse", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def refuse(gift: Gift) -> Any:
    """It is not taken, or never came."""
    form = forms.RefuseForm(data={"version": str(gift.version)})
    title, go = gettext("Do not take this gift?"), gettext("Do not take it")

    def act() -> None:
        reason, version = form.reason.data, form.submitted_version
        actions.refuse(gift, reason, by=actor(), version=version)

    return step(gift, form, title, go, act)


@bp.route("/gifts/<int:gift_id>/receive", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def receive(gift: Gift) -> Any:
    """The receiver has it, and has given its receipt."""
    form = forms.receive_form(gift)
    title, go = gettext("What has the receiver got?"), gettext("Received")

    def act() -> None:
        what = form.value(), form.evidence.data
        version, lies = form.submitted_version, form.township
        actions.receive(gift, *what, by=actor(), lies_id=lies, version=version)

    return step(gift, form, title, go, act)


@bp.route("/gifts/<int:gift_id>/take-out", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def take_out(gift: Gift) -> Any:
    """Something goes back to the giver, or is spoiled."""
    form = forms.with_amount(forms.TakeOutForm, gift)
    title, go = gettext("What leaves the stock?"), gettext("Take it out of stock")

    def act() -> None:
        target, evidence = form.target.data, form.evidence.data
        actions.take_out(gift, target, form.value(), evidence, by=actor())

    return step(gift, form, title, go, act)
