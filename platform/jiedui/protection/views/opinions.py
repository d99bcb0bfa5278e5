"""Opinions and suggestions about the portal: said by anybody, read by those who read reports."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, actor_or_none, open_door, requires
from jiedui.access.policy import Permission
from jiedui.core.actors import ANYBODY
from jiedui.core.i18n import gettext
from jiedui.core.pages import done
from jiedui.protection import actions, queries
from jiedui.protection.forms import OpinionForm
from jiedui.protection.models import Feedback
from jiedui.protection.views.blueprint import bp
from jiedui.regions import queries as regions


@bp.route("/feedback", methods=["GET", "POST"])
@open_door("everybody may say what they think of the portal")
def feedback() -> Any:
    """Say something about the portal."""
    form = OpinionForm()
    counties = regions.counties()
    if not form.sent() or not counties:
        page = render_template("protection/feedback.html", form=form)
        return (page, 422) if form.is_submitted() else page
    who = actor_or_none()
    county_id = who.county_id if who else counties[0].id
    actions.take_opinion(form.text.data, form.contact.data or "", county_id, by=who or ANYBODY)
    return done(gettext("Thank you. It is read by the county."), "protection.feedback")


@bp.get("/feedback/all")
@requires(Permission.report_handle)
def opinions() -> str:
    """What people said, newest first."""
    before = request.args.get("before", type=int)
    found = queries.opinions(actor(), before)
    return render_template("protection/opinions.html", opinions=found)


@bp.post("/feedback/<int:feedback_id>/read")
@requires(Permission.report_handle, load=queries.opinion)
def read_opinion(said: Feedback) -> Response:
    """Note that an opinion was read."""
    actions.read_opinion(said, by=actor())
    return done(gettext("Noted as read."), "protection.opinions")
