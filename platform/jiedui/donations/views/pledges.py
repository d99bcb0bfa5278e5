"""Promises of places, work and people: made by a unit or on the open page, answered by an office,
and the work that a village may speak of."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, actor_or_none, open_door, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.access.rules import AccessRefusal
from jiedui.core.actors import ANYBODY
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import pledges as actions
from jiedui.donations.forms.pledges import AnswerForm, MyPledgeForm, PledgeForm
from jiedui.donations.models import Pledge
from jiedui.donations.queries import pledges as queries
from jiedui.donations.views.blueprint import bp, own_county
from jiedui.donations.views.offers import counted, home_county
from jiedui.regions.models import Region


@bp.get("/pledges")
@requires(Permission.gift_manage, load=own_county)
def pledges(county: Region) -> str:
    """All promises of the county, the newest first."""
    return render_template("donations/pledges.html", rows=queries.of_county(county.id))


@bp.route("/pledges/<int:pledge_id>", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get, logged=Act.giver_read)
def pledge(one: Pledge) -> Any:
    """One promise, and the office's answer."""
    form, names = AnswerForm(data={"version": str(one.version)}), names_of({one.answered_by})
    if request.method == "GET":
        return render_template("donations/pledge.html", one=one, form=form, names=names)
    try:
        actions.answer(one, form.state(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/pledge.html", one=one, form=form, names=names)
    return done(gettext("It is on record."), "donations.pledge", pledge_id=one.id)


@bp.get("/pledges/work")
@requires(Permission.wish_raise)
def work() -> str:
    """Work near home of which a director may speak to families."""
    return render_template("donations/work.html", rows=queries.work(actor()))


@bp.route("/pledges/ours", methods=["GET", "POST"])
@requires(Permission.gift_offer)
def pledge_ours() -> Any:
    """The reader's unit promises something; what it promised before stands below."""
    form, page = PledgeForm(), {"rows": queries.of_unit(actor().unit_id or 0)}
    if not form.sent():
        shown = render_template("donations/pledge_ours.html", form=form, **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.pledge_ours(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/pledge_ours.html", form=form, **page)
    said = gettext("We have your offer. An office looks at it and rings; nothing is promised yet.")
    return done(said, "donations.pledge_ours")


@bp.route("/give/else", methods=["GET", "POST"])
@open_door("a person offers a place or work without an account")
def give_else() -> Any:
    """Anybody offers a place or work; an office rings back."""
    form = MyPledgeForm()
    if not form.sent():
        shown = render_template("donations/give_else.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        counted(form.phone.data)
        actions.pledge_mine(form.said(), home_county(), by=actor_or_none() or ANYBODY)
    except Refusal as refusal:
        form.refuse(refusal)
        page, status = refused("donations/give_else.html", form=form)
        return page, 429 if refusal.code is AccessRefusal.too_many_registrations else status
    said = gettext(
        "We have your offer. An office rings back within a week; nothing is promised yet."
    )
    return done(said, "disclosure.home")
