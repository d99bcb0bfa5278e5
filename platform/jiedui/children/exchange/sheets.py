"""The sheet of the national system as a file: empty, to be filled in."""

from __future__ import annotations

from jiedui.children.exchange.layout import Layout
from jiedui.core import sheets
from jiedui.core.sheets import LARGE, Dress
from jiedui.regions import queries as regions


def template(layout: Layout, title: str, path: str) -> bytes:
    """The heads, with lists of what may stand in a column, townships and villages among them."""
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
    return sheets.write(title, heads, choices=choices, dress=Dress(choices_until=LARGE.rows))
