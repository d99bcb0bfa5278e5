"""Looking for somebody who stands in, their answer, and what their one visit needs."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.contact.actions import standing_in as actions
from jiedui.contact.forms.standing_in import ask_form
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan as queries
from jiedui.contact.queries.plan import Wanted
from jiedui.contact.views.blueprint import bp
from jiedui.core import clock, words
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.pairings.queries import answers


@bp.route("/plan/<int:planned_id>/substitute", methods=["GET", "POST"])
@requires(Permission.contact_arrange, load=lambda planned_id: queries.get(planned_id))
def substitute(session: PlannedSession) -> Any:
    """Who could stand in, the best first; one is asked."""
    form = ask_form(session)
    page = {"form": form, "session": session, "pairing": session.pairing}
    if not form.sent():
        answer = render_template("contact/substitute.html", **page)
        return (answer, 422) if form.is_submitted() else answer
    try:
        actions.ask(session, form.helper_id, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        _say(form, error)
        return refused("contact/substitute.html", **page)
    said = gettext("The question has been sent.")
    return done(said, "contact.plan", pairing_id=session.pairing_id)


def _say(form: Any, error: Refusal | Stale) -> None:
    if isinstance(error, Refusal):
        form.refuse(error)
    else:
        form.version.data = str(error.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))


def _answered(session: PlannedSession) -> str:
    """Take the answer of the form; what to say of it."""
    version = request.form.get("version", type=int)
    try:
        if request.form.get("act") == "yes":
            actions.accept(session, by=actor(), version=version)
            return gettext("Thank you. The family and the village are told.")
        actions.decline(session, by=actor(), version=version)
    except Refusal as refusal:
        return words.label(refusal.code)
    return gettext("Somebody else is asked.")


@bp.post("/plan/<int:planned_id>/substitute/answer")
@requires(Permission.contact_arrange, load=lambda planned_id: queries.get(planned_id))
def substitute_said(session: PlannedSession) -> Any:
    """What somebody without an account has said on the telephone."""
    return done(_answered(session), "contact.plan", pairing_id=session.pairing_id)


@bp.route("/stand-in/<int:planned_id>", methods=["GET", "POST"])
@requires(Permission.helper_own, load=lambda planned_id: queries.wanted(planned_id))
def stand_in(wanted: Wanted) -> Any:
    """The question to whoever is asked: when, what for, in which township; no name."""
    session = wanted.session
    if request.method == "POST":
        return done(_answered(session), "contact.calendar")
    mine = session.helper_id == wanted.helper.id
    return render_template("contact/stand_in.html", session=session, mine=mine, now=clock.now())


def _granted(planned_id: int) -> PlannedSession:
    return queries.get(planned_id)


@bp.get("/stand-in/<int:planned_id>/visit")
@requires(Permission.contact_stand_in, load=_granted, logged=Act.plan_read)
def stand_in_visit(session: PlannedSession) -> str:
    """What the one visit needs: name, carer, place, time; open until that day is over."""
    if not session.stood_in:
        raise Missing
    carer = answers.carer(session.pairing)
    return render_template(
        "contact/stand_in_visit.html", session=session, pairing=session.pairing, carer=carer
    )
