"""The quarter's statement as a Word document and as an Excel file, to be edited by the office."""

from __future__ import annotations

from jiedui.care.exchange.tables import period, sheet
from jiedui.care.queries.statement import Statement
from jiedui.core import sheets
from jiedui.core.documents import DOCX, SMALL, Paper
from jiedui.core.i18n import gettext
from jiedui.core.sheets import Page
from jiedui.core.tables import page_of

__all__ = ["DOCX", "docx", "xlsx"]


def xlsx(statement: Statement) -> bytes:
    """A sheet for each table, numbers as numbers, text as text (never a formula)."""
    said = sheet(statement)
    about = [(said.title, ""), (said.place, ""), *((line, "") for line in said.lines),
             *said.sources]  # fmt: skip
    pages = [Page(gettext("About"), (period(statement),), [list(row) for row in about])]
    pages += [page_of(table) for table in said.tables]
    return sheets.book(pages)


def docx(statement: Statement) -> bytes:
    """One document on A4, ready to be edited."""
    said, paper = sheet(statement), Paper()
    paper.title(said.title, f"{said.place}  {period(statement)}")
    for line in said.lines:
        paper.line(line)
    for name, text in said.sources:
        paper.line(gettext("%(name)s: %(text)s", name=name, text=text), SMALL)
    for table in said.tables:
        paper.table(table)
    return paper.bytes()
