"""Files of identified data: ask, decide as the second person, fetch once."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.children import queries
from jiedui.children.actions import exports as actions
from jiedui.children.forms.exports import ExportForm
from jiedui.children.models import ChildExport
from jiedui.children.rules import Asker, approval_fault
from jiedui.children.views.blueprint import bp
from jiedui.children.views.national import as_file
from jiedui.core.errors import Refusal, Stale
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.regions import queries as regions


def listed(form: ExportForm) -> dict[str, Any]:
    """The form and the requests of the area."""
    found = queries.exports(actor())
    return {"form": form, "exports": found, "names": names_of({one.asked_by for one in found})}


@bp.route("/children/export", methods=["GET", "POST"])
@requires(Permission.child_export)
def exports() -> Any:
    """Ask for a file; the requests of one's area."""
    form = ExportForm()
    form.offer(regions.divisions(actor().scope))
    if not form.sent():
        page = render_template("children/exports.html", **listed(form))
        return (page, 422) if request.method == "POST" else page
    try:
        one = actions.ask_export(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/exports.html", **listed(form))
    text = gettext("Asked for. Somebody else of your office or of the county decides.")
    return done(text, "children.export", export_id=one.id)


@bp.route("/children/export/<int:export_id>", methods=["GET", "POST"])
@requires(Permission.child_export, load=queries.export)
def export(one: ChildExport) -> Any:
    """One request: where it stands; a second person decides on it."""
    form = Form(data={"version": str(one.version)})
    page = about(one) | {"form": form}
    if not form.sent():
        return render_template("children/export.html", **page)
    decide = actions.reject_export if request.form.get("act") == "no" else actions.approve_export
    try:
        decide(one, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/export.html", **page)
    except Stale:
        form.form_errors.append(gettext("Somebody has changed this since you opened it"))
        return refused("children/export.html", **page)
    return done(gettext("Decided."), "children.export", export_id=one.id)


def about(one: ChildExport) -> dict[str, Any]:
    """What the page says of a request, and what this reader may do."""
    asker = Asker(one.asked_by, one.asked_as, one.asked_office, one.asked_region.path)
    ids = {one.asked_by} | ({one.approved_by} if one.approved_by else set())
    return {
        "one": one,
        "names": names_of(ids),
        "mine": one.asked_by == actor().account_id,
        "may_decide": approval_fault(asker, actor()) is None,
    }


@bp.post("/children/export/<int:export_id>/file")
@requires(Permission.child_export, load=queries.export, recent=True)
def export_file(one: ChildExport) -> Response:
    """The file, once."""
    return as_file(actions.fetch_export(one, by=actor()), one.code)
