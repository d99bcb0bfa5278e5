"""The first page after signing in: what waits for me."""

from __future__ import annotations

from flask import Blueprint, render_template

from jiedui.access.guard import requires
from jiedui.access.policy import Permission

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@requires(Permission.desk_see)
def home() -> str:
    """What waits for whoever is signed in."""
    return render_template("desk/home.html")
