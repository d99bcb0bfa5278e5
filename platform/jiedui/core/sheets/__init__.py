"""Excel files in and out. See `Limits` for how much is read."""

from __future__ import annotations

from jiedui.core.sheets.limits import (
    FILE_MOST,
    LARGE,
    ROWS_MOST,
    SMALL,
    UNFOLDED_MOST,
    BadFile,
    FileFault,
    Limits,
)
from jiedui.core.sheets.measuring import measure
from jiedui.core.sheets.reading import read, rows, text
from jiedui.core.sheets.writing import PLAIN, XLSX, Dress, Page, book, inert, write

__all__ = [
    "FILE_MOST",
    "LARGE",
    "PLAIN",
    "ROWS_MOST",
    "SMALL",
    "UNFOLDED_MOST",
    "XLSX",
    "BadFile",
    "Dress",
    "FileFault",
    "Limits",
    "Page",
    "book",
    "inert",
    "measure",
    "read",
    "rows",
    "text",
    "write",
]
