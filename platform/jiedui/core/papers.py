"""Paper of our own: A4 in Chinese with its fonts in it, two fonts carried by wheels."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn

if TYPE_CHECKING:
    from fpdf import FPDF

# The second font has rare characters that the first lacks.
MAIN, RARE = "song", "rare"
MARGIN, WIDTH = 22, 166


def sheet(title: str) -> FPDF:
    """The first of one or more sheets of A4."""
    # Twelve megabytes that only a process needs that makes papers.
    made: FPDF = importlib.import_module("fpdf").FPDF(format="A4")
    made.set_title(title)
    made.set_lang("zh-CN")
    made.set_margins(MARGIN, 24, MARGIN)
    made.set_auto_page_break(True, 24)
    made.add_font(MAIN, fname=pylopdf_fonts_zh_cn.serif_path())
    made.add_font(RARE, fname=pylopdf_fonts_jp.serif_path())
    made.set_fallback_fonts([RARE], exact_match=False)
    made.add_page()
    return made


def printable(paper: FPDF, texts: Iterable[str]) -> bool:
    """Whether each character is in a font here: a name with a box in it would be a wrong name."""
    known = [paper.fonts[name].cmap for name in (MAIN, RARE)]  # type: ignore[union-attr]
    signs = {sign for text in texts for sign in text if not sign.isspace()}
    return all(any(ord(sign) in cmap for cmap in known) for sign in signs)
