"""Excel files in and out. A file from outside is measured before anything opens it: a small one
can unfold into gigabytes, and its own table of contents may lie about that."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

FILE_MOST = 2 * 1024 * 1024
UNFOLDED_MOST = 40 * 1024 * 1024
MEMBERS_MOST = 200
ROWS_MOST = 2_000
LOCAL_HEADER = 30  # bytes before the name in a zip's local header (APPNOTE 4.3.7)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileFault(StrEnum):
    """Why a file is not opened."""

    missing = "missing"
    too_large = "too large"
    not_xlsx = "not xlsx"
    unfolds_too_large = "unfolds too large"
    unreadable = "unreadable"
    too_many_rows = "too many rows"
    no_rows = "no rows"
    columns_missing = "columns missing"


class BadFile(Exception):
    """A file that is not opened, and why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read(data: bytes) -> list[list[str]]:
    """The first sheet as text, row by row; raise BadFile."""
    _measure(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > ROWS_MOST:
            raise BadFile(FileFault.too_many_rows)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise BadFile(FileFault.unreadable) from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    # A telephone number that Excel took for a number comes back as 13800000000.0.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _measure(data: bytes) -> None:
    if not data:
        raise BadFile(FileFault.missing)
    if len(data) > FILE_MOST:
        raise BadFile(FileFault.too_large)
    if not data.startswith(b"PK\x03\x04"):
        raise BadFile(FileFault.not_xlsx)
    try:
        members = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise BadFile(FileFault.not_xlsx) from error
    if "xl/workbook.xml" not in {m.filename for m in members}:
        raise BadFile(FileFault.not_xlsx)
    if len(members) > MEMBERS_MOST or sum(m.file_size for m in members) > UNFOLDED_MOST:
        raise BadFile(FileFault.unfolds_too_large)
    room = UNFOLDED_MOST
    for member in members:
        room -= _unfolded(data, member, room)


def _unfolded(data: bytes, member: ZipInfo, room: int) -> int:
    """How many bytes a member really becomes; raise BadFile when it is more than there is room
    for, or more than it says."""
    start = member.header_offset
    lengths = data[start + 26 : start + LOCAL_HEADER]
    name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    begin = start + LOCAL_HEADER + name + extra
    packed = data[begin : begin + member.compress_size]
    if member.compress_type == 0:
        return len(packed)
    if member.compress_type != 8:
        raise BadFile(FileFault.not_xlsx)
    most = min(room, member.file_size)
    try:
        size = len(zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1))
    except zlib.error as error:
        raise BadFile(FileFault.unreadable) from error
    if size > most:
        raise BadFile(FileFault.unfolds_too_large)
    return size


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
    choices: dict[int, Sequence[str]] | None = None,
) -> bytes:
    """A sheet of text with a head; `choices` offers a list of values in a column."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    sheet.set_column(0, len(heads) - 1, 20, text)
    for column, words in enumerate(heads):
        sheet.write_string(0, column, words, bold)
    for line, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            sheet.write_string(line, column, words, text)
    _offer(book, sheet, choices or {})
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def _offer(book: Any, sheet: Any, choices: dict[int, Sequence[str]]) -> None:
    if not choices:
        return
    lists = book.add_worksheet("lists")
    lists.hide()
    for column, values in choices.items():
        for line, words in enumerate(values):
            lists.write_string(line, column, words)
        letter = chr(ord("A") + column)
        source = f"=lists!${letter}$1:${letter}${len(values)}"
        sheet.data_validation(
            1, column, ROWS_MOST, column, {"validate": "list", "source": source, "ignore_blank": 1}
        )
