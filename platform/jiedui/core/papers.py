"""Paper of our own: A4 or a card, in Chinese with its fonts in it, two fonts carried by wheels."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn
import segno

if TYPE_CHECKING:
    from fpdf import FPDF

# The second font has rare characters that the first lacks.
MAIN, RARE = "song", "rare"
MARGIN, WIDTH = 22, 166


def sheet(title: str) -> FPDF:
    """The first of one or more sheets of A4."""
    made = _made(title, "A4")
    made.set_margins(MARGIN, 24, MARGIN)
    made.set_auto_page_break(True, 24)
    made.add_page()
    return made


def card(title: str, width: float, height: float, margin: float) -> FPDF:
    """The first side of a card of this size in millimetres; nothing runs over to another side."""
    made = _made(title, (width, height))
    made.set_margins(margin, margin, margin)
    made.set_auto_page_break(False)
    made.add_page()
    return made


def _made(title: str, size: Any) -> FPDF:
    # Twelve megabytes that only a process needs that makes papers.
    made: FPDF = importlib.import_module("fpdf").FPDF(format=size)
    made.set_title(title)
    made.set_lang("zh-CN")
    made.add_font(MAIN, fname=pylopdf_fonts_zh_cn.serif_path())
    made.add_font(RARE, fname=pylopdf_fonts_jp.serif_path())
    made.set_fallback_fonts([RARE], exact_match=False)
    return made


def draw_code(paper: FPDF, target: str, left: float, top: float, side: float) -> None:
    """A QR code as black squares, so that it stays sharp on every printer; millimetres."""
    code = segno.make(target, error="m", micro=False)
    matrix = [list(row) for row in code.matrix_iter(border=0)]
    one = side / len(matrix)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                paper.rect(left + x * one, top + y * one, one, one, style="F")


def printable(paper: FPDF, texts: Iterable[str]) -> bool:
    """Whether each character is in a font here: a name with a box in it would be a wrong name."""
    known = [paper.fonts[name].cmap for name in (MAIN, RARE)]  # type: ignore[union-attr]
    signs = {sign for text in texts for sign in text if not sign.isspace()}
    return all(any(ord(sign) in cmap for cmap in known) for sign in signs)
