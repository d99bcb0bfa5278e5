"""Where the room's pages hang, and whose they are about."""

from __future__ import annotations

from flask import Blueprint, Response, request

from jiedui.access.guard import actor
from jiedui.core import clock
from jiedui.core.errors import Missing
from jiedui.oversight.queries import yearly
from jiedui.oversight.rules.yearly import shown_first
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

bp = Blueprint("oversight", __name__)


def own_county(**_values: str) -> Region:
    """The reader's county, whatever the address asks for in it."""
    return regions.get(actor().county_id)


def asked_year(county: Region) -> int:
    """The year of an address, or the one that is wanted first; raise Missing for one without a
    record."""
    known = yearly.years(county.id)
    year = request.args.get("year", shown_first(clock.today(), known), type=int)
    if year not in known:
        raise Missing
    return year


def as_file(data: bytes, mime: str, name: str) -> Response:
    """A paper to keep."""
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=mime, headers=held)
