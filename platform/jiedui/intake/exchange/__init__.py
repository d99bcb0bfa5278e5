"""What a sheet of some kind means (importers), how its cells are read (layout, cells, villages),
what an empty one looks like (templates)."""

from __future__ import annotations

from jiedui.intake.exchange.cells import (
    Bad,
    Today,
    Value,
    Values,
    read_cell,
    read_cells,
    read_id,
    written,
)
from jiedui.intake.exchange.importers import (
    PART,
    Asked,
    Candidate,
    Importer,
    Reader,
    Shelf,
    as_row,
    corrected,
    importer,
    kinds,
    read_row,
    register,
    said,
    shelf_of,
    stored,
)
from jiedui.intake.exchange.layout import Column, Layout, load, tidy
from jiedui.intake.exchange.templates import LayoutImporter, area, template
from jiedui.intake.exchange.villages import Village, Villages

__all__ = [
    "PART",
    "Asked",
    "Bad",
    "Candidate",
    "Column",
    "Importer",
    "Layout",
    "LayoutImporter",
    "Reader",
    "Shelf",
    "Today",
    "Value",
    "Values",
    "Village",
    "Villages",
    "area",
    "as_row",
    "corrected",
    "importer",
    "kinds",
    "load",
    "read_cell",
    "read_cells",
    "read_id",
    "read_row",
    "register",
    "said",
    "shelf_of",
    "stored",
    "template",
    "tidy",
    "written",
]
