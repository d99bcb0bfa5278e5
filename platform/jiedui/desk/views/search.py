"""Search from the head of every page: a number or a name, never in an address."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.desk import queries
from jiedui.desk.queries import Found
from jiedui.desk.views.blueprint import bp


@bp.route("/search", methods=["GET", "POST"])
@requires(Permission.desk_see, transaction="read")
def search() -> Any:
    """What was found; one single hit by number is opened at once."""
    text = request.form.get("q", "").strip()
    found = queries.search(actor(), text)
    only = _only(found) if queries.is_code(text) else ""
    if only:
        return redirect(only, 303)
    return render_template("desk/search.html", q=text, found=found)


def _only(found: Found) -> str:
    """The page of the one thing that was found."""
    for things, endpoint, name in (
        (found.children, "files.child", "child_id"),
        (found.needs, "needs.show", "need_id"),
        (found.helpers, "helpers.show", "helper_id"),
        (found.pairings, "pairings.show", "pairing_id"),
    ):
        if things:
            return url_for(endpoint, **{name: things[0].id})
    return ""
