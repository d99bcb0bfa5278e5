"""The cells of a file that has been looked through, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from jiedui.core.sheets.limits import SMALL, BadFile, FileFault, Limits
from jiedui.core.sheets.measuring import measure

EXACT_MOST = 10**15  # a number in a sheet keeps 15 digits (ECMA-376 stores IEEE doubles)


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
