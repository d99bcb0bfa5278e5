"""Whoever gives offers by themselves: a unit from its own page, a person on a page that is open to
everybody."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request

from jiedui.access import actions as access
from jiedui.access.guard import actor, actor_or_none, open_door, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import AccessRefusal
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import offers as actions
from jiedui.donations.forms.gifts import MyOfferForm, OurOfferForm
from jiedui.donations.models import Gift
from jiedui.donations.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.settings import Settings


@bp.route("/gifts/ours/new", methods=["GET", "POST"])
@requires(Permission.gift_offer)
def offer_ours() -> Any:
    """The reader's unit offers something."""
    form = OurOfferForm().of_county(actor().county_id)
    if not form.sent():
        shown = render_template("donations/offer_ours.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        gift = actions.offer_ours(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/offer_ours.html", form=form)
    said = gettext("We have your offer. An office looks at it and rings; nothing is promised yet.")
    return done(said, "donations.our_gift", gift_id=gift.id)


@bp.route("/give", methods=["GET", "POST"])
@open_door("a person offers things or money without an account")
def give() -> Any:
    """Anybody offers goods or money for a purpose; an office rings back."""
    form = MyOfferForm().of_county(home_county())
    if not form.sent():
        shown = render_template("donations/give.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        gift = _offered(form)
    except Refusal as refusal:
        form.refuse(refusal)
        page, status = refused("donations/give.html", form=form)
        many = refusal.code is AccessRefusal.too_many_registrations
        return page, 429 if many else status
    said = gettext(
        "We have your offer. Its number is %(number)s: write it down, with it you see on this page "
        "where your gift is. An office rings back within a week; nothing is promised yet.",
        number=gift.number,
    )
    return done(said, "disclosure.given", number=gift.number)


def _offered(form: MyOfferForm) -> Gift:
    counted(form.phone.data)
    return actions.offer_mine(form.said(), home_county(), by=actor_or_none() or ANYBODY)


def counted(phone: str) -> None:
    """One more of what this telephone and this address have sent by an open page. Refuses too
    many."""
    limits: Settings = current_app.config["SETTINGS"]
    access.count_registration(
        phone,
        request.remote_addr or "",
        from_one=limits.registrations_per_address,
        in_all=limits.registrations_a_day,
    )


def home_county() -> int:
    """The county of whoever offers: their own, else the installation's first."""
    who = actor_or_none()
    if who is not None:
        return who.county_id
    first = regions.counties()
    if not first:
        raise Missing
    return first[0].id
