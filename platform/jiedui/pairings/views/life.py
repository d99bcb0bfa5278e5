"""Lists of pairings, the page of one, and the steps of a living one."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.pairings.actions import ending
from jiedui.pairings.actions import life as actions
from jiedui.pairings.forms.life import close_form, end_form, meet_form, pause_form
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, approval, life, story, teams
from jiedui.pairings.rules import PairingState, Phase
from jiedui.pairings.rules.decisions import knows
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.shared import about, load
from jiedui.pairings.views.wording import spoken


@bp.get("/pairings")
@requires(Permission.pairing_read)
def index() -> Any:
    """The pairings in one's area by phase; each person's own first phase comes first."""
    who = actor()
    if ending.is_helper(who):
        return redirect(url_for("pairings.mine"), 303)
    wanted = request.args.get("phase", "")
    if not wanted and may(who, Permission.pairing_approve):
        return redirect(url_for("pairings.approve"), 303)
    phase = Phase(wanted) if wanted in set(Phase) else Phase.answering
    page = max(1, request.args.get("page", 1, type=int))
    counts = life.counts(who)
    return render_template(
        "pairings/index.html",
        phase=phase,
        counts=counts,
        pairings=life.listed(who, phase, page, PAGE),
        page=page,
        last=-(-counts[phase] // PAGE),
        days_left=story.days_left,
        said=answers.said,
        deciders=partial(approval.deciders, clocks=approval.clocks_of(who.county_id)),
    )


@bp.get("/pairings/mine")
@requires(Permission.pairing_accept)
def mine() -> Any:
    """A helper's own: cards that wait for an answer, then children one goes to."""
    who = actor()
    own = life.listed(who, Phase.meeting, 1, PAGE) + life.listed(who, Phase.living, 1, PAGE)
    return render_template(
        "pairings/mine.html",
        cards=life.awaiting_helper(who),
        accepted=[p for p in life.listed(who, Phase.answering, 1, PAGE) if p.accepted_at],
        own=own,
        knows=_knows,
        days_left=story.days_left,
        past=[p for p in life.listed(who, Phase.ended, 1, PAGE) if p.told],
    )


def _knows(pairing: Pairing) -> bool:
    return knows(pairing.state, pairing.pause_reason, pairing.ready_at is not None)


@bp.get("/pairings/<int:pairing_id>")
@requires(Permission.pairing_read, load=load, logged=Act.pairing_read)
def show(pairing: Pairing) -> Any:
    """One pairing: for staff how it came about and stands; for the helper what a visit needs."""
    if not ending.is_helper(actor()):
        waits = pairing.state in (PairingState.approved, PairingState.ready)
        said = answers.said(pairing) if waits else None
        return render_template("pairings/show.html", said=said, **about(pairing))
    if pairing.state is PairingState.approved:
        return redirect(url_for("pairings.accept", pairing_id=pairing.id), 303)
    template = "pairings/visit.html" if _knows(pairing) else "pairings/parted.html"
    others = [one for one in teams.others_of(pairing) if _knows(one)]
    return render_template(template, pairing=pairing, carer=answers.carer(pairing), others=others)


@bp.route("/pairings/<int:pairing_id>/meet", methods=["GET", "POST"])
@requires(Permission.pairing_meet, load=load)
def meet(pairing: Pairing) -> Any:
    """The first meeting has taken place, and who came along."""
    form = meet_form(actor().name)
    if not form.sent():
        return _page("meet", pairing, form)
    try:
        actions.meet(
            pairing.id,
            form.met_on.data,
            form.accompanied_by.data,
            by=actor(),
            version=form.submitted_version,
        )
    except Refusal as refusal:
        return _again("meet", pairing, form, refusal)
    return done(gettext("The first meeting is on record."), "pairings.show", pairing_id=pairing.id)


@bp.route("/pairings/<int:pairing_id>/pause", methods=["GET", "POST"])
@requires(Permission.pairing_end, load=load)
def pause(pairing: Pairing) -> Any:
    """Pause a pairing, with a reason."""
    form = pause_form(ending.pauses_for(actor()))
    if not form.sent():
        return _page("pause", pairing, form)
    try:
        version = form.submitted_version
        ending.pause(pairing.id, form.reason.data, by=actor(), version=version)
    except Refusal as refusal:
        return _again("pause", pairing, form, refusal)
    return done(gettext("The pairing is paused."), "pairings.show", pairing_id=pairing.id)


@bp.post("/pairings/<int:pairing_id>/resume")
@requires(Permission.pairing_end, load=load)
def resume(pairing: Pairing) -> Any:
    """Go on after a pause."""
    try:
        ending.resume(pairing.id, by=actor(), version=request.form.get("version", type=int))
    except Refusal as refusal:
        raise spoken(refusal) from refusal
    return done(gettext("The pairing goes on."), "pairings.show", pairing_id=pairing.id)


@bp.route("/pairings/<int:pairing_id>/close", methods=["GET", "POST"])
@requires(Permission.pairing_end, load=load)
def close(pairing: Pairing) -> Any:
    """Begin to end a pairing: why, and when the goodbye is."""
    form = close_form(pairing, ending.closes_for(actor()), own=ending.is_helper(actor()))
    if not form.sent():
        return _page("close", pairing, form)
    try:
        day = form.goodbye_on.data if pairing.first_meeting_on else None
        said = {"version": form.submitted_version, "wanted_by": form.wanted}
        ending.plan_end(pairing.id, form.reason.data, day, by=actor(), **said)
    except Refusal as refusal:
        return _again("close", pairing, form, refusal)
    return done(gettext("Everybody concerned is told."), "pairings.show", pairing_id=pairing.id)


@bp.route("/pairings/<int:pairing_id>/end", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=load)
def end(pairing: Pairing) -> Any:
    """The goodbye has been said: close the pairing and say what becomes of the need."""
    form = end_form(pairing, team=bool(teams.others_of(pairing)))
    if not form.sent():
        return _page("end", pairing, form)
    try:
        day, after = form.said_goodbye_on.data, form.after.data
        ending.close(pairing.id, day, after, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        return _again("end", pairing, form, refusal)
    return done(gettext("The pairing has ended."), "pairings.show", pairing_id=pairing.id)


def _page(name: str, pairing: Pairing, form: Any) -> Any:
    if not form.is_submitted():
        form.version.data = pairing.version
    page = render_template(f"pairings/{name}.html", **_facts(pairing, form))
    return (page, 422) if form.is_submitted() else page


def _again(name: str, pairing: Pairing, form: Any, refusal: Refusal) -> Any:
    form.refuse(spoken(refusal))
    return refused(f"pairings/{name}.html", **_facts(pairing, form))


def _facts(pairing: Pairing, form: Any) -> dict[str, Any]:
    met = pairing.first_meeting_on is not None
    return {
        "form": form,
        "pairing": pairing,
        "met": met,
        "own": ending.is_helper(actor()),
        "others": teams.others_of(pairing),
    }
