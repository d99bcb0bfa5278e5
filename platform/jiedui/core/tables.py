"""Tables of figures as a page, Word and Excel show them alike."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.core.sheets import Page

Cell = int | str


@dataclass(frozen=True)
class Row:
    """A line of a table: whole numbers or text. `under` stands indented below the line before;
    `sum` is a total; `head` only parts the lines."""

    name: str
    cells: tuple[Cell, ...] = ()
    under: bool = False
    sum: bool = False
    head: bool = False
    region_id: int = 0

    @property
    def set_in(self) -> str:
        """The name where there is no other way to indent it."""
        return f"    {self.name}" if self.under else self.name


@dataclass(frozen=True)
class Table:
    """A table with its heads (the first over the names) and what is to be known of it. `wide`:
    more columns than stand side by side on a phone."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    wide: bool = False


def page_of(table: Table) -> Page:
    """A table as a sheet of a book, its note below."""
    rows: list[list[Cell]] = [[row.set_in, *row.cells] for row in table.rows]
    if table.note:
        rows.append([table.note])
    return Page(table.title, table.heads, rows)
