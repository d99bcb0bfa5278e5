"""Lists of children: who is on file, and new files to check."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import Role
from jiedui.children import actions, queries
from jiedui.children.forms import FilterForm
from jiedui.children.rules import masked_name
from jiedui.children.views.blueprint import bp
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import ngettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.partners import queries as places
from jiedui.regions import queries as regions


def full_names() -> bool:
    """Whether names stand in full: for those whose daily work it is."""
    return actor().role in (Role.child_director, Role.township_supervisor)


@bp.get("/children")
@requires(Permission.child_read)
def index() -> str:
    """Children of a scope, by village."""
    form = FilterForm(request.args)
    local = full_names()
    areas = regions.villages if local else regions.townships
    form.offer(areas(places.reach(actor())))
    number = max(request.args.get("page", 1, type=int), 1)
    rows, total = queries.page(actor(), form.wanted(), number)
    chosen = {k: v for k, v in request.args.items() if v and k != "page"}
    last = (total + PAGE - 1) // PAGE
    facts = {"rows": rows, "total": total, "number": number, "last": last, "chosen": chosen}
    facts |= {"form": form, "local": local, "masked": masked_name}
    return render_template("children/index.html", **facts)


@bp.route("/children/check", methods=["GET", "POST"])
@requires(Permission.child_check)
def check() -> Any:
    """New files, checked by a second person in one go."""
    form, rows = Form(), queries.awaiting_check(actor())
    if not form.sent():
        return render_template("children/check.html", form=form, rows=rows)
    ticked = set(request.form.getlist("child", type=int))
    try:
        for child in (c for c in rows if c.id in ticked):
            actions.check_child(child, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/check.html", form=form, rows=rows)
    text = ngettext("%(num)d file is checked.", "%(num)d files are checked.", len(ticked))
    return done(text, "children.check")
