"""What can be wrong with a child's row in a sheet, cell by cell."""

from __future__ import annotations

from enum import StrEnum


class CellFault(StrEnum):
    """Why a row cannot become a file, or change one, as it stands."""

    birth_missing = "birth missing"
    sex_missing = "sex missing"
    over_18 = "over 18"
    grade_missing = "grade missing"
    guardian_missing = "guardian missing"
    carer_missing = "carer missing"
    name_differs = "name differs"
    known_elsewhere = "known elsewhere"
    nothing_sent = "nothing sent"
