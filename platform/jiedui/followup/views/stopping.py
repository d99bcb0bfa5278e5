"""A family stops a pairing: told to staff, or by the key on its card."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, open_door, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, in_full, refused
from jiedui.core.qr import qr
from jiedui.followup import actions, queries
from jiedui.followup.forms import StopForm
from jiedui.followup.views.blueprint import bp
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life


@bp.route("/pairings/<int:pairing_id>/stop", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=life.get)
def stop(pairing: Pairing) -> Any:
    """The family has told the director: it stops now, and nobody asks why."""
    form = StopForm()
    page = {"form": form, "pairing": pairing}
    if not form.sent():
        shown = render_template("followup/stop.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.stop(pairing, form.who.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("followup/stop.html", **page)
    text = gettext("It stops. Office and volunteer are told, without a reason.")
    return done(text, "pairings.show", pairing_id=pairing.id)


@bp.route("/pairings/<int:pairing_id>/stop-key", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=life.get)
def key(pairing: Pairing) -> Any:
    """A link by which the family stops it by itself: made when asked, shown once."""
    address = code = None
    if request.method == "POST":
        address = in_full("followup.stop_here", token=actions.make_key(pairing, by=actor()))
        code = qr(address, gettext("QR code by which the family stops the pairing"))
    return render_template("followup/key.html", pairing=pairing, address=address, code=code)


@bp.route("/stop/<token>", methods=["GET", "POST"])
@open_door("a family stops a pairing without an account", transaction="read")
def stop_here(token: str) -> Any:
    """One question and one button; no name stands here."""
    if queries.by_key(token) is None:
        return render_template("followup/stop_gone.html"), 410
    form = StopForm()
    if not form.sent():
        shown = render_template("followup/stop_here.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.stop_by_key(token, form.who.data)
    except Refusal:
        return render_template("followup/stop_gone.html"), 410
    return render_template("followup/stopped.html")
