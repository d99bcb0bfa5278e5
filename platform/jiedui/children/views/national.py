"""What differs from the national system: a list, a file, a page to copy from, answers."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.children import queries
from jiedui.children.actions import returns as actions
from jiedui.children.exchange import NATIONAL, differences, shown
from jiedui.children.models import Child, NationalReturn
from jiedui.children.rules.returns import is_own
from jiedui.children.views.blueprint import bp, load
from jiedui.core import sheets
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE, done, refused


@bp.route("/children/national", methods=["GET", "POST"])
@requires(Permission.national_return)
def national() -> Any:
    """The children whose files say more than the national system; make a file of all of them."""
    form, page = Form(), differing()
    if not form.sent():
        return render_template("children/national.html", form=form, **page)
    try:
        made = actions.send_back(queries.changed_ids(actor().scope), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/national.html", form=form, **page)
    return redirect(url_for("children.national_return", return_id=made.id), 303)


def differing() -> dict[str, Any]:
    """One page of them, each with the columns that differ, and the files that were made."""
    number = max(1, request.args.get("page", 1, type=int))
    rows, total = queries.changed_page(actor(), number)
    fields = {one.child_id: one.fields for one in differences([child.id for child in rows])}
    heads = {c.field: c.head for c in NATIONAL.columns}
    made = queries.returned(actor())
    return {
        "rows": [(child, [heads[name] for name in fields.get(child.id, ())]) for child in rows],
        "total": total,
        "number": number,
        "last": max(1, -(-total // PAGE)),
        "made": made,
        "counts": queries.return_counts([one.id for one in made]),
    }


@bp.get("/children/<int:child_id>/national")
@requires(Permission.national_return, load=load, logged=Act.child_read)
def national_child(child: Child) -> str:
    """One child in the order of the national sheet, to be copied field by field."""
    return render_template("children/national_child.html", child=child, cells=shown(child))


@bp.get("/children/national/<int:return_id>")
@requires(Permission.national_return, load=queries.national_return)
def national_return(made: NationalReturn) -> str:
    """One file that was made, and what the national system has answered."""
    counts = queries.return_counts([made.id]).get(made.id, {})
    rows = queries.refused_rows(made.id)
    heads = {c.field: c.head for c in NATIONAL.columns}
    page = {"made": made, "counts": counts, "rows": rows, "heads": heads}
    page["names"] = names_of({one for one in (made.made_by, made.agreed_by) if one})
    page["own"] = is_own(made.made_by, made.made_as, actor())
    return render_template("children/national_return.html", **page)


@bp.post("/children/national/<int:return_id>/agree")
@requires(Permission.national_return, load=queries.national_return)
def national_agree(made: NationalReturn) -> Response:
    """A second person lets the file leave."""
    actions.agree_return(made, by=actor())
    text = gettext("Agreed. The file can be downloaded now.")
    return done(text, "children.national_return", return_id=made.id)


@bp.post("/children/national/<int:return_id>/file")
@requires(Permission.national_return, load=queries.national_return, recent=True)
def national_file(made: NationalReturn) -> Response:
    """The file in the layout of the national system."""
    return as_file(actions.return_file(made, by=actor()), made.code)


def as_file(data: bytes, name: str) -> Response:
    """A sheet to keep."""
    response = Response(data, content_type=sheets.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
