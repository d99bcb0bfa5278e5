"""Hours by unit: an office sees them all, whoever speaks for a unit its own."""

from __future__ import annotations

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.hours.queries.units import visible_units
from jiedui.hours.rules import Book
from jiedui.hours.views.blueprint import bp


@bp.get("/hours/units")
@requires(Permission.hours_units)
def units() -> str:
    """One year, this one or an earlier one; each evidence in a column of its own."""
    this = clock.today().year
    year = request.args.get("year", this, type=int)
    year = year if this - 10 <= year <= this else this
    first, last = clock.today().replace(year, 1, 1), clock.today().replace(year, 12, 31)
    return render_template(
        "hours/units.html",
        rows=visible_units(actor(), first, last),
        year=year,
        years=[one for one in range(this, this - 3, -1) if one != year],
        voluntary=Book.voluntary,
    )
