"""Whoever stood in for one session logs it; after that day no name is shown to them any more."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused
from jiedui.hours import actions
from jiedui.hours.forms import planned, session_form
from jiedui.hours.queries.standing_in import Visit, visit
from jiedui.hours.views.blueprint import bp
from jiedui.hours.views.sessions import back_of, count_wrong_code, logged, report_worry


@bp.route("/stand-in/<int:planned_id>/hours", methods=["GET", "POST"])
@requires(Permission.hours_log, load=visit)
def log_visit(visit: Visit) -> Any:
    """The one session: its day stands, times and kind are filled in as planned."""
    pairing, who = visit.session.pairing, visit.session.helper
    form = session_form(pairing, who, planned(visit.session), new=True)
    page = {"form": form, "pairing": pairing, "old": None, "stood_in": True}
    page["back"] = back_of(who.account_id)
    if not form.sent():
        report_worry(form, pairing.id, at_once=False)
        shown = render_template("hours/session.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        session = actions.log_visit(visit, form.said(), by=actor())
    except Refusal as refusal:
        count_wrong_code(refusal, pairing.id)
        report_worry(form, pairing.id, at_once=False)
        form.refuse(refusal)
        return refused("hours/session.html", **page)
    report_worry(form, pairing.id, at_once=True)
    return logged(session)
