"""Lists of children: who is on file, and new files to check."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.access.queries import names_of
from jiedui.access.rules import Role
from jiedui.children import actions, queries
from jiedui.children.forms import FilterForm
from jiedui.children.rules import Purpose
from jiedui.children.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import ngettext
from jiedui.core.pages import done, refused
from jiedui.partners import queries as places
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _areas() -> list[Region]:
    """What a list can be narrowed to: villages of a township, townships of a county."""
    local = actor().role in (Role.child_director, Role.township_supervisor)
    found = (regions.villages if local else regions.townships)(places.reach(actor()))
    return found if len(found) > 1 else []


def _unchecked() -> int:
    """How many new files wait for a reader who may check them."""
    if not may(actor(), Permission.child_check):
        return 0
    return queries.count(actor(), queries.Filter(check=True))


@bp.get("/children")
@requires(Permission.child_read)
def index() -> str:
    """Children of a scope, by village."""
    form = FilterForm(request.args)
    form.offer(_areas())
    number = max(request.args.get("page", 1, type=int), 1)
    rows, total = queries.page(actor(), form.wanted(), number)
    chosen = {k: v for k, v in request.args.items() if v and k in form._fields}
    return render_template(
        "children/index.html",
        form=form,
        rows=[(child, *queries.stands(child, Purpose.matching)) for child in rows],
        total=total,
        number=number,
        size=queries.LISTED,
        chosen=chosen,
        unchecked=_unchecked(),
    )


@bp.route("/children/check", methods=["GET", "POST"])
@requires(Permission.child_check)
def check() -> Any:
    """New files, checked by a second person in one go; own ones cannot be ticked."""
    form, rows = Form(), queries.awaiting_check(actor())
    names = names_of({child.entered_by for child in rows if child.entered_by})
    page = {"form": form, "rows": rows, "names": names}
    if not form.sent():
        return render_template("children/check.html", **page)
    ticked = set(request.form.getlist("child", type=int))
    try:
        count = actions.check_children([c for c in rows if c.id in ticked], by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/check.html", **page)
    text = ngettext("%(num)d file is checked.", "%(num)d files are checked.", count)
    return done(text, "children.check")
