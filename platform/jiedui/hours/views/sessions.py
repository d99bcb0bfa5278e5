"""Logging a session (one's own, or a helper's from paper), correcting it, taking it back."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import db
from jiedui.core.edge import when_undone
from jiedui.core.errors import NotNow, Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, duration, refused
from jiedui.hours import actions, queries
from jiedui.hours.forms import SessionForm, as_said, session_form, usual
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import EntryState, Evidence, HoursRefusal
from jiedui.hours.views.blueprint import bp
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life


def back_of(account_id: int | None) -> str:
    """Where somebody goes on: a helper to their own hours, who logs from paper to the list."""
    return "hours.mine" if account_id == actor().account_id else "hours.weekly"


@bp.get("/hours/pairings/<int:pairing_id>")
@requires(Permission.hours_read, load=life.get)
def held(pairing: Pairing) -> str:
    """Every session of one pairing as it stands."""
    found = queries.of_pairing(pairing.id)
    return render_template("hours/held.html", pairing=pairing, sessions=found)


@bp.route("/hours/pairings/<int:pairing_id>/new", methods=["GET", "POST"])
@requires(Permission.hours_log, load=life.get)
def log(pairing: Pairing) -> Any:
    """One session of a pairing; day, times and kind are filled in."""
    mine = pairing.account_id == actor().account_id
    form = session_form(pairing, pairing.helper, usual(pairing), new=True, counsellor=mine)
    page = {"form": form, "pairing": pairing, "old": None, "stood_in": False}
    page["back"] = back_of(pairing.account_id)
    if not form.sent():
        report_worry(form, pairing.id, at_once=False)
        shown = render_template("hours/session.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        session = actions.log_session(pairing, form.said(), by=actor())
    except Refusal as refusal:
        count_wrong_code(refusal, pairing.id)
        report_worry(form, pairing.id, at_once=False)
        form.refuse(refusal)
        return refused("hours/session.html", **page)
    report_worry(form, pairing.id, at_once=True)
    return logged(session)


def report_worry(form: SessionForm, pairing_id: int, *, at_once: bool) -> None:
    """A worry is a report whatever becomes of the session: in the same act where it is saved,
    after the roll-back where it is not. It leaves the form, so that it is not sent twice."""
    words, who = (form.worry.data or "").strip(), actor()
    if not words or not form.is_submitted():
        return
    form.worry.data = ""
    flash(gettext("Your report is with those on duty. In danger now: 110."), "ok")
    if at_once:
        actions.worry(life.get(pairing_id), words, by=who)
        return

    def note() -> None:
        with db.note():
            actions.worry(life.get(pairing_id), words, by=who)

    when_undone(note)


def count_wrong_code(refusal: Refusal, pairing_id: int) -> None:
    """A wrong code is remembered although the form leaves nothing behind."""
    if refusal.code is not HoursRefusal.code_wrong:
        return
    who = actor()

    def note() -> None:
        with db.note():
            actions.note_wrong_code(life.get(pairing_id), by=who)

    when_undone(note)


def logged(session: ServiceSession) -> Response:
    """How a session stands that was just logged, on the page one goes on from."""
    time = duration(session.minutes)
    if session.state is EntryState.held:
        said = gettext("%(time)s are on record. The township looks at them before they count.",
                       time=time)  # fmt: skip
    elif session.evidence is Evidence.checked_in:
        said = gettext("%(time)s are checked in.", time=time)
    else:
        said = gettext("%(time)s are on record. They wait to be verified in the weekly list.",
                       time=time)  # fmt: skip
    return done(said, back_of(session.helper.account_id))


@bp.route("/hours/sessions/<int:session_id>/correct", methods=["GET", "POST"])
@requires(Permission.hours_log, load=queries.get)
def correct(session: ServiceSession) -> Any:
    """The same form with what stands there now; the old entry stays in the record. What a class's
    list says is not corrected here."""
    if session.pairing is None:
        raise NotNow
    form = session_form(session.pairing, session.helper, as_said(session))
    form.version.data = form.version.data or session.version
    page = {"form": form, "pairing": session.pairing, "old": session, "stood_in": session.stood_in}
    page["back"] = back_of(session.helper.account_id)
    if not form.sent():
        shown = render_template("hours/session.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        new = actions.correct(session, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/session.html", **page)
    return logged(new)


@bp.route("/hours/sessions/<int:session_id>/take-back", methods=["GET", "POST"])
@requires(Permission.hours_log, load=queries.get)
def withdraw(session: ServiceSession) -> Any:
    """A page of its own asks before a session is taken back."""
    form = Form()
    form.version.data = form.version.data or session.version
    page = {"form": form, "old": session, "back": back_of(session.helper.account_id)}
    if not form.sent():
        return render_template("hours/withdraw.html", **page)
    try:
        actions.withdraw(session, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/withdraw.html", **page)
    return done(gettext("The session is taken back and counts no more."), page["back"])
