"""Opinions and suggestions about the portal: said by anybody, read by those who read reports."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, actor_or_none, open_door, requires
from jiedui.access.policy import Permission
from jiedui.core import db
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.protection import actions, queries
from jiedui.protection.forms import AnswerForm, CodeForm, OpinionForm
from jiedui.protection.models import Feedback
from jiedui.protection.rules import ReportRefusal
from jiedui.protection.views.blueprint import bp
from jiedui.regions import queries as regions


@bp.route("/feedback", methods=["GET", "POST"])
@open_door("everybody may say what they think of the portal")
def feedback() -> Any:
    """Say something about the portal."""
    form, who = OpinionForm(), actor_or_none()
    counties = regions.counties()
    if not form.sent() or not counties:
        mine = queries.opinions_of(who) if who else ()
        page = render_template("protection/feedback.html", form=form, mine=mine, signed_in=who)
        return (page, 422) if form.is_submitted() else page
    county_id = who.county_id if who else counties[0].id
    contact = form.contact.data or ""
    _said, code = actions.take_opinion(form.text.data, contact, county_id, by=who or ANYBODY)
    thanks = gettext("Thank you. It is read by the county.")
    if code:
        how = gettext("Write this code down to read the answer here: %(code)s", code=spoken(code))
        thanks = f"{thanks} {how}"
    return done(thanks, "protection.feedback")


def spoken(code: str) -> str:
    """A code as it is read out: groups of digits."""
    return " ".join((code[:3], code[3:6], code[6:]))


@bp.route("/feedback/answer", methods=["GET", "POST"])
@open_door("who said something without an account may read the answer", transaction="read")
def opinion_answer() -> Any:
    """The answer to an opinion, by its code."""
    form = CodeForm()
    page = {"form": form, "said": None}
    if not form.sent():
        shown = render_template("protection/feedback_answer.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        with db.note():
            page["said"] = actions.opinion_of(form.digits, request.remote_addr or "")
        if page["said"] is None:
            raise Refusal(ReportRefusal.no_opinion, "code")
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/feedback_answer.html", **page)
    return render_template("protection/feedback_answer.html", **page)


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


@bp.route("/feedback/<int:feedback_id>/answer", methods=["GET", "POST"])
@requires(Permission.report_handle, load=queries.opinion)
def answer_opinion(said: Feedback) -> Any:
    """Write back to whoever said it."""
    form = AnswerForm()
    if not form.sent():
        page = render_template("protection/opinion.html", form=form, said=said)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.answer_opinion(said, form.answer.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/opinion.html", form=form, said=said)
    return done(gettext("Answered."), "protection.opinions")
