"""The one weekly list of a director or township: verify many at once, or say what is wrong."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.hours import actions, queries
from jiedui.hours.forms import DisputeForm, WeeklyForm, weekly_form
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.standing_in import to_log_on_paper
from jiedui.hours.views.blueprint import bp

AT_ONCE = 50


@bp.route("/hours/weekly", methods=["GET", "POST"])
@requires(Permission.hours_verify)
def weekly() -> Any:
    """Declared sessions of others in the region, oldest first; ticked ones are verified."""
    waiting = queries.unverified(actor(), AT_ONCE)
    form = weekly_form(waiting, all_ticked="all" in request.args)
    if not form.sent():
        page = render_template("hours/weekly.html", **_list(form, waiting))
        return (page, 422) if form.is_submitted() else page
    versions = form.sessions.versions()
    try:
        good = actions.verify(queries.chosen(versions, actor()), by=actor(), versions=versions)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/weekly.html", **_list(form, waiting))
    return done(_said(len(good), len(versions) - len(good)), "hours.weekly")


def _list(form: WeeklyForm, waiting: list[ServiceSession]) -> dict[str, Any]:
    return {
        "form": form,
        "waiting": waiting,
        "total": queries.count_unverified(actor()),
        "others": queries.count_own_unverified(actor()),
        "stood": to_log_on_paper(actor()),
        "on_paper": queries.without_account(actor()),
        "places": queries.signed_places(actor()),
        "disputed": queries.disputed_on_paper(actor()),
    }


def _said(good: int, changed: int) -> str:
    text = ngettext("%(num)d session verified.", "%(num)d sessions verified.", good)
    if not changed:
        return text
    left = ngettext(
        "%(num)d had changed meanwhile and was left out: please look at it again.",
        "%(num)d had changed meanwhile and were left out: please look at them again.",
        changed,
    )
    return f"{text} {left}"


@bp.route("/hours/sessions/<int:session_id>/dispute", methods=["GET", "POST"])
@requires(Permission.hours_verify, load=queries.get)
def dispute(session: ServiceSession) -> Any:
    """Choose what does not agree; the helper hears of it."""
    form = DisputeForm()
    form.version.data = form.version.data or session.version
    if not form.sent():
        page = render_template("hours/dispute.html", form=form, session=session)
        return (page, 422) if form.is_submitted() else page
    reason, version = form.reason.data, form.submitted_version
    try:
        actions.dispute(session, reason, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/dispute.html", form=form, session=session)
    return done(gettext("Marked. Whoever logged it will correct it or take it back."),
                "hours.weekly")  # fmt: skip
