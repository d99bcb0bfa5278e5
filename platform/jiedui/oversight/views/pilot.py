"""How pairing comes along, as a page of figures."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Missing
from jiedui.oversight.queries import pilot as queries
from jiedui.oversight.rules.pilot import WAITS_FOR
from jiedui.oversight.views.blueprint import bp
from jiedui.regions import queries as regions


@bp.get("/progress")
@requires(Permission.figures_read)
def progress() -> str:
    """One's own county or township: how far children have got, how long it takes, whom it waits
    for."""
    holding = actor().holding
    if holding is None:
        raise Missing
    region = regions.get(holding.region_id or actor().county_id)
    found = queries.of_region(region)
    return render_template("oversight/progress.html", region=region, one=found, at=WAITS_FOR)
