"""A statement in words: goods and money apart, money in yuan."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from jiedui.core import sheets, words
from jiedui.core.i18n import gettext
from jiedui.core.tables import Cell, Row, Table, page_of
from jiedui.donations.queries import statements as queries
from jiedui.donations.rules.books import GiftForm
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.statements import Grouping, Line, Span, TownLine

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"  # without it Excel takes Chinese in a CSV for something else


def tables(county_id: int, span: Span, by: Grouping) -> list[Table]:
    """The statement of a span, goods first, then money."""
    if by is Grouping.township:
        found = queries.township_lines(county_id, span)
        return [_towns(form, [one for one in found if one.form is form]) for form in GiftForm]
    rows = queries.statement(county_id, span, by)
    return [_books(form, by, [row for row in rows if row[1].form is form]) for form in GiftForm]


def _title(form: GiftForm) -> str:
    return gettext("Goods (pieces)") if form is GiftForm.goods else gettext("Money (yuan)")


def _amount(form: GiftForm, n: int) -> Cell:
    return (
        n
        if form is GiftForm.goods
        else f"{n // 100}.{n % 100:02d}"
        if n >= 0
        else f"-{_amount(form, -n)}"
    )


def _kind(kind: GoodsKind | None) -> str:
    return words.label(kind) if kind else gettext("any material wish")


def _heads(by: Grouping) -> tuple[str, ...]:
    first = {
        Grouping.gift: gettext("Gift"),
        Grouping.giver: gettext("Giver"),
        Grouping.time: gettext("Period"),
    }
    return (
        first[by], gettext("Kind"), gettext("Opening"), gettext("Has been received"),
        gettext("Allocated"), gettext("Sent back to the giver"), gettext("Spoiled, written off"),
        gettext("Closing, in stock"),
    )  # fmt: skip


def _books(form: GiftForm, by: Grouping, found: Sequence[tuple[str, Line]]) -> Table:
    rows = [Row(name, (_kind(one.kind), *_cells(form, one))) for name, one in found]
    if form is GiftForm.funds and by is not Grouping.time and found:
        rows.append(_sum(form, [one for _name, one in found]))
    note = gettext(
        "Opening and what was received, less what left, is closing. What was reversed is taken off"
        " on the day of the reversal."
    )
    return Table(_title(form), _heads(by), tuple(rows), note, wide=True)


def _cells(form: GiftForm, one: Line) -> tuple[Cell, ...]:
    values = (
        one.opening, one.received, one.allocated, one.returned, one.written_off, one.closing,
    )  # fmt: skip
    return tuple(_amount(form, value) for value in values)


def _sum(form: GiftForm, found: Sequence[Line]) -> Row:
    """Money may be added; pieces of different kinds may not."""
    columns = (
        sum(one.opening for one in found),
        sum(one.received for one in found),
        sum(one.allocated for one in found),
        sum(one.returned for one in found),
        sum(one.written_off for one in found),
        sum(one.closing for one in found),
    )
    return Row(gettext("Sum"), ("", *(_amount(form, n) for n in columns)), sum=True)


def _towns(form: GiftForm, found: Sequence[TownLine]) -> Table:
    heads = (
        gettext("Township"), gettext("Kind"), gettext("Allocated"), gettext("Has come"),
    )  # fmt: skip
    rows = tuple(
        Row(one.township, (_kind(one.kind), _amount(form, one.allocated), _amount(form, one.came)))
        for one in found
    )
    return Table(_title(form), heads, rows, wide=True)


def xlsx_of(found: Sequence[Table]) -> bytes:
    """A book with a sheet for goods and one for money."""
    return sheets.book([page_of(table) for table in found])


def csv_of(found: Sequence[Table]) -> bytes:
    """The same one below the other; no program takes a cell for a formula."""
    out = StringIO()
    lines = csv.writer(out)
    for table in found:
        lines.writerow([table.title])
        lines.writerow(table.heads)
        for row in table.rows:
            lines.writerow([_inert(cell) for cell in (row.name, *row.cells)])
        lines.writerow([])
    return (BOM + out.getvalue()).encode()


def _inert(cell: Cell) -> Cell:
    """A figure below zero stays one."""
    return (
        cell if isinstance(cell, int) or cell[1:].replace(".", "").isdigit() else sheets.inert(cell)
    )
