"""Lists of other bureaus are compared with the ledger by blind index: who stands in theirs and not
in ours, in ours and not in theirs, in both. Nothing is taken over. Of adults, and of children on
file elsewhere, only the number is kept; a child that nobody here knows stays as a sealed row of the
work list for thirty days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.exchange.layout import BUREAU
from jiedui.children.models import Child
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import ADULT, Bureau, ChildState, shown_name
from jiedui.core import clock, sheets, words
from jiedui.core.actors import By
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault, ResidentId, age_on
from jiedui.core.sheets import LARGE, Dress
from jiedui.intake.exchange import Asked, Bad, Candidate, Importer, Reader, Today, read_id
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Found, IntakeFault, Problem, Row, Verdict


class BureauReader(Reader):
    """One list being compared."""

    def __init__(self, bureau: Bureau, county_id: int, path: str, today: Today) -> None:
        self.bureau, self.county_id, self.path, self.today = bureau, county_id, path, today
        self.both: set[int] = set()
        self.adults = self.elsewhere = 0

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """Whether we know each; see Reader."""
        numbers = [self._number(row) for row in rows]
        indexes = {id_index(n.number) for n in numbers if isinstance(n, ResidentId)}
        known = queries.by_index(self.county_id, indexes)
        return [self._one(number, known) for number in numbers]

    def _number(self, row: Row) -> ResidentId | Problem:
        # A disability certificate's number is the identity number and two more digits.
        raw = row.cells.get("id_number", "").strip()
        if not raw:
            return Problem("id_number", IntakeFault.missing)
        try:
            return read_id(raw[:18] if len(raw) == 20 and raw.isalnum() else raw, self.today)
        except Bad as bad:
            return Problem("id_number", bad.code, bad.facts)

    def _one(self, number: ResidentId | Problem, known: Mapping[str, Any]) -> Found:
        if isinstance(number, Problem):
            return Found(Verdict.faulty, (number,))
        key = id_index(number.number)
        if age_on(number.birth_date, self.today.day) >= ADULT:
            self.adults += 1
            return Found(Verdict.same, keep=False)
        file = known.get(key)
        if file is None:
            return Found(Verdict.new, key=key)
        if not file.path.startswith(self.path):
            self.elsewhere += 1
            return Found(Verdict.same, keep=False)
        self.both.add(file.id)
        verdict = Verdict.same if file.state is ChildState.open else Verdict.changed
        return Found(verdict, key=key, candidates=(file.id,))

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Nothing is taken over from another bureau's list."""
        raise NotImplementedError

    def figures(self) -> dict[str, Any]:
        """Who of ours the bureau does not have (ids), and how many rows were of nobody of ours."""
        ours = queries.expected_at(self.bureau, self.path, self.today.day)
        missing = [number for number in ours if number not in self.both]
        return {"ours": missing, "adults": self.adults, "elsewhere": self.elsewhere}


class BureauSheet(Importer):
    """A list of one bureau."""

    faults = (IdFault,)
    key_field = "id_number"
    takes = False
    named = {
        Verdict.new: _l("In theirs, not in ours"),
        Verdict.same: _l("In both"),
        Verdict.changed: _l("Theirs has it, our file is closed"),
        Verdict.faulty: _l("Number unreadable"),
    }
    ours = _l("In ours, not in theirs")
    next_steps = {
        "new": _l("Next: visit the family; put the child on file if it belongs in the ledger."),
        "changed": _l("Next: see why the file was closed, and open it again if need be."),
        "same": _l("Nothing to do."),
        "ours": _l("Next: ask the family whether it has applied; if not, help with the papers."),
        "faulty": _l("Next: ask the bureau for the right number and bring the list again."),
    }

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau

    @property
    def kind(self) -> str:  # type: ignore[override]
        """One kind for each bureau."""
        return f"bureau-{self.bureau.value}"

    @property
    def title(self) -> Any:  # type: ignore[override]
        """The list's name."""
        return words.label(self.bureau)

    @property
    def explained(self) -> Any:  # type: ignore[override]
        """What is done with it."""
        return _l(
            "Compared with the ledger by ID number only: who is in theirs and not in ours, and the"
            " other way round. Nothing is taken over."
        )

    def layout(self, heads: Sequence[str]) -> dict[str, int] | None:
        """Number and name; see Importer."""
        return BUREAU.find(heads)

    def asked(self) -> list[Asked]:
        """The columns that are read."""
        return [Asked(c.field, c.head, c.needed) for c in BUREAU.columns]

    def template(self, actor: Actor) -> bytes:
        """The heads that are needed."""
        heads = [column.head for column in BUREAU.columns]
        return sheets.write(self.title, heads, dress=Dress(choices_until=LARGE.rows))

    def reader(self, batch: ImportBatch) -> BureauReader:
        """Begin to compare a list."""
        today = Today(clock.today(), bool(batch.options.get("invented")))
        return BureauReader(self.bureau, batch.county_id, batch.region.path, today)

    def label(self, row: Row) -> str:
        """The name, and the place where the list says one."""
        said = (row.cells.get(n, "") for n in ("name", "township", "village"))
        return " ".join(text for text in said if text)

    def candidates(self, ids: Sequence[int], actor: Actor) -> list[Candidate]:
        """Files of ours."""
        return candidates(ids, actor)


def candidates(ids: Collection[int], actor: Actor) -> list[Candidate]:
    """Files as a list shows them: code, name as the reader may read it, village."""
    found: dict[int, Child] = queries.many(ids)
    return [
        Candidate(
            number,
            f"{child.code} {shown_name(child.name, actor)}, {child.village.full_name}",
            "files.child",
            {"child_id": number},
        )
        for number in ids
        if (child := found.get(number)) is not None
    ]


def bureau_sheets() -> list[BureauSheet]:
    """One importer for each bureau."""
    return [BureauSheet(bureau) for bureau in Bureau]
