"""Reports for those who read them: the duty officer and civil affairs."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access import queries as access
from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done
from jiedui.protection import actions, queries
from jiedui.protection.forms import OutcomeForm
from jiedui.protection.forms.about import HelperForm
from jiedui.protection.models import Report, ReportFile
from jiedui.protection.queries import cases
from jiedui.protection.rules.clocks import NEXT_CLOCK
from jiedui.protection.views import files
from jiedui.protection.views.blueprint import bp
from jiedui.protection.views.figures import may_count
from jiedui.protection.views.sealing import unsealing


def loaded(report_id: int) -> Report:
    """A report that the signed-in person may deal with."""
    return queries.get_for(report_id, actor())


def file_loaded(report_file_id: int) -> ReportFile:
    """A file of a report that the signed-in person may deal with."""
    return queries.file_for(report_file_id, actor())


@bp.get("/reports")
@requires(Permission.report_handle)
def reports() -> str:
    """What waits to be dealt with, and what was."""
    before = request.args.get("before", type=int)
    past = queries.handled(actor(), before)
    running = cases.running(actor())
    in_cases = {one.report_id for one in running}
    return render_template(
        "protection/reports.html",
        waiting=[one for one in queries.waiting(actor()) if one.id not in in_cases],
        running=running,
        clocks=NEXT_CLOCK,
        to_second=cases.to_second(actor()),
        past=past,
        first=before is None,
        now=clock.now(),
        may_count=may_count(),
    )


@bp.route("/reports/<int:report_id>", methods=["GET", "POST"])
@requires(Permission.report_handle, load=loaded)
def read_report(report: Report) -> Any:
    """Read a report, which is noted, and say what came of it; where it has become a case, that is
    said on the case's page."""
    case = cases.of_report(report.id)
    if (away := unsealing(case)) is not None:
        return away
    if request.method == "GET":
        with db.note():
            report = actions.take_up(report.id, by=actor())
        return _page(report, OutcomeForm(), HelperForm())
    if request.form.get("act") == "helper":
        return _name_helper(report)
    return _handle(report)


@bp.get("/reports/files/<int:report_file_id>")
@requires(Permission.report_handle, load=file_loaded, logged=Act.report_file_read)
def report_file(one: ReportFile) -> Any:
    """A photo or voice message of a report; of a sealed case only for who has opened it."""
    if (away := unsealing(cases.of_report(one.report_id))) is not None:
        return away
    return files.answer(one)


def _handle(report: Report) -> Any:
    """The first form of the page: what came of it, where it becomes no case."""
    form = OutcomeForm()
    if not form.sent():
        return _page(report, form, HelperForm()), 422
    said = form.outcome.data, form.answer.data or "", form.reply.data or ""
    actions.handle(report, *said, by=actor(), version=form.submitted_version)
    return done(gettext("It is noted what came of the report."), "protection.reports")


def _name_helper(report: Report) -> Any:
    """The second form of the page: which helper it is about, so that their pairings pause."""
    form = HelperForm()
    try:
        actions.name_helper(report, form.helper_id, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(report, OutcomeForm(), form), 422
    words = gettext("The pairings of V-%(n)04d pause now.", n=form.helper_id)
    return done(words, "protection.read_report", report_id=report.id)


def _page(report: Report, form: OutcomeForm, helper: HelperForm) -> str:
    form.version.data = form.version.data or str(report.version)
    ids = {report.reporter_account_id, report.read_by, report.handled_by}
    return render_template(
        "protection/read.html",
        report=report,
        form=form,
        helper=helper,
        case=cases.of_report(report.id),
        files=queries.files_of(report.id),
        mine=report.handled_by in queries.persons(actor()),
        names=access.names_of({i for i in ids if i}),
    )
