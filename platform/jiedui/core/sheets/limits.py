"""How large a file may be, and why one is not opened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
