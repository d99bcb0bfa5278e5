"""What a sheet of some kind means, and how it goes back to whoever sent it.

How an importer is added, in the room whose rows it brings:

1. Make a subclass of Importer (its `kind` stands in the database for good) and of Reader. `layout`
   finds its columns by the heads of a file; `Reader.check` looks at some rows and changes nothing;
   `Reader.take` takes some rows over inside an open write, by the room's own actions. Both are
   called with at most `PART` rows and may be called again with the same rows: what has been taken
   over already must then be found to be `same`, by an identity number's blind index or another
   key of the row. LayoutImporter (templates.py) does the columns from a mapping file.
2. Name its fault codes in `faults`, and give them words.
3. Call `register(TheImporter())` in the room's jobs.py, which the factory imports.
4. Say in access/policy.py who may (Permission.sheet_import with of_kind(...)), and in
   tests/house/expectations.csv what follows; link to url_for("intake.sheets", kind=...).

Upload, progress, list of faults, mending a row, choice at doubles, corrected sheet, taking over in
parts, forgetting after thirty days: all of that is here already.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from jiedui.access.rules import Actor
from jiedui.core import sheets, words
from jiedui.core.actors import By
from jiedui.core.errors import Missing
from jiedui.core.i18n import gettext
from jiedui.core.sheets import LARGE, Dress, Limits
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import Found, IntakeFault, Problem, Row, Verdict

PART = 200
UNKNOWN = "+"


@dataclass(frozen=True)
class Asked:
    """A column as the form of one row asks for it: its field, its head, whether it must hold
    something, and what may stand there (nothing: any text)."""

    field: str
    head: str
    needed: bool = False
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Somebody a row may be: how they are shown, and where their page is."""

    id: int
    shown: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


class Reader(ABC):
    """One importer at work on one sheet; made anew for each run, so it may remember things."""

    @abstractmethod
    def check(self, rows: Sequence[Row]) -> list[Found]:
        """What each row would do, in their order; changes nothing."""

    @abstractmethod
    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Take rows over that were found to be new, changed or the same, inside an open write: the
        ids of what they became; for a row that can no longer be taken what is found now."""

    def figures(self) -> dict[str, Any]:
        """What else is to be said of the whole sheet, once all rows have been checked: numbers and
        codes only."""
        return {}


class Importer(ABC):
    """A kind of sheet that can come in."""

    kind: ClassVar[str]
    title: ClassVar[Any]
    explained: ClassVar[Any] = ""
    limits: ClassVar[Limits] = LARGE
    faults: ClassVar[tuple[type[StrEnum], ...]] = ()
    key_field: ClassVar[str] = ""  # the column whose value may stand in a sheet once only
    takes: ClassVar[bool] = True  # whether rows are taken over, or only compared
    at_once: ClassVar[int] = PART  # rows taken over in one write: it should last under a second
    apart: ClassVar[bool] = True  # whether no row can make another one faulty
    named: ClassVar[Mapping[Verdict, Any]] = {}  # other words for verdicts
    ours: ClassVar[Any] = ""  # what the ids in figures["ours"] are, if there are any
    next_steps: ClassVar[Mapping[str, Any]] = {}  # what to do with a list, by verdict or "ours"

    @abstractmethod
    def layout(self, heads: Sequence[str]) -> dict[str, int] | None:
        """At which place each field stands, when this is the row of heads; None when it is not one;
        raise BadFile(columns_missing) with the heads that are missing when it is one in part."""

    @abstractmethod
    def asked(self) -> list[Asked]:
        """The columns that a row's form offers, in order."""

    @abstractmethod
    def template(self, actor: Actor) -> bytes:
        """An empty sheet to fill in."""

    @abstractmethod
    def reader(self, batch: ImportBatch) -> Reader:
        """Begin to work on a sheet (inside a transaction)."""

    def said(self, verdict: Verdict) -> str:
        """The words of a verdict on a row of this kind."""
        return str(self.named[verdict]) if verdict in self.named else words.label(verdict)

    def label(self, row: Row) -> str:
        """How a row is called in lists."""
        return next((text for text in row.cells.values() if text), "")

    def candidates(self, ids: Sequence[int], actor: Actor) -> list[Candidate]:
        """Those a row may be, as they are shown."""
        return []

    def wanted(self) -> str:
        """The heads without which a sheet cannot be read."""
        return ", ".join(one.head for one in self.asked() if one.needed)

    def head(self, name: str) -> str:
        """What a column is called."""
        return next((one.head for one in self.asked() if one.field == name), name)


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make a kind of sheet known."""
    _importers[importer.kind] = importer


def importer(kind: str) -> Importer:
    """The importer of a kind; raise Missing."""
    try:
        return _importers[kind]
    except KeyError:
        raise Missing from None


def kinds() -> list[str]:
    """Every kind of sheet there is."""
    return list(_importers)


@dataclass(frozen=True)
class Shelf:
    """All sheets of one kind in somebody's own area."""

    importer: Importer
    scope_path: str
    county_id: int
    unit_id: int | None
    office: str | None

    @property
    def kind(self) -> str:
        """The kind of its sheets."""
        return self.importer.kind


def shelf_of(who: Actor, kind: str) -> Shelf:
    """Somebody's shelf; raise Missing for a kind there is not."""
    return Shelf(importer(kind), who.scope, who.county_id, who.unit_id, who.office)


def as_row(one: ImportRow, batch: ImportBatch) -> Row:
    """A stored row as importers see it."""
    return read_row(one.line, one.cells or [], batch, one)


def read_row(
    line: int, cells: Sequence[str], batch: ImportBatch, one: ImportRow | None = None
) -> Row:
    """The cells of a line by the layout's fields."""
    size, known = len(cells), set(batch.layout.values())
    said = {name: cells[n] if n < size else "" for name, n in batch.layout.items()}
    for n, head in enumerate(batch.heads):
        if n not in known and n < size and cells[n]:
            said[f"{UNKNOWN}{head}"] = cells[n]
    if one is None:
        return Row(line, said)
    return Row(line, said, one.choice, one.chosen_id)


def stored(problems: Iterable[Problem]) -> list[list[Any]]:
    """Problems as they are kept: field, code, facts."""
    return [[p.field, f"{type(p.code).__name__}:{p.code.value}", dict(p.facts)] for p in problems]


def said(kind: str, problems: Iterable[Sequence[Any]]) -> list[tuple[str, str, str]]:
    """Kept problems in the reader's language: field, head of the column, words."""
    who = importer(kind)
    known: tuple[type[StrEnum], ...] = (*who.faults, IntakeFault)
    # Rows that were checked before these faults were everybody's bear the name of the children's.
    codes: dict[str, StrEnum] = {f"CellFault:{m.value}": m for m in IntakeFault}
    codes |= {f"{t.__name__}:{m.value}": m for t in known for m in t}
    return [
        (name, who.head(name), words.label(codes[code], **facts))
        for name, code, facts in problems
        if code in codes
    ]


def corrected(batch: ImportBatch, rows: Iterable[ImportRow]) -> bytes:
    """The same sheet with one more column that says what is wrong, and the wrong cells marked. It
    can be filled in and sent again: rows that are in order change nothing then."""
    heads, marked, lines = [*batch.heads, gettext("To change")], set(), []
    for line, row in enumerate(rows, start=1):
        wrong = said(batch.kind, row.problems)
        marked |= {(line, batch.layout[name]) for name, _h, _w in wrong if name in batch.layout}
        cells = [*(row.cells or []), *[""] * len(heads)][: len(heads) - 1]
        faults = "; ".join(f"{head}: {text}" for _name, head, text in wrong)
        lines.append([*(sheets.inert(cell) for cell in cells), faults])
    return sheets.write(
        str(importer(batch.kind).title), heads, lines, dress=Dress(marked=frozenset(marked))
    )
