"""A paper to be signed: its words once, for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from jiedui.core import papers
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import day
from jiedui.core.papers import MAIN, WIDTH

if TYPE_CHECKING:
    from fpdf import FPDF

BLANK = "_" * 14
SHORT = "_" * 6


@dataclass(frozen=True)
class Row:
    """A fact with its name; a wide one has a line of its own."""

    name: str
    value: str
    wide: bool = False


@dataclass(frozen=True)
class Part:
    """A numbered part of the paper: facts with their names, then sentences."""

    title: str
    rows: list[Row] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """Every word on the paper, so that page and PDF say the same."""

    title: str
    number: str
    basis: str
    parts: list[Part]
    signatures: list[str]


def written(value: date | None) -> str:
    """A day, or blanks to write it into."""
    if value is not None:
        return day(value)
    return gettext("year %(gap)s month %(gap)s day %(gap)s", gap=SHORT)


def pdf(said: Sequence[Paper], unprintable: StrEnum) -> bytes:
    """These papers on A4, each on sheets of its own, with the used glyphs embedded. Refuses, with
    the code given, a character that no font here has."""
    sheet = papers.sheet(said[0].title if said else "")
    if not papers.printable(sheet, [text for one in said for text in _texts(one)]):
        raise Refusal(unprintable)
    for position, one in enumerate(said):
        if position:
            sheet.add_page()
        _write(sheet, one)
    return bytes(sheet.output())


def _texts(said: Paper) -> list[str]:
    rows = [text for part in said.parts for row in part.rows for text in (row.name, row.value)]
    lines = [text for part in said.parts for text in (part.title, *part.lines)]
    return [said.title, said.basis, *rows, *lines, *said.signatures]


def _write(sheet: FPDF, said: Paper) -> None:
    sheet.set_font(MAIN, size=19)
    _line(sheet, said.title, 11, align="C")
    sheet.set_font(MAIN, size=10)
    _line(sheet, said.number, 6, align="C")
    sheet.ln(2)
    _line(sheet, f"\u3000\u3000{said.basis}", 6)
    for number, part in enumerate(said.parts, start=1):
        _write_part(sheet, number, part)
    _write_signatures(sheet, said)


def _line(sheet: FPDF, text: str, height: float, align: str = "L") -> None:
    sheet.multi_cell(WIDTH, height, text, align=align, new_x="LMARGIN", new_y="NEXT")


def _write_part(sheet: FPDF, number: int, part: Part) -> None:
    sheet.ln(1.5)
    sheet.set_font(MAIN, size=11.5)
    if sheet.will_page_break(18):
        sheet.add_page()
    _line(sheet, f"{number}. {part.title}", 7)
    sheet.set_font(MAIN, size=10)
    _write_rows(sheet, part.rows)
    for text in part.lines:
        _line(sheet, text, 6)


def _write_rows(sheet: FPDF, rows: Sequence[Row]) -> None:
    """Two facts beside each other where they fit."""
    half, left = WIDTH / 2, True
    for row in rows:
        text = f"{row.name}：{row.value}"
        wide = row.wide or sheet.get_string_width(text) > half - 3
        if wide and not left:
            sheet.ln(6.2)
            left = True
        if wide:
            _line(sheet, text, 6.2)
        else:
            sheet.cell(half, 6.2, text)
            left = not left
            if left:
                sheet.ln(6.2)
    if not left:
        sheet.ln(6.2)


def _write_signatures(sheet: FPDF, said: Paper) -> None:
    tall = 14
    if sheet.will_page_break(tall * len(said.signatures)):
        sheet.add_page()
    sheet.ln(3)
    for words_before in said.signatures:
        sheet.cell(WIDTH - 62, tall, words_before)
        sheet.cell(62, tall, written(None), align="R", new_x="LMARGIN", new_y="NEXT")
