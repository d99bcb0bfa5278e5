"""One row: mend its cells in the page; say whether it is somebody who is known."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.intake import actions, queries
from jiedui.intake.exchange import Importer, as_row, importer, said
from jiedui.intake.forms import WhoForm, named, row_form
from jiedui.intake.models import ImportRow
from jiedui.intake.rules import OPEN
from jiedui.intake.views.blueprint import bp


def page_of(one: ImportRow) -> dict[str, Any]:
    """What the page of a row shows: faulty cells first, the others folded away."""
    kind = importer(one.kind)
    asked = [a for a in kind.asked() if a.field in one.batch.layout]
    row, problems = as_row(one, one.batch), said(one.kind, one.problems)
    form = row_form(asked, row.cells, {name: text for name, _head, text in problems})
    who, candidates = WhoForm(), kind.candidates(one.candidates, actor())
    who.offer(candidates)
    return about(one, kind) | {
        "label": kind.label(row),
        "form": form,
        "who": who,
        "asked": asked,
        "named": named,
        "wrong": {name for name, _head, _text in problems},
        "loose": [text for name, _h, text in problems if name not in one.batch.layout],
        "candidates": candidates,
    }


def about(one: ImportRow, kind: Importer) -> dict[str, Any]:
    """What the page says of the row as a whole."""
    changes = [kind.head(name) for name in one.fields]
    return {"one": one, "batch": one.batch, "importer": kind, "changes": changes}


@bp.route("/sheets/row/<int:row_id>", methods=["GET", "POST"])
@requires(Permission.sheet_import, load=queries.row, logged=Act.sheet_read)
def row(one: ImportRow) -> Any:
    """The cells of a row, to be mended."""
    page = page_of(one)
    form = page["form"]
    if not form.sent():
        answer = render_template("intake/row.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.mend(one, form.cells(page["asked"]), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("intake/row.html", **page)
    return onwards(one)


@bp.post("/sheets/row/<int:row_id>/who")
@requires(Permission.sheet_import, load=queries.row)
def decide(one: ImportRow) -> Any:
    """Say who it is."""
    page = page_of(one)
    who = page["who"]
    if not who.sent():
        return refused("intake/row.html", **page)
    try:
        actions.decide(one, *who.said, by=actor())
    except Refusal as refusal:
        who.refuse(refusal)
        return refused("intake/row.html", **page)
    return onwards(one)


def onwards(one: ImportRow) -> Response:
    """To the row again while it is not settled, else to the next one, else back to the sheet."""
    if one.verdict in OPEN:
        return redirect(url_for("intake.row", row_id=one.id), 303)
    following = queries.next_open(one.batch_id, one.line)
    message = gettext("Row %(line)s is settled.", line=one.line)
    if following is None:
        return done(message, "intake.batch", sheet_id=one.batch_id)
    return done(message, "intake.row", row_id=following.id)
