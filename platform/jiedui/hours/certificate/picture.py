"""A record of service as a picture: what a phone keeps by a long press, where a PDF is a burden."""

from __future__ import annotations

import io
from functools import lru_cache

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn
import segno
from PIL import Image, ImageDraw, ImageFont

from jiedui.core.i18n import force_locale, gettext
from jiedui.hours.certificate.paper import Paper, address, paper
from jiedui.hours.models import Certificate

WIDTH, EDGE, GAP = 1080, 72, 24  # pixels: a phone's width
INK, SOFT, LINE, WHITE = "#1f2a28", "#46524f", "#cbc5b8", "#ffffff"
TITLE, NUMBER, BODY, SMALL = 56, 30, 36, 28


@lru_cache(maxsize=16)
def _font(size: int, *, rare: bool = False) -> ImageFont.FreeTypeFont:
    path = pylopdf_fonts_jp.serif_path() if rare else pylopdf_fonts_zh_cn.serif_path()
    return ImageFont.truetype(str(path), size)


class _Sheet:
    """Lines of text from the top to the bottom, on a picture as long as it takes."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, 4000), WHITE)
        self.draw = ImageDraw.Draw(self.image)
        self.y = EDGE

    def text(self, words: str, size: int, *, ink: str = INK, centre: bool = False) -> None:
        """One paragraph, broken where a line is full."""
        for line in _lines(words, size, WIDTH - 2 * EDGE):
            x = (WIDTH - _width(line, size)) / 2 if centre else EDGE
            self._line(x, line, size, ink)
            self.y += round(size * 1.6)

    def row(self, name: str, value: str) -> None:
        """A name at the left and its value at the right."""
        top = self.y
        self._line(EDGE, name, BODY, SOFT)
        self._line(WIDTH - EDGE - _width(value, BODY), value, BODY, INK)
        self.y = top + round(BODY * 1.6)

    def rule(self) -> None:
        """A line across."""
        self.y += GAP
        self.draw.line((EDGE, self.y, WIDTH - EDGE, self.y), fill=LINE, width=2)
        self.y += GAP

    def _line(self, x: float, line: str, size: int, ink: str) -> None:
        for sign in line:
            font = _font(size, rare=_is_rare(sign))
            self.draw.text((x, self.y), sign, font=font, fill=ink)
            x += font.getlength(sign)

    def code(self, target: str) -> None:
        """The QR code, five pixels a module and sharp."""
        code = segno.make(target, error="m", micro=False)
        rows = [list(row) for row in code.matrix_iter(border=2)]
        left = (WIDTH - 8 * len(rows)) // 2
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    at = (left + 8 * x, self.y + 8 * y)
                    self.draw.rectangle((*at, at[0] + 7, at[1] + 7), fill="#000000")
        self.y += 8 * len(rows) + GAP


@lru_cache(maxsize=4096)
def _is_rare(sign: str) -> bool:
    """Whether the first font lacks this character (its box for none is drawn instead)."""
    main = _font(BODY)
    return not sign.isspace() and bytes(main.getmask(sign)) == bytes(main.getmask("\uffff"))


def _width(line: str, size: int) -> float:
    return sum(_font(size, rare=_is_rare(sign)).getlength(sign) for sign in line)


def _lines(words: str, size: int, most: int) -> list[str]:
    """Broken between any two characters, as Chinese is."""
    lines = [""]
    for sign in words:
        if _width(lines[-1] + sign, size) > most:
            lines.append("")
        lines[-1] += sign
    return lines


def png(issued: Certificate) -> bytes:
    """The record in Chinese as a PNG: every sum in its own line, the number and the QR code."""
    with force_locale("zh_CN"):
        said, sheet = paper(issued), _Sheet()
        sheet.text(said.title, TITLE, centre=True)
        sheet.text(gettext("Number %(number)s", number=said.number), NUMBER, ink=SOFT, centre=True)
        sheet.y += GAP
        sheet.text(said.body, BODY)
        sheet.rule()
        for name, value in said.sums:
            sheet.row(name, value)
        sheet.text(said.note, SMALL, ink=SOFT)
        _foot(sheet, said, address(issued))
    file = io.BytesIO()
    sheet.image.crop((0, 0, WIDTH, sheet.y + EDGE)).save(file, "PNG", optimize=True)
    return file.getvalue()


def _foot(sheet: _Sheet, said: Paper, target: str) -> None:
    sheet.rule()
    for line in said.lines:
        sheet.text(line, BODY)
    sheet.y += GAP
    sheet.code(target)
    sheet.text(said.under, SMALL, ink=SOFT, centre=True)
