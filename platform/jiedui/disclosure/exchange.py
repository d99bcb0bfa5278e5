"""The published figures of a quarter as tables: a page and a file say exactly the same."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from jiedui.core import words
from jiedui.core.i18n import gettext
from jiedui.core.tables import Cell, Row, Table
from jiedui.disclosure.queries.gifts import Disclosed, Kind, Published
from jiedui.disclosure.rules.figures import Figure
from jiedui.disclosure.rules.gifts import SUM
from jiedui.donations.rules.books import GiftForm

BOM = "\ufeff"  # without it Excel takes Chinese in a CSV for something else


def name_of(kind: Kind) -> str:
    """What goods are, or what money is for."""
    return words.label(kind) if kind else gettext("any material wish")


def unit_of(form: GiftForm) -> str:
    """The head of a part."""
    return gettext("Goods (pieces)") if form is GiftForm.goods else gettext("Money (yuan)")


def cell(form: GiftForm, figure: Figure) -> Cell:
    """A figure in words: nothing, withheld, pieces, or yuan."""
    if figure is None:
        return "–"
    if not isinstance(figure, int) or isinstance(figure, bool):
        return gettext("withheld")
    if form is GiftForm.goods:
        return figure
    whole, rest = divmod(figure, 100)
    return f"{whole}.{rest:02d}" if rest else whole


def tables(found: Published) -> list[Table]:
    """Goods, then money: by kind, and where the quarter is over by township."""
    made = []
    for part in found.parts:
        if part.books:
            made.append(_books(part))
        if part.places.towns:
            made.append(_places(part))
    return made


def _books(part: Disclosed) -> Table:
    heads = (
        gettext("Kind"), gettext("Has been received"), gettext("Allocated"), gettext("Has come"),
        gettext("In stock at the end"),
    )  # fmt: skip
    rows = [
        Row(
            name_of(one.kind),
            tuple(cell(part.form, f) for f in (one.received, one.allocated, one.came, one.stock)),
        )
        for one in part.books
    ]
    return Table(unit_of(part.form), heads, tuple(rows), wide=True)


def _places(part: Disclosed) -> Table:
    """Townships down, kinds across: a phone is narrow, and there are more townships."""
    kinds = part.places.kinds
    heads = (gettext("Township"), *(name_of(kind) for kind in kinds), gettext("Sum"))
    rows = [_town(part, town, town == SUM) for town in (*part.places.towns, SUM)]
    title = gettext("What came, by township: %(what)s", what=unit_of(part.form))
    return Table(title, heads, tuple(rows), wide=True)


def _town(part: Disclosed, town: str, last: bool) -> Row:
    figures = [part.places.cell(kind, town) for kind in (*part.places.kinds, SUM)]
    name = gettext("Sum") if last else town
    return Row(name, tuple(cell(part.form, figure) for figure in figures), sum=last)


@dataclass(frozen=True)
class Bars:
    """A drawing of a part: for each kind what was received and what came, in its own measure."""

    form: GiftForm
    title: str
    rows: list[tuple[str, int, int]]
    most: int


def bars(part: Disclosed) -> Bars:
    """What can be drawn: figures that are shown, withheld ones as nothing."""
    rows = [(name_of(one.kind), _drawn(one.received), _drawn(one.came)) for one in part.books]
    most = max((n for _name, *both in rows for n in both), default=0)
    return Bars(part.form, unit_of(part.form), rows if most else [], most)


def _drawn(figure: Figure) -> int:
    return figure if isinstance(figure, int) else 0


def csv_of(found: Published) -> bytes:
    """Exactly what is shown."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow([found.quarter.key])
    for table in tables(found):
        lines.writerow([table.title])
        lines.writerow(table.heads)
        lines.writerows([row.name, *row.cells] for row in table.rows)
        lines.writerow([])
    return (BOM + out.getvalue()).encode()
