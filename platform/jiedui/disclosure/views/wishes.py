"""What children wish for now, as everybody may see it: by kind and township, nothing smaller."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import open_door
from jiedui.disclosure.rules import pooled
from jiedui.disclosure.views.blueprint import bp
from jiedui.disclosure.views.public import here
from jiedui.donations.queries.wishes import open_counts


@bp.get("/wishes")
@open_door("what is needed is visible before anybody registers", transaction="read")
def wishes() -> str:
    """Open material wishes: no child, no village, no words."""
    county_id = here()
    counts = open_counts(county_id) if county_id else {}
    return render_template("disclosure/wishes.html", rows=pooled(counts))
