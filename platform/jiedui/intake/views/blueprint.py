"""The blueprint that the pages of sheets hang on, and what a page about a kind of sheet is."""

from __future__ import annotations

from flask import Blueprint

from jiedui.access.guard import actor
from jiedui.intake.exchange import Shelf, shelf_of

bp = Blueprint("intake", __name__)


def shelf(kind: str) -> Shelf:
    """The shelf of the URL; raise Missing for a kind there is not."""
    return shelf_of(actor(), kind)
