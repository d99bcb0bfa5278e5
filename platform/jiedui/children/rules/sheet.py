"""What can be wrong with a child's row in a sheet, cell by cell."""

from __future__ import annotations

from enum import StrEnum


class CellFault(StrEnum):
    """Why a row cannot become a file, or change one, as it stands."""

    no_date = "no date"
    in_future = "in future"
    unknown_word = "unknown word"
    no_phone = "no phone"
    too_long = "too long"
    birth_missing = "birth missing"
    sex_missing = "sex missing"
    birth_differs = "birth differs"
    sex_differs = "sex differs"
    over_18 = "over 18"
    village_unknown = "village unknown"
    village_ambiguous = "village ambiguous"
    grade_missing = "grade missing"
    guardian_missing = "guardian missing"
    carer_missing = "carer missing"
    name_differs = "name differs"
    known_elsewhere = "known elsewhere"
    nothing_sent = "nothing sent"
