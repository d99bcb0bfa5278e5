"""The list of needs."""

from __future__ import annotations

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.pages import PAGE
from jiedui.needs import queries
from jiedui.needs.forms import FilterForm
from jiedui.needs.views.blueprint import bp
from jiedui.regions import queries as regions


@bp.get("/needs")
@requires(Permission.need_read)
def index() -> str:
    """Needs of a scope, those that wait longest first."""
    form = FilterForm(request.args)
    form.offer(regions.townships(actor().scope))
    number = max(request.args.get("page", 1, type=int), 1)
    rows, total = queries.page(actor(), form.wanted(), number)
    chosen = {k: v for k, v in request.args.items() if v and k in form._fields}
    last = (total + PAGE - 1) // PAGE
    return render_template(
        "needs/index.html",
        form=form,
        rows=rows,
        total=total,
        number=number,
        last=last,
        chosen=chosen,
        lacks={
            need.id: dict.fromkeys(lack for _, lack in queries.missing_for(need)) for need in rows
        },
    )
