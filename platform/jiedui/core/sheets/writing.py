"""Excel files as they leave: text, and nothing that any program takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from jiedui.core.sheets.limits import ROWS_MOST

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Dress:
    """What a sheet carries besides its cells: `marked` cells (row, column from 0, the head is row
    0) stand on red; `over` are lines above the head; `stamp` is printed on every page."""

    marked: frozenset[tuple[int, int]] = frozenset()
    over: tuple[str, ...] = ()
    stamp: str = ""
    choices_until: int = ROWS_MOST


PLAIN = Dress()


@dataclass(frozen=True)
class Page:
    """One sheet of a book: its name, its heads, its rows."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[int | str]]


def book(pages: Iterable[Page]) -> bytes:
    """A book of several sheets: whole numbers as numbers, everything else as text. Nothing is ever
    taken for a formula."""
    file = BytesIO()
    made = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = made.add_format({"bold": True, "text_wrap": True})
    for number, page in enumerate(pages, start=1):
        sheet = made.add_worksheet(f"{number} {_plain(page.title)}"[:31])
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, max(len(page.heads) - 1, 1), 14)
        for column, words in enumerate(page.heads):
            sheet.write_string(0, column, words, bold)
        for line, row in enumerate(page.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, column, cell)
                else:
                    sheet.write_string(line, column, cell)
        sheet.freeze_panes(1, 0)
    made.close()
    return file.getvalue()


def _plain(title: str) -> str:
    """A title without what Excel does not take in a sheet's name."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip()


def write(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]] = (),
    *,
    choices: Mapping[int, Sequence[str]] | None = None,
    dress: Dress = PLAIN,
    notes: Page | None = None,
) -> bytes:
    """A sheet of text with a head; `choices` offers a list of values in a column, `notes` is a
    second page. Cells are strings whatever they begin with: nothing of them is ever a formula."""
    file = BytesIO()
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    plain, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    bad = book.add_format({"num_format": "@", "bg_color": "#F8D7DA"})
    sheet.set_column(0, len(heads) - 1, 20, plain)
    for line, words in enumerate(dress.over):
        sheet.write_string(line, 0, words, bold)
    first = len(dress.over)
    for column, words in enumerate(heads):
        sheet.write_string(first, column, words, bold)
    for line, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            marked = (line, column) in dress.marked
            if words or marked:  # an empty cell looks as its column does
                sheet.write_string(first + line, column, words, bad if marked else plain)
    if notes is not None:
        _explain(book, notes)
    if choices:
        _offer(book, sheet, choices, first, dress.choices_until)
    sheet.freeze_panes(first + 1, 0)
    if dress.stamp:
        sheet.set_header(f"&L{_header(dress.stamp)}")
        sheet.set_footer(f"&L{_header(dress.stamp)}&R&P/&N")
    book.close()
    return file.getvalue()


def _explain(book: Any, page: Page) -> None:
    sheet = book.add_worksheet(page.title[:31])
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 80)
    for line, row in enumerate([page.heads, *page.rows]):
        for column, words in enumerate(row):
            sheet.write_string(line, column, str(words), wrapped)


def _header(words: str) -> str:
    return words.replace("&", "&&")[:200]


def inert(words: str) -> str:
    """A value that no program takes for a formula, even when the sheet is saved as CSV and opened
    again: an apostrophe before = + - @ and control characters (OWASP, CSV injection)."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else words


def _offer(
    book: Any, sheet: Any, choices: Mapping[int, Sequence[str]], first: int, until: int
) -> None:
    lists = book.add_worksheet("lists")
    lists.hide()
    columns = {n: list(values) for n, values in choices.items() if values}
    for line in range(max((len(v) for v in columns.values()), default=0)):
        for column, values in sorted(columns.items()):
            if line < len(values):
                lists.write_string(line, column, values[line])
    for column, values in columns.items():
        letter = xl_col_to_name(column)
        source = f"=lists!${letter}$1:${letter}${len(values)}"
        rule = {"validate": "list", "source": source, "ignore_blank": 1}
        sheet.data_validation(first + 1, column, until, column, rule)
