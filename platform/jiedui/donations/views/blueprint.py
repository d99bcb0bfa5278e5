"""The blueprint that the pages of wishes and gifts hang on, and what several of them need."""

from __future__ import annotations

from flask import Blueprint, Response

from jiedui.access.guard import actor
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

bp = Blueprint("donations", __name__)


def own_county() -> Region:
    """The reader's county: gifts are the whole county's."""
    return regions.get(actor().county_id)


def as_file(data: bytes, mime: str, name: str) -> Response:
    """A paper to keep."""
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=mime, headers=held)
