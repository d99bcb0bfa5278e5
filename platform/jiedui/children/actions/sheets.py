"""Sheets of children as importers know them: the national system's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.actions.bureaus import candidates
from jiedui.children.actions.national import bring_up_to_date, keep_copies
from jiedui.children.actions.opening import NewFile, Opened, open_files
from jiedui.children.exchange import (
    NATIONAL,
    PARENTS,
    Facts,
    Merged,
    ReadRow,
    canonical,
    family_problems,
    line_of,
    merged,
    read_facts,
    read_values,
)
from jiedui.children.models import Child, NationalCopy
from jiedui.children.queries import KnownFile
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import CellFault, ChildState
from jiedui.core import clock, crypto
from jiedui.core.actors import By
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault, ResidentId
from jiedui.intake.exchange import Candidate, LayoutImporter, Reader, Today, Values, Villages
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Choice, Found, Problem, Row, Verdict


@dataclass(frozen=True)
class _Looked:
    """What was read of a row, what it would do, and for that: the facts of a new file, or a file
    with what changes in it."""

    read: ReadRow
    found: Found
    facts: Facts | None = None
    child: Child | None = None
    both: Merged | None = None


class NationalReader(Reader):
    """One sheet of the national system being read."""

    def __init__(
        self, county_id: int, path: str, today: Today, brought_by: int | None = None
    ) -> None:
        self.county_id, self.path, self.today = county_id, path, today
        self.brought_by = brought_by
        self.villages = Villages(path, NATIONAL)
        self._homes: dict[int, dict[str, int]] = {}

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """What each row would do; see Reader."""
        return [one.found for one in self._look(rows)]

    def _look(self, rows: Sequence[Row]) -> list[_Looked]:
        read = [read_values(row.cells, NATIONAL, self.today, self.villages) for row in rows]
        keys = [_key(one) for one in read]
        known = queries.by_index(self.county_id, {k for k in keys if k})
        alike = self._alike(
            [one for one, key in zip(read, keys, strict=True) if not (key and key in known)]
        )
        meant = [
            self._means(row, one, key, known, alike)
            for row, one, key in zip(rows, read, keys, strict=True)
        ]
        wanted = {m for m in meant if isinstance(m, int)}
        children, copies = queries.many(wanted), queries.copies(wanted)
        return [
            self._settle(one, key, m, children, copies)
            for one, key, m in zip(read, keys, meant, strict=True)
        ]

    def _alike(self, read: Sequence[ReadRow]) -> dict[tuple[str, Any], list[int]]:
        days = {one.values["birth_date"] for one in read if one.values.get("birth_date")}
        found: dict[tuple[str, Any], list[int]] = {}
        for number, name, day in queries.born_on(days, self.path) if days else ():  # type: ignore[arg-type]
            found.setdefault((name, day), []).append(number)
        return found

    def _means(
        self,
        row: Row,
        one: ReadRow,
        key: str | None,
        known: Mapping[str, KnownFile],
        alike: Mapping[tuple[str, Any], list[int]],
    ) -> int | Found | None:
        """The id of the file a row means, None for a new one, or what is found already."""
        if one.problems:
            return Found(Verdict.faulty, one.problems, key)
        file = known.get(key) if key else None
        if file is not None:
            if not file.path.startswith(self.path):
                wrong = Problem("id_number", CellFault.known_elsewhere)
                return Found(Verdict.faulty, (wrong,), key)
            if file.digest == digest(row.cells) or file.state is ChildState.closed:
                return Found(Verdict.same, key=key, candidates=(file.id,))
            return file.id
        if row.choice is Choice.same_person:
            return row.chosen_id
        name, day = str(one.values.get("name")), one.values.get("birth_date")
        doubles = alike.get((name, day), [])
        if doubles and row.choice is not Choice.another:
            return Found(Verdict.double, key=key, candidates=tuple(doubles))
        return None

    def _settle(
        self,
        one: ReadRow,
        key: str | None,
        meant: int | Found | None,
        children: Mapping[int, Child],
        copies: Mapping[int, NationalCopy],
    ) -> _Looked:
        if isinstance(meant, Found):
            return _Looked(one, meant)
        child = children.get(meant) if meant is not None else None
        if child is not None:
            return _compare(one, key, child, copies.get(child.id))
        facts = read_facts(one.values, self.today.day)
        wrong = tuple(family_problems(facts.people, facts.birth_date, self.today.day))
        found = Found(Verdict.faulty, wrong, key) if wrong else Found(Verdict.new, key=key)
        return _Looked(one, found, facts)

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Take rows over; see Reader."""
        looked = self._look(rows)
        fresh = [n for n, one in enumerate(looked) if one.found.verdict is Verdict.new]
        made = self._open([looked[n] for n in fresh], by)
        became: dict[int, int] = {n: child.id for n, child in zip(fresh, made, strict=True)}
        for n, one in enumerate(looked):
            if one.found.verdict in (Verdict.changed, Verdict.same):
                became[n] = one.found.candidates[0]
            if one.found.verdict is Verdict.changed:
                self._change(one, by)
        self._keep(rows, looked, became)
        return [became.get(n, one.found) for n, one in enumerate(looked)]

    def _change(self, one: _Looked, by: By) -> None:
        if one.both is None or one.child is None:
            return
        facts = read_facts(_whole(one.both.values, one.read.values), self.today.day)
        village = one.read.village
        moved = village.id if village and "village" in one.both.changed else None
        bring_up_to_date(one.child, facts, moved, one.both.changed, by=by)

    def _open(self, looked: Sequence[_Looked], by: By) -> list[Opened]:
        """Brothers and sisters, by a parent's number in the same village, share a household."""
        self._know({one.read.village.id for one in looked if one.read.village})
        rows: list[NewFile] = []
        first: dict[tuple[int, str], int] = {}
        for one in looked:
            if one.facts is None or one.read.village is None:
                raise TypeError("a row without facts is not new")
            place = one.read.village.id
            numbers = [p.id_number for p in one.facts.people if p.slots[-1] in PARENTS]
            parents = [n for n in numbers if n]
            home = next((h for n in parents if (h := self._homes[place].get(n))), None)
            row = next((r for n in parents if (r := first.get((place, n))) is not None), None)
            rows.append(NewFile(one.facts, place, home, row if home is None else None))
            for number in parents:
                first.setdefault((place, number), len(rows) - 1)
        made = open_files(rows, self.county_id, by=by, brought_by=self.brought_by)
        for (place, number), n in first.items():
            self._homes[place].setdefault(number, made[n].home_id)
        return made

    def _know(self, villages: set[int]) -> None:
        new = villages - self._homes.keys()
        self._homes.update({village: {} for village in new})
        for village, home, number in queries.homes_of(new) if new else ():
            self._homes[village].setdefault(number, home)

    def _keep(
        self, rows: Sequence[Row], looked: Sequence[_Looked], became: Mapping[int, int]
    ) -> None:
        copies = queries.copies(set(became.values()))
        kept = []
        for n, child_id in became.items():
            mark = digest(rows[n].cells)
            if child_id not in copies or copies[child_id].digest != mark:
                said = {name: text for name, text in rows[n].cells.items() if text}
                kept.append((child_id, mark, said, canonical(looked[n].read.values, NATIONAL)))
        keep_copies(kept, copies, self.county_id)


def _compare(one: ReadRow, key: str | None, child: Child, copy: NationalCopy | None) -> _Looked:
    both = merged(line_of(child, one.values), one.values, copy.line if copy else None, NATIONAL)
    if "name" in both.changed and copy is None:
        wrong = Problem("name", CellFault.name_differs)
        return _Looked(one, Found(Verdict.faulty, (wrong,), key, (child.id,)))
    verdict = Verdict.changed if both.changed else Verdict.same
    found = Found(verdict, (), key, (child.id,), both.changed)
    return _Looked(one, found, None, child, both)


def _whole(values: Values, row: Values) -> Values:
    """The file's values with whom the row names as carer, so that the family is read as one."""
    return {**values, **{k: v for k, v in row.items() if k.startswith("carer.") and v}}


def _key(one: ReadRow) -> str | None:
    number = one.values.get("id_number")
    return id_index(number.number) if isinstance(number, ResidentId) else None


def digest(cells: Mapping[str, str]) -> str:
    """A keyed mark of a row, by which the same row is known again."""
    said = json.dumps({k: v for k, v in sorted(cells.items()) if v}, ensure_ascii=False)
    return crypto.blind_index("national_copy.cells", said)


class NationalSheet(LayoutImporter):
    """The sheet that the national child welfare information system gives out."""

    kind = "national"
    columns = NATIONAL
    title = _l("Sheet of the national system")
    explained = _l(
        "The national system's children are taken over as they are: nothing in this sheet is asked"
        " again. Every row is checked first; nothing is taken over before you say so."
    )
    faults = (CellFault, IdFault)
    key_field = "id_number"

    def reader(self, batch: ImportBatch) -> NationalReader:
        """Begin to read a sheet."""
        today = Today(clock.today(), bool(batch.options.get("invented")))
        return NationalReader(batch.county_id, batch.region.path, today, batch.uploaded_by)

    def label(self, row: Row) -> str:
        """The child's name."""
        return row.cells.get("name", "")

    def candidates(self, ids: Sequence[int], actor: Actor) -> list[Candidate]:
        """Files of ours."""
        return candidates(ids, actor)
