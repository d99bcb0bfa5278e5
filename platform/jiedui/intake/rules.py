"""Where an uploaded sheet and each of its rows stand, and what may be done with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from jiedui.core.states import Transitions

KEPT_FOR = timedelta(days=30)  # then file and cells are gone; counts and the record stay


class SheetState(StrEnum):
    """Where an uploaded sheet stands. `taking` is always led to `taken`, whatever crashes."""

    uploaded = "uploaded"
    checked = "checked"
    refused = "refused"
    taking = "taking"
    taken = "taken"
    dropped = "dropped"


SHEET_MOVES = Transitions(
    {
        SheetState.uploaded: {SheetState.checked, SheetState.refused, SheetState.dropped},
        SheetState.checked: {SheetState.uploaded, SheetState.taking, SheetState.dropped},
        SheetState.refused: {SheetState.dropped},
        SheetState.taking: {SheetState.taken, SheetState.checked},
    }
)


class Verdict(StrEnum):
    """What a row would do. `double` waits for somebody to say whether it is the same person;
    `waiting` has not been looked at."""

    waiting = "waiting"
    new = "new"
    changed = "changed"
    same = "same"
    double = "double"
    faulty = "faulty"


# What has to be settled, or left out, before a sheet is taken over.
OPEN = frozenset({Verdict.waiting, Verdict.faulty, Verdict.double})


class Choice(StrEnum):
    """What somebody has said of a row that may be a double: the person of a file that is known
    already, or somebody else."""

    same_person = "same person"
    another = "another"


class IntakeFault(StrEnum):
    """What can be wrong with a row of any sheet."""

    missing = "missing"
    twice = "twice"
    too_long = "too long"
    no_date = "no date"
    in_future = "in future"
    unknown_word = "unknown word"
    no_phone = "no phone"
    no_number = "no number"
    birth_differs = "birth differs"
    sex_differs = "sex differs"
    village_unknown = "village unknown"
    village_ambiguous = "village ambiguous"


class IntakeRefusal(StrEnum):
    """Why something about a sheet is refused."""

    not_checked = "not checked"
    rows_open = "rows open"
    nothing_to_take = "nothing to take"
    choose_one = "choose one"
    no_double = "no double"
    gone = "gone"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: the field of the layout, a code of the importer's enumerations,
    and plain values its words need (never a person's data)."""

    field: str
    code: StrEnum
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What an importer says of a row. `key` is a blind index that no second row of the sheet may
    have (None: any number may); `candidates` are ids that the row may be, most likely first: one
    where it is certain; `fields` are the fields that would change. A row that
    is not to be kept (`keep`) leaves nothing but what the reader counts."""

    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    key: str | None = None
    candidates: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    keep: bool = True


@dataclass(frozen=True)
class Row:
    """A row as an importer sees it: its line in the file, its cells by the layout's fields (cells
    of columns that the layout does not know by `+` and their head), and what was chosen: the
    person of a candidate, or somebody else."""

    line: int
    cells: Mapping[str, str]
    choice: Choice | None = None
    chosen_id: int | None = None


def may_take(counts: Mapping[Verdict, int], *, without_faulty: bool) -> IntakeRefusal | None:
    """Whether a checked sheet can be taken over: all rows, or the good ones when the person has
    said that the others stay out."""
    if counts.get(Verdict.waiting):
        return IntakeRefusal.not_checked
    if any(counts.get(verdict) for verdict in OPEN) and not without_faulty:
        return IntakeRefusal.rows_open
    if not any(counts.get(v) for v in (Verdict.new, Verdict.changed, Verdict.same)):
        return IntakeRefusal.nothing_to_take
    return None
