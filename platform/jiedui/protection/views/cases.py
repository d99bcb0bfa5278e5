"""A case for those who read reports: opened, told step by step, ended by two, its seal."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jiedui.access import queries as access
from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.protection import queries as reports
from jiedui.protection.actions import cases as actions
from jiedui.protection.forms.cases import (
    BackForm,
    EndForm,
    FileForm,
    SealForm,
    StepForm,
    TriageForm,
)
from jiedui.protection.models import ProtectionCase, Report
from jiedui.protection.queries import cases as queries
from jiedui.protection.queries import concerned
from jiedui.protection.rules.case import DONE, Stage, may_close, next_stages, township_may_know
from jiedui.protection.rules.clocks import NEXT_CLOCK
from jiedui.protection.views.blueprint import bp
from jiedui.protection.views.reading import loaded
from jiedui.protection.views.sealing import unsealing


def loaded_case(casework_id: int) -> ProtectionCase:
    """A case that the signed-in person may deal with."""
    return queries.get_for(casework_id, actor())


@bp.route("/reports/<int:report_id>/case", methods=["GET", "POST"])
@requires(Permission.report_handle, load=loaded)
def open_case(report: Report) -> Any:
    """Open a case on a report."""
    form = TriageForm(data={"situation": report.situation, "village": report.region})
    form.village.scope = report.scope_path
    page = {"form": form, "report": report}
    if not form.sent():
        shown = render_template("protection/open_case.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        case = actions.open_case(report.id, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/open_case.html", **page)
    db.session.flush()
    return done(gettext("The case is opened."), "protection.case", casework_id=case.id)


@bp.get("/cases/<int:casework_id>")
@requires(Permission.report_handle, load=loaded_case)
def case(case: ProtectionCase) -> Any:
    """How a case stands: its clock, its steps, what comes next. Every look is on record."""
    if (away := unsealing(case)) is not None:
        return away
    with db.note():
        case = actions.read_case(case.id, by=actor())
    return case_page(case)


def case_page(
    case: ProtectionCase, back: BackForm | None = None, file: FileForm | None = None
) -> str:
    """The page of a case, with what was typed into one of its forms and refused."""
    return render_template(
        "protection/case.html",
        case=case,
        back=back or BackForm(formdata=None, data={"version": str(case.version)}),
        file=file or FileForm(formdata=None),
        files=concerned.files_of(case.id),
        **_way_of(case),
        **_people_of(case),
    )


def _way_of(case: ProtectionCase) -> dict[str, Any]:
    """Its stages, its clock, and what may be done now."""
    told = {step.stage: step for step in case.steps}
    open_to_ask = case.region is not None and case.township_told_at is None
    return {
        "chain": [(one, told.get(one)) for one in DONE],
        "clock": NEXT_CLOCK.get(case.stage),
        "late": case.late(clock.now()),
        "may_ask": open_to_ask
        and case.stage is not Stage.closed
        and township_may_know(case.suspect),
        "next": next_stages(case.stage),
        "may_end": case.stage is Stage.followed_up,
        "may_close": may_close(case.hands, reports.persons(actor())),
    }


def _people_of(case: ProtectionCase) -> dict[str, Any]:
    """Who broke its seal, and the names of all who stand in it."""
    looks = queries.looks(case.id)
    ids = {one.by_account for one in case.steps} | {one.account_id for one in looks}
    ids |= {case.taken_by, case.proposed_by}
    return {"looks": looks, "names": access.names_of({one for one in ids if one})}


@bp.route("/cases/<int:casework_id>/next", methods=["GET", "POST"])
@requires(Permission.report_handle, load=loaded_case)
def case_step(case: ProtectionCase) -> Any:
    """Tell the next step of a case."""
    if (away := unsealing(case)) is not None:
        return away
    stages = next_stages(case.stage)
    if not stages:
        return redirect(url_for("protection.case", casework_id=case.id), 303)
    form = StepForm(stages[0], again=case.stage is Stage.followed_up)
    page = {"form": form, "case": case, "stage": stages[0]}
    if not form.sent():
        form.version.data = form.version.data or str(case.version)
        shown = render_template("protection/case_step.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.step(case.id, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/case_step.html", **page)
    return done(gettext("It is noted."), "protection.case", casework_id=case.id)


@bp.route("/cases/<int:casework_id>/end", methods=["GET", "POST"])
@requires(Permission.report_handle, load=loaded_case)
def case_end(case: ProtectionCase) -> Any:
    """Say how a case is to end."""
    if (away := unsealing(case)) is not None:
        return away
    form = EndForm()
    page = {"form": form, "case": case}
    if not form.sent():
        form.version.data = form.version.data or str(case.version)
        shown = render_template("protection/case_end.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.propose_end(case.id, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/case_end.html", **page)
    words = gettext("Proposed. A second person looks at it and closes it.")
    return done(words, "protection.case", casework_id=case.id)


@bp.post("/cases/<int:casework_id>/close")
@requires(Permission.report_handle, load=loaded_case)
def case_close(case: ProtectionCase) -> Any:
    """The second person closes a case, or sends it back with words."""
    if (away := unsealing(case)) is not None:
        return away
    form, back = BackForm(), request.form.get("act") == "back"
    if back and not form.sent():
        return case_page(case, form), 422
    try:
        if back:
            words = form.words.data or ""
            actions.send_back(case.id, words, by=actor(), version=form.submitted_version)
        else:
            actions.close(case.id, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return case_page(case, form), 422
    said = gettext("The case goes on.") if back else gettext("The case is closed.")
    return done(said, "protection.case", casework_id=case.id)


@bp.post("/cases/<int:casework_id>/township")
@requires(Permission.report_handle, load=loaded_case)
def case_township(case: ProtectionCase) -> Any:
    """Ask the township to help."""
    if (away := unsealing(case)) is not None:
        return away
    form = BackForm(formdata=None, data={"version": str(case.version)})
    try:
        actions.tell_township(case.id, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return case_page(case, form), 422
    return done(gettext("The township is asked."), "protection.case", casework_id=case.id)


@bp.get("/cases/asked")
@requires(Permission.case_help)
def shared_cases() -> str:
    """With which cases the county asks a township to help."""
    return render_template("protection/shared.html", found=queries.shared_with(actor()))


@bp.route("/cases/<int:casework_id>/seal", methods=["GET", "POST"])
@requires(Permission.report_handle, load=loaded_case, recent=True)
def unseal(case: ProtectionCase) -> Any:
    """Break the seal of a case for some hours, with a reason."""
    form = SealForm()
    page = {"form": form, "case": case}
    if not form.sent():
        shown = render_template("protection/unseal.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.break_seal(case.id, form.reason.data, form.words.data or "", by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("protection/unseal.html", **page)
    words = gettext("The case is open to you for eight hours.")
    return done(words, "protection.case", casework_id=case.id)


@bp.post("/reports/<int:report_id>/second")
@requires(Permission.report_handle, load=loaded)
def second_look(report: Report) -> Response:
    """A second person agrees with how a report ended."""
    actions.look_again(report.id, by=actor())
    return done(gettext("Noted that you looked at it too."), "protection.reports")
