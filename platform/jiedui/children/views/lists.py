"""Lists of children: who is on file, and new files to check."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

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
    """What a list can be narrowed to: villages of a township; of a county its townships, and the
    villages of the one that is asked for."""
    if actor().role in (Role.child_director, Role.township_supervisor):
        found = regions.villages(places.reach(actor()))
        return found if len(found) > 1 else []
    towns, asked = regions.townships(places.reach(actor())), request.args.get("region", type=int)
    inside = regions.villages(places.reach(actor())) if asked else []
    town = next((one.parent_id for one in inside if one.id == asked), asked)
    known = [one for one in inside if one.parent_id == town]
    return [one for each in towns for one in (each, *(v for v in known if v.parent_id == each.id))]


def _unchecked() -> int:
    """How many new files wait for a reader who may check them."""
    if not may(actor(), Permission.child_check):
        return 0
    return queries.count(actor(), queries.Filter(check=True))


@bp.get("/children")
@requires(Permission.child_read)
def index() -> str:
    """Children of a scope, by village, narrowed by conditions that stand together."""
    form = FilterForm(request.args)
    form.offer(_areas(), actor())
    asked = max(request.args.get("page", 1, type=int), 1)
    rows, total, number = queries.page(actor(), form.wanted(), asked)
    return render_template(
        "children/index.html",
        form=form,
        rows=[(child, *queries.stands(child, Purpose.matching)) for child in rows],
        total=total,
        number=number,
        size=queries.LISTED,
        chosen=form.chosen(),
        conditions=_conditions(form),
        unchecked=_unchecked(),
    )


def _conditions(form: FilterForm) -> list[tuple[str, str]]:
    """Each chosen condition in words, with the address of the list without it."""
    chosen = form.chosen()
    return [
        (form.words_of(name), url_for("children.index", **{**chosen, name: None}))
        for name in chosen
    ]


@bp.route("/children/check", methods=["GET", "POST"])
@requires(Permission.child_check)
def check() -> Any:
    """New files, checked by a second person in one go; who entered them, or brought their sheet,
    cannot tick them."""
    form, rows, own = Form(), queries.awaiting_check(actor()), queries.own_unchecked(actor())
    names = names_of({child.entered_by for child in rows if child.entered_by})
    page = {"form": form, "rows": rows, "own": own, "names": names}
    if not form.sent():
        return render_template("children/check.html", **page)
    ticked = set(request.form.getlist("child", type=int))
    try:
        count = actions.check_children(queries.unchecked(actor(), ticked), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/check.html", **page)
    text = ngettext("%(num)d file is checked.", "%(num)d files are checked.", count)
    return done(text, "children.check")
