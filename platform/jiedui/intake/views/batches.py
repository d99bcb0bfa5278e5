"""One sheet: how far it is, what was found, the corrected one; take it over or give it up."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.core.sheets import BadFile, FileFault
from jiedui.intake import actions, queries
from jiedui.intake.exchange import Candidate, as_row, corrected, importer, said
from jiedui.intake.forms import TakeForm
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import OPEN, SheetState, Verdict
from jiedui.intake.views.blueprint import bp
from jiedui.intake.views.sheets import as_file, told

TABS = {
    "faulty": (Verdict.faulty,),
    "double": (Verdict.double,),
    "new": (Verdict.new,),
    "changed": (Verdict.changed,),
    "same": (Verdict.same,),
}
AT_WORK = (SheetState.uploaded, SheetState.taking)


@bp.get("/sheets/batch/<int:sheet_id>")
@requires(Permission.sheet_import, load=queries.get, logged=Act.sheet_read)
def batch(one: ImportBatch) -> str:
    """How far a sheet is, or its rows by what was found."""
    if one.state in AT_WORK:
        done = queries.taken(one.id) if one.state is SheetState.taking else 0
        return render_template("intake/working.html", batch=one, taken=done, **about(one))
    counts = queries.counts(one.id)
    first = next((tab for tab, of in TABS.items() if any(counts.get(v) for v in of)), "new")
    tab = request.args.get("show", first)
    number = max(1, request.args.get("page", 1, type=int))
    rows, total = queries.page(one.id, TABS.get(tab, ()), number)
    return render_template(
        "intake/batch.html",
        batch=one,
        counts=counts,
        showing=tab,
        rows=[seen(row, one) for row in rows],
        number=number,
        last=max(1, -(-(len(one.figures.get("ours", [])) if tab == "ours" else total) // PAGE)),
        open=sum(counts.get(verdict, 0) for verdict in OPEN),
        ours=ours(one, number) if tab == "ours" else [],
        **about(one),
    )


def ours(one: ImportBatch, number: int) -> list[Candidate]:
    """One page of those of ours that the list does not have."""
    ids = one.figures.get("ours", [])
    return importer(one.kind).candidates(ids[(number - 1) * PAGE : number * PAGE], actor())


def about(one: ImportBatch) -> dict[str, Any]:
    """What every page of a sheet says of it."""
    who = importer(one.kind)
    bad = BadFile(FileFault(one.fault), one.fault_what, who.limits) if one.fault else None
    fault = told(bad) if bad else ""
    return {"importer": who, "fault": fault, "verdicts": list(Verdict)}


def seen(row: Any, one: ImportBatch) -> dict[str, Any]:
    """A row as lists show it: how it is called, what is wrong, what would change."""
    who = importer(one.kind)
    return {
        "row": row,
        "label": who.label(as_row(row, one)),
        "problems": said(one.kind, row.problems),
        "fields": [who.head(name) for name in row.fields],
    }


@bp.get("/sheets/batch/<int:sheet_id>/corrected.xlsx", endpoint="corrected")
@requires(Permission.sheet_import, load=queries.get, logged=Act.sheet_read, recent=True)
def corrected_sheet(one: ImportBatch) -> Response:
    """The same sheet with what is wrong in it."""
    return as_file(corrected(one, queries.every(one.id)), f"{one.kind}-{one.id}")


@bp.route("/sheets/batch/<int:sheet_id>/take", methods=["GET", "POST"])
@requires(Permission.sheet_import, load=queries.get)
def take(one: ImportBatch) -> Any:
    """Asks before a sheet is taken over."""
    form, counts = TakeForm(data={"version": str(one.version)}), queries.counts(one.id)
    open_ = sum(counts.get(verdict, 0) for verdict in OPEN)
    page = {"form": form, "batch": one, "counts": counts, "open": open_, **about(one)}
    if not form.sent():
        return render_template("intake/take.html", **page)
    try:
        actions.take_over(
            one, without_faulty=form.without_faulty.data, by=actor(), version=form.submitted_version
        )
    except (Refusal, Stale) as no:
        complain(form, no)
        return refused("intake/take.html", **page)
    return redirect(url_for("intake.batch", sheet_id=one.id), 303)


def complain(form: Form, no: Refusal | Stale) -> None:
    """Say on the form why not."""
    if isinstance(no, Refusal):
        form.refuse(no)
    else:
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))


@bp.route("/sheets/batch/<int:sheet_id>/drop", methods=["GET", "POST"])
@requires(Permission.sheet_import, load=queries.get)
def drop(one: ImportBatch) -> Any:
    """Asks before a sheet is given up."""
    form = Form(data={"version": str(one.version)})
    page = {"form": form, "batch": one, **about(one)}
    if not form.sent():
        return render_template("intake/drop.html", **page)
    try:
        actions.drop(one, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as no:
        complain(form, no)
        return refused("intake/drop.html", **page)
    return done(
        gettext("The sheet is given up; nothing of it is kept."), "intake.sheets", kind=one.kind
    )


@bp.post("/sheets/batch/<int:sheet_id>/again")
@requires(Permission.sheet_import, load=queries.get)
def again(one: ImportBatch) -> Any:
    """Look at every row once more."""
    if one.state is SheetState.checked:
        actions.check_again(one, by=actor())
    return redirect(url_for("intake.batch", sheet_id=one.id), 303)
