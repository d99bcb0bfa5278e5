"""The quarter's statement as a Word document and as an Excel file, to be edited by the office."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from jiedui.care.exchange.tables import Cell, Row, Table, period, sheet
from jiedui.care.queries.statement import Statement
from jiedui.core import sheets
from jiedui.core.i18n import gettext
from jiedui.core.sheets import Page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "SimSun"  # the usual font of official papers on a Chinese office's machine
SMALL, USUAL, LARGE = Pt(8), Pt(9), Pt(16)
WIDE = 7  # tables with more columns are set smaller


def xlsx(statement: Statement) -> bytes:
    """A sheet for each table, numbers as numbers, text as text (never a formula)."""
    said = sheet(statement)
    about = [(said.title, ""), (said.place, ""), *((line, "") for line in said.lines),
             *said.sources]  # fmt: skip
    pages = [Page(gettext("About"), (period(statement),), [list(row) for row in about])]
    for table in said.tables:
        rows = [[_named(row), *row.cells] for row in table.rows]
        if table.note:
            rows.append([table.note])
        pages.append(Page(table.title, table.heads, rows))
    return sheets.book(pages)


def _named(row: Row) -> str:
    return f"    {row.name}" if row.under else row.name


def docx(statement: Statement) -> bytes:
    """One document on A4, ready to be edited."""
    said, paper = sheet(statement), Document()
    _set_up(paper)
    head = _write(paper, said.title, LARGE, bold=True)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(
        paper, f"{said.place}  {period(statement)}", Pt(11)
    ).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in said.lines:
        _write(paper, line, USUAL)
    for name, text in said.sources:
        _write(paper, gettext("%(name)s: %(text)s", name=name, text=text), SMALL)
    for table in said.tables:
        _lay(paper, table)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _set_up(paper: Any) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.5)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, USUAL
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(2)


def _write(where: Any, text: str, size: Any, *, bold: bool = False) -> Any:
    paragraph = where.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = size, bold
    return paragraph


def _lay(paper: Any, table: Table) -> None:
    title = _write(paper, table.title, Pt(10.5), bold=True)
    title.paragraph_format.space_before = Pt(6)
    title.paragraph_format.keep_with_next = True
    size = SMALL if len(table.heads) > WIDE else USUAL
    grid = paper.add_table(rows=0, cols=len(table.heads), style="Table Grid")
    _fill(grid, table.heads, size, bold=True)
    for row in table.rows:
        cells = row.cells or ("",) * (len(table.heads) - 1)
        _fill(grid, (_named(row), *cells), size, bold=row.sum or row.head)
    if table.note:
        _write(paper, table.note, SMALL)


def _fill(grid: Any, cells: tuple[Cell, ...], size: Any, *, bold: bool = False) -> None:
    for number, (cell, value) in enumerate(zip(grid.add_row().cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(str(value))
        run.font.size, run.bold = size, bold
        if number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
