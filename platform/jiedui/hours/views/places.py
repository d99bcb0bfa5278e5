"""What took place at a place."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import requires
from jiedui.access.policy import Permission
from jiedui.hours.queries import get_place
from jiedui.hours.queries.took_place import held_at
from jiedui.hours.views.blueprint import bp
from jiedui.partners.models import Place


@bp.get("/places/<int:place_id>/held")
@requires(Permission.place_read, load=get_place)
def held_there(place: Place) -> str:
    """Counts by month: nobody is named."""
    return render_template("hours/place_held.html", place=place, rows=held_at(place.id))
