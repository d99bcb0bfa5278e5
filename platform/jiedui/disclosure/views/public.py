"""The public face: what the portal is, what is needed now, how data of children is handled."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import actor_or_none, open_door
from jiedui.disclosure import queries
from jiedui.disclosure.views.blueprint import bp
from jiedui.regions import queries as regions


def here() -> int | None:
    """The county of whoever looks: their own, else the installation's first."""
    who = actor_or_none()
    if who is not None:
        return who.county_id
    first = regions.counties()
    return first[0].id if first else None


@bp.get("/")
@open_door("the public face")
def home() -> str:
    """What the portal is, and what is needed now."""
    county_id = here()
    picture = queries.picture(county_id) if county_id else None
    return render_template("disclosure/home.html", picture=picture, help_kinds=queries.KINDS)


@bp.get("/about")
@open_door("everybody may know whose portal this is")
def about() -> str:
    """Who runs it, how pairs come about, accessibility, how to reach somebody, credits."""
    return render_template("disclosure/about.html")


@bp.get("/rules")
@open_door("the rules for children's data are public")
def rules() -> str:
    """How personal information of children is handled, in plain words."""
    return render_template("disclosure/rules.html")
