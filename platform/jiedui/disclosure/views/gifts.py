"""What was given to the county's children by quarter, kind and township; who agreed to be named."""

from __future__ import annotations

from flask import Response, render_template, request

from jiedui.access.guard import open_door
from jiedui.core import clock
from jiedui.core.errors import Missing
from jiedui.disclosure import exchange
from jiedui.disclosure.queries import gifts as queries
from jiedui.disclosure.rules.gifts import Quarter, quarters
from jiedui.disclosure.views.blueprint import bp
from jiedui.disclosure.views.public import here
from jiedui.donations.queries.disclosed import named


def _wanted() -> Quarter:
    """The quarter an address names, else the last one that is over."""
    known = quarters(clock.today())
    asked = request.args.get("quarter", "")
    return next((one for one in known if one.key == asked), known[-2])


def _found() -> queries.Published:
    county_id = here()
    if county_id is None:
        raise Missing
    return queries.quarter(county_id, _wanted())


@bp.get("/disclosed")
@open_door("what becomes of gifts is public", transaction="read")
def disclosed() -> str:
    """Goods and money apart; what could tell of somebody is withheld."""
    found = _found()
    return render_template(
        "disclosure/disclosed.html",
        found=found,
        tables=exchange.tables(found),
        bars=[exchange.bars(part) for part in found.parts],
        quarters=quarters(clock.today())[::-1],
        named=named(here() or 0),
    )


@bp.get("/disclosed.csv")
@open_door("the same figures as a file", transaction="read")
def disclosed_file() -> Response:
    """Exactly what the page shows."""
    found = _found()
    name = f"gifts-{found.quarter.key}.csv"
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(exchange.csv_of(found), mimetype="text/csv", headers=held)
