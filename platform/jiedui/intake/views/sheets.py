"""What sheets can come in, and those that came; the empty one; a new one."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core import db, sheets, words
from jiedui.core.i18n import gettext
from jiedui.core.pages import refused
from jiedui.core.sheets import BadFile, FileFault
from jiedui.intake import actions, queries
from jiedui.intake.exchange import Shelf, kinds
from jiedui.intake.forms import UploadForm
from jiedui.intake.views.blueprint import bp, shelf


@bp.get("/sheets")
@requires(Permission.sheet_import)
def index() -> str:
    """Every kind of sheet that this person may bring."""
    shelves = [one for kind in kinds() if may(actor(), Permission.sheet_import, one := shelf(kind))]
    found = [(one.importer, queries.listed(actor(), one.kind)[:3]) for one in shelves]
    return render_template("intake/index.html", shelves=found)


@bp.route("/sheets/<kind>", methods=["GET", "POST"], endpoint="sheets")
@requires(Permission.sheet_import, load=shelf, transaction="read")
def one_kind(one: Shelf) -> Any:
    """The sheets of one kind; bring another. A file is looked through before it is kept."""
    form = UploadForm()
    page = {"form": form, "importer": one.importer, "batches": queries.listed(actor(), one.kind)}
    if request.method == "GET":
        return render_template("intake/sheets.html", **page)
    data = request.files["file"].read() if "file" in request.files else b""
    try:
        sheets.measure(data, one.importer.limits)
    except BadFile as bad:
        form.file.errors = [told(bad)]
        return refused("intake/sheets.html", **page)
    options = {"invented": True} if current_app.config["INVENTED_IDS"] else {}
    with db.write():
        batch_id = actions.upload(one.kind, data, by=actor(), options=options).id
    return redirect(url_for("intake.batch", sheet_id=batch_id), 303)


def told(bad: BadFile) -> str:
    """Why a file is not opened."""
    if bad.fault is FileFault.columns_missing:
        what = bad.what.replace(", ", gettext(", "))
        return gettext("These columns are missing: %(what)s", what=what)
    return words.label(bad.fault, **bad.facts)


@bp.get("/sheets/<kind>/template.xlsx")
@requires(Permission.sheet_import, load=shelf)
def template(one: Shelf) -> Response:
    """An empty sheet with the columns and what may stand in them."""
    return as_file(one.importer.template(actor()), one.kind)


def as_file(data: bytes, name: str) -> Response:
    """A sheet to keep."""
    response = Response(data, content_type=sheets.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
