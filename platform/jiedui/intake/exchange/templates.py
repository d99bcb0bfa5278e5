"""Sheets whose columns stand in a mapping file: their heads, and an empty one to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from jiedui.access.rules import Actor
from jiedui.core import sheets
from jiedui.core.i18n import gettext
from jiedui.core.sheets import Dress, Limits, Page
from jiedui.intake.exchange.importers import Asked, Importer
from jiedui.intake.exchange.layout import Column, Layout
from jiedui.intake.models import ImportBatch
from jiedui.regions import queries as regions


def template(layout: Layout, title: str, path: str, limits: Limits) -> bytes:
    """The heads, with lists of what may stand in a column, townships and villages among them; a
    second page says of every column whether it is needed and which words are known."""
    known = regions.villages(path)
    offered = {n: list(layout.offered(column)) for n, column in enumerate(layout.columns)}
    for n, column in enumerate(layout.columns):
        if column.field == "village":
            offered[n] = [village.full_name for village in known]
        elif column.field == "township":
            names = {v.parent.name: None for v in known if v.parent is not None}
            offered[n] = list(names)
    heads = [column.head for column in layout.columns]
    choices = {n: values for n, values in offered.items() if values}
    dress = Dress(choices_until=limits.rows)
    return sheets.write(title, heads, choices=choices, dress=dress, notes=_notes(layout))


def area(batch: ImportBatch) -> str:
    """Where a sheet's people and places lie: the region of who brought it, or the whole county
    where their role belongs to a unit."""
    return batch.region.path if batch.unit_id is None else regions.get(batch.county_id).path


def _notes(layout: Layout) -> Page:
    heads = [gettext("Column"), gettext("Needed?"), gettext("What may stand there")]
    rows = [
        [c.head, gettext("yes") if c.needed else gettext("no"), _words(layout, c)]
        for c in layout.columns
    ]
    return Page(gettext("How to fill it in"), heads, rows)


def _words(layout: Layout, column: Column) -> str:
    words = layout.joiner.join(word for word in layout.firsts(column) if word)
    return gettext("one or several of: %(words)s", words=words) if column.several else words


class LayoutImporter(Importer):
    """A kind of sheet whose columns stand in a mapping file."""

    columns: ClassVar[Layout]

    def layout(self, heads: Sequence[str]) -> dict[str, int] | None:
        """Where each field stands; see Importer."""
        return self.columns.find(heads)

    def asked(self) -> list[Asked]:
        """The columns of the mapping, in its order."""
        return [
            Asked(c.field, c.head, c.needed, self.columns.offered(c))
            for c in self.columns.columns
            if not c.keep
        ]

    def template(self, actor: Actor) -> bytes:
        """The heads, with what may stand below them."""
        return template(self.columns, str(self.title), _reach(actor), self.limits)


def _reach(actor: Actor) -> str:
    return regions.get(actor.county_id).path if actor.unit_id is not None else actor.scope
