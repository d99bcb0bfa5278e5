"""The plan of a pairing: what comes, what is left out and why; moving and calling off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.contact.actions import plan as actions
from jiedui.contact.forms.plan import cancel_form, move_form
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import ones, teams
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.plan import AHEAD
from jiedui.contact.views.agreements import HELPERS, may_see_paper
from jiedui.contact.views.blueprint import bp
from jiedui.contact.views.months import grid, month_asked
from jiedui.core import clock
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import back_or, done, done_and_back, refused
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, life

BEFORE = timedelta(weeks=2)
TEAM_AHEAD = timedelta(weeks=4)


def by_week(sessions: Iterable[PlannedSession]) -> list[tuple[date, list[PlannedSession]]]:
    """Sessions under the Monday of their week."""

    def monday(one: PlannedSession) -> date:
        on = queries.local(one.start_at)[0]
        return on - timedelta(days=on.weekday())

    return [(week, list(rows)) for week, rows in groupby(sessions, monday)]


@bp.get("/pairings/<int:pairing_id>/plan")
@requires(Permission.pairing_read, load=life.get)
def plan(pairing: Pairing) -> str:
    """What a pairing plans, week by week and as a month; and the six marks of the year."""
    may_see_paper(pairing)
    today = clock.today()
    sessions = queries.of_pairing(pairing.id, today - BEFORE, today + AHEAD)
    month = month_asked(today)
    return render_template(
        "contact/plan.html",
        pairing=pairing,
        how=queries.plan_of(pairing),
        weeks=by_week(sessions),
        month=month,
        grid=grid(month, queries.of_pairing(pairing.id, month.first, month.last)),
        ones=ones.of_pairing(pairing),
        others=teams.others_plan(pairing, today, today + TEAM_AHEAD),
        helper_here=actor().role in HELPERS,
        now=clock.now(),
    )


def _facts(session: PlannedSession, form: Any) -> dict[str, Any]:
    own = actor().role in HELPERS
    back = back_or("contact.calendar") if own else None
    return {"session": session, "form": form, "pairing": session.pairing, "back": back}


def _again(page: str, session: PlannedSession, form: Any, error: Refusal | Stale) -> Any:
    if isinstance(error, Refusal):
        form.refuse(error)
    else:
        form.version.data = str(error.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
    return refused(page, **_facts(session, form))


@bp.route("/plan/<int:planned_id>/move", methods=["GET", "POST"])
@requires(Permission.pairing_end, load=lambda planned_id: queries.get(planned_id))
def move(session: PlannedSession) -> Any:
    """Move a session to one of three suggested times."""
    may_see_paper(session.pairing)
    form = move_form(session)
    if not form.sent():
        page = render_template("contact/move.html", **_facts(session, form))
        return (page, 422) if form.is_submitted() else page
    try:
        actions.move(session, form.turn, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        return _again("contact/move.html", session, form, error)
    said = gettext("The session is moved. Please tell the family.")
    return done(said, "contact.plan", pairing_id=session.pairing_id)


@bp.route("/plan/<int:planned_id>/cancel", methods=["GET", "POST"])
@requires(Permission.pairing_end, load=lambda planned_id: queries.get(planned_id))
def cancel(session: PlannedSession) -> Any:
    """Call a session off and say why."""
    may_see_paper(session.pairing)
    form = cancel_form(session, own=actor().role in HELPERS)
    if not form.sent():
        page = render_template("contact/cancel.html", **_facts(session, form))
        return (page, 422) if form.is_submitted() else page
    try:
        actions.cancel(session, form.reason.data, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        return _again("contact/cancel.html", session, form, error)
    said = gettext("The session is called off. Please tell the family.")
    return done(said, "contact.plan", pairing_id=session.pairing_id)


@bp.get("/plan/changes")
@requires(Permission.pairing_consent)
def changes() -> str:
    """Changes that nobody has told the family of: whom to call, and what to write to them."""
    rows = [(one, answers.carer(one.pairing)) for one in queries.to_tell(actor())]
    return render_template("contact/changes.html", rows=rows)


@bp.post("/plan/<int:planned_id>/told")
@requires(Permission.pairing_end, load=lambda planned_id: queries.get(planned_id))
def told(session: PlannedSession) -> Any:
    """The family has been told."""
    actions.told(session, by=actor())
    said = gettext("It is on file that the family knows.")
    return done_and_back(said, "contact.plan", pairing_id=session.pairing_id)
