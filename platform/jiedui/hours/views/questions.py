"""Entries in question: what is held and why, and a helper's objection to a dispute."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import day, done, refused
from jiedui.hours import actions, queries
from jiedui.hours.forms import AnswerForm, ObjectForm, about
from jiedui.hours.models import Objection, ServiceSession
from jiedui.hours.rules import Answered
from jiedui.hours.views.blueprint import bp
from jiedui.hours.views.sessions import back_of


@bp.get("/hours/questions")
@requires(Permission.hours_review)
def questions() -> str:
    """Held entries with their reason, and objections with the day their answer is due."""
    return render_template("hours/questions.html", **_page(Form()))


def _page(form: Form) -> dict[str, Any]:
    return {
        "form": form,
        "today": clock.today(),
        "held": queries.held_in(actor()),
        "objections": queries.objections_in(actor()),
    }


@bp.post("/hours/sessions/<int:session_id>/release")
@requires(Permission.hours_review, load=queries.get)
def release(session: ServiceSession) -> Any:
    """Somebody has looked at a held entry: it counts."""
    form = Form()
    try:
        actions.release(session, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/questions.html", **_page(form))
    return done(gettext("The session counts now."), "hours.questions")


@bp.route("/hours/sessions/<int:session_id>/object", methods=["GET", "POST"])
@requires(Permission.hours_log, load=queries.get)
def objection(session: ServiceSession) -> Any:
    """The helper stands by a disputed session and says how it was."""
    form = about(ObjectForm(), session)
    page = {"form": form, "session": session, "back": back_of(session.helper.account_id)}
    if not form.sent():
        shown = render_template("hours/object.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        said = actions.object_to_dispute(session, form.words.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/object.html", **page)
    return done(gettext("Sent. You get an answer by %(day)s.", day=day(said.due)), page["back"])


@bp.route("/hours/objections/<int:objection_id>", methods=["GET", "POST"])
@requires(Permission.hours_review, load=queries.get_objection)
def answer(objection: Objection) -> Any:
    """Answer an objection within ten working days."""
    form = about(AnswerForm(), objection.session)
    page = {"form": form, "objection": objection}
    if not form.sent():
        shown = render_template("hours/answer.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    upheld = form.outcome.data is Answered.counts
    try:
        actions.answer(objection, upheld=upheld, words=form.words.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/answer.html", **page)
    return _answered()


def _answered() -> Response:
    return done(gettext("Answered. The volunteer gets a message."), "hours.questions")
