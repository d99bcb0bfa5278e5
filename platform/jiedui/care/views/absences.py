"""Pupils who are absent: a school reports and hears how it ended; village and township find out."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.care.actions import absences as actions
from jiedui.care.forms.absences import BackForm, EndForm, ReportForm
from jiedui.care.models.absences import Absence
from jiedui.care.queries import absences as queries
from jiedui.care.rules.absences import AbsenceEnd
from jiedui.care.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


def _absence(absence_id: int) -> Absence:
    return queries.get_absence(absence_id)


@bp.get("/school/absences")
@requires(Permission.absence_report)
def school_absences() -> str:
    """What the own school has reported, and whether it is known where the pupil is."""
    rows = queries.of_unit(actor().unit_id)
    return render_template("care/school_absences.html", rows=rows, today=clock.today())


@bp.route("/school/absences/report", methods=["GET", "POST"])
@requires(Permission.absence_report)
def report_absence() -> Any:
    """A pupil of the own school is not there."""
    form = ReportForm()
    if not form.sent():
        page = render_template("care/report_absence.html", form=form)
        return (page, 422) if request.method == "POST" else page
    pupil, since, birth = form.pupil.data, form.since.data, form.birth_date.data
    try:
        actions.report_absence(pupil, since, birth, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/report_absence.html", form=form)
    message = gettext("Reported. Village and township have it on their list now.")
    return done(message, "care.school_absences")


@bp.route("/school/absences/<int:absence_id>/back", methods=["GET", "POST"])
@requires(Permission.absence_report, load=_absence)
def absence_back(one: Absence) -> Any:
    """The school sees first that a pupil is back."""
    form = BackForm(data={"version": str(one.version), "on": clock.today()})
    page = {"form": form, "absence": one, "back": "care.school_absences", "named": True}
    return _end(page, AbsenceEnd.returned, one)


@bp.get("/absences")
@requires(Permission.absence_handle)
def absences() -> str:
    """Pupils of a region who are away, what is due first."""
    rows, over = queries.away(actor()), queries.back_of_late(actor())
    return render_template("care/absences.html", rows=rows, over=over, today=clock.today())


@bp.route("/absences/<int:absence_id>", methods=["GET", "POST"])
@requires(Permission.absence_handle, load=_absence)
def absence_end(one: Absence) -> Any:
    """Somebody has gone to see: how it ended."""
    form = EndForm(data={"version": str(one.version)})
    page = {"form": form, "absence": one, "back": "care.absences", "named": False}
    return _end(page, form.how.data, one)


def _end(page: dict[str, Any], how: AbsenceEnd, one: Absence) -> Any:
    form = page["form"]
    if not form.sent():
        answer = render_template("care/absence.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.end_absence(one, how, form.on.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/absence.html", **page)
    except Stale as stale:
        form.version.data = str(stale.now)
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return refused("care/absence.html", **page)
    return done(gettext("Kept. The list is shorter by one."), page["back"])
