"""Word documents on A4, to be edited by the office: titles, lines, tables, places to write in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from jiedui.core.tables import Cell, Table

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "SimSun"  # the usual font of official papers on a Chinese office's machine
SMALL, USUAL, LARGE = Pt(8), Pt(9), Pt(16)
LETTER = Pt(12)  # small four (小四), in which letters are set
WIDE = 7  # tables with more columns are set smaller


class Paper:
    """One document, written from top to bottom."""

    def __init__(self) -> None:
        self._paper: Any = Document()
        page = self._paper.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(1.8)
        page.top_margin = page.bottom_margin = Cm(1.5)
        style = self._paper.styles["Normal"]
        style.font.name, style.font.size = FONT, USUAL
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(2)

    def title(self, text: str, below: str = "") -> None:
        """The title, and under it of what and when."""
        lines = [self.line(text, LARGE, bold=True)]
        if below:
            lines.append(self.line(below, Pt(11)))
        for one in lines:
            one.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str) -> None:
        """A heading that stays with what follows."""
        one = self.line(text, Pt(10.5), bold=True)
        one.paragraph_format.space_before = Pt(6)
        one.paragraph_format.keep_with_next = True

    def line(self, text: str, size: Any = USUAL, *, bold: bool = False) -> Any:
        """A paragraph."""
        paragraph = self._paper.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.bold = size, bold
        return paragraph

    def table(self, table: Table) -> None:
        """A table under its title, figures at the right."""
        self.heading(table.title)
        size = SMALL if len(table.heads) > WIDE else USUAL
        grid = self._paper.add_table(rows=0, cols=len(table.heads), style="Table Grid")
        _fill(grid, table.heads, size, bold=True)
        for row in table.rows:
            cells = row.cells or ("",) * (len(table.heads) - 1)
            _fill(grid, (row.set_in, *cells), size, bold=row.sum or row.head)
        if table.note:
            self.line(table.note, SMALL)

    def words(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table of words, read from the left; empty cells are places to write in."""
        self.heading(title)
        grid = self._paper.add_table(rows=0, cols=len(heads), style="Table Grid")
        _fill(grid, tuple(heads), USUAL, bold=True, figures=False)
        for row in rows:
            _fill(grid, tuple(row), USUAL, figures=False)

    def turn(self) -> None:
        """What follows stands on a new page."""
        self._paper.add_page_break()

    def bytes(self) -> bytes:
        """The file."""
        file = BytesIO()
        self._paper.save(file)
        return file.getvalue()


def _fill(
    grid: Any, cells: tuple[Cell, ...], size: Any, *, bold: bool = False, figures: bool = True
) -> None:
    for number, (cell, value) in enumerate(zip(grid.add_row().cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(str(value))
        run.font.size, run.bold = size, bold
        if number and figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
