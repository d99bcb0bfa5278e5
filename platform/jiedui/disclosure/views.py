"""The public face of the portal."""

from __future__ import annotations

from flask import Blueprint, render_template

from jiedui.access.guard import open_door

bp = Blueprint("disclosure", __name__)


@bp.get("/")
@open_door("the public face")
def home() -> str:
    """What the portal is, and what is needed now."""
    return render_template("disclosure/home.html")
