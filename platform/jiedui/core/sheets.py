"""Excel files in and out. A file from outside is measured and looked through before anything opens
it: a small one can unfold into gigabytes, its own table of contents may lie about that, and it can
carry programs, formulas and threads to other files. See `Limits` for how much is read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

MEMBERS_MOST = 200
LOCAL_HEADER = 30  # bytes before the name in a zip's local header (APPNOTE 4.3.7)
PIECE = 1024 * 1024
EXACT_MOST = 10**15  # a number in a sheet keeps 15 digits (ECMA-376 stores IEEE doubles)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
OVERLAP = 64
OUTSIDE = ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/", "xl/embeddings/")


@dataclass(frozen=True)
class Limits:
    """How large a file may be: as it is sent and unfolded (bytes), and in rows (the head not
    counted)."""

    file: int = 2 * 1024 * 1024
    unfolded: int = 40 * 1024 * 1024
    rows: int = 2_000

    def spoken(self) -> dict[str, object]:
        """The bounds as words need them, in megabytes."""
        rows = f"{self.rows:,}"
        return {"mb": self.file >> 20, "unfolded": self.unfolded >> 20, "rows": rows}


SMALL = Limits()
# A county's whole ledger: twenty thousand rows of sixty columns.
LARGE = Limits(file=16 * 1024 * 1024, unfolded=200 * 1024 * 1024, rows=20_000)
FILE_MOST, UNFOLDED_MOST, ROWS_MOST = SMALL.file, SMALL.unfolded, SMALL.rows


class FileFault(StrEnum):
    """Why a file is not opened."""

    missing = "missing"
    too_large = "too large"
    not_xlsx = "not xlsx"
    old_xls = "old xls"
    protected = "protected"
    macros = "macros"
    formulas = "formulas"
    outside = "outside"
    entities = "entities"
    unfolds_too_large = "unfolds too large"
    unreadable = "unreadable"
    too_many_rows = "too many rows"
    no_rows = "no rows"
    columns_missing = "columns missing"


class BadFile(Exception):
    """A file that is not opened, and why; `what` names the columns that are missing, `facts` are
    the bounds that its words may need."""

    def __init__(self, fault: FileFault, what: str = "", limits: Limits = SMALL) -> None:
        super().__init__(fault.value)
        self.fault, self.what = fault, what
        self.facts: dict[str, object] = {**limits.spoken(), "what": what}


def read(data: bytes, limits: Limits = SMALL) -> list[list[str]]:
    """The first sheet as text, row by row; raise BadFile."""
    measure(data, limits)
    return list(rows(data, limits))


def rows(data: bytes, limits: Limits = SMALL) -> Iterator[list[str]]:
    """The rows of a file that has been measured, one by one; raise BadFile."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > limits.rows:
            raise BadFile(FileFault.too_many_rows, limits=limits)
        for row in sheet.iter_rows():
            yield [text(cell) for cell in row]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise BadFile(FileFault.unreadable) from error


def text(cell: Any) -> str:
    """A cell as a person reads it. A telephone number that was taken for a number comes back as
    13800000000.0; a number of more than 15 digits is shown as what it has become (1.23E+17)."""
    if isinstance(cell, float):
        if abs(cell) >= EXACT_MOST:
            return f"{cell:.14E}"
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def measure(data: bytes, limits: Limits = SMALL) -> None:
    """Look a file through without opening it; raise BadFile for what may not come in."""
    if not data:
        raise BadFile(FileFault.missing)
    if len(data) > limits.file:
        raise BadFile(FileFault.too_large, limits=limits)
    if data.startswith(OLE):
        raise BadFile(FileFault.protected if PROTECTED in data else FileFault.old_xls)
    if not data.startswith(b"PK\x03\x04"):
        raise BadFile(FileFault.not_xlsx)
    try:
        members = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise BadFile(FileFault.not_xlsx) from error
    _check_names({m.filename for m in members})
    if len(members) > MEMBERS_MOST or sum(m.file_size for m in members) > limits.unfolded:
        raise BadFile(FileFault.unfolds_too_large, limits=limits)
    room = limits.unfolded
    for member in members:
        size = _unfolded(data, member, room)
        if size is None:
            raise BadFile(FileFault.unfolds_too_large, limits=limits)
        room -= size


def _check_names(names: set[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise BadFile(FileFault.not_xlsx)
    if any(name.lower().endswith((".bin", ".vba")) and "vba" in name.lower() for name in names):
        raise BadFile(FileFault.macros)
    if any(name.startswith(OUTSIDE) for name in names):
        raise BadFile(FileFault.outside)


def _unfolded(data: bytes, member: ZipInfo, room: int) -> int | None:
    """How many bytes a member really becomes; None when it is more than there is room for or more
    than it says. Raise BadFile when it holds what may not come in."""
    start = member.header_offset
    lengths = data[start + 26 : start + LOCAL_HEADER]
    name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    begin = start + LOCAL_HEADER + name + extra
    packed = data[begin : begin + member.compress_size]
    size, before = 0, b""
    for piece in _pieces(packed, member.compress_type):
        size += len(piece)
        if size > min(room, member.file_size):
            return None
        _look(member.filename, before + piece)
        before = piece[-OVERLAP:]
    return size


def _pieces(packed: bytes, how: int) -> Iterator[bytes]:
    if how == 0:
        yield packed
        return
    if how != 8:
        raise BadFile(FileFault.not_xlsx)
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = packed
    try:
        while rest and not unpack.eof:
            yield unpack.decompress(rest, PIECE)
            rest = unpack.unconsumed_tail
    except zlib.error as error:
        raise BadFile(FileFault.unreadable) from error


def _look(name: str, piece: bytes) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if DECLARED.search(piece):
        raise BadFile(FileFault.entities)
    if name.startswith("xl/worksheets/") and FORMULA.search(piece):
        raise BadFile(FileFault.formulas)
    if name == "[Content_Types].xml" and b"macroEnabled" in piece:
        raise BadFile(FileFault.macros)


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
