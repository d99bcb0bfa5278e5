"""The blueprint that the pages of sheets hang on, and what a page about a kind of sheet is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from jiedui.access.guard import actor
from jiedui.intake.exchange import Importer, importer

bp = Blueprint("intake", __name__)


@dataclass(frozen=True)
class Shelf:
    """All sheets of one kind in the reader's own area."""

    importer: Importer
    scope_path: str
    county_id: int
    unit_id: int | None

    @property
    def kind(self) -> str:
        """The kind of its sheets."""
        return self.importer.kind


def shelf(kind: str) -> Shelf:
    """The shelf of the URL; raise Missing for a kind there is not."""
    who = actor()
    return Shelf(importer(kind), who.scope, who.county_id, who.unit_id)
