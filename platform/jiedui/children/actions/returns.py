"""What has changed goes back to the national system as a file; its answers are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.actions.national import keep_copies
from jiedui.children.actions.sheets import digest
from jiedui.children.exchange import differences, national_file
from jiedui.children.exchange.layout import REPLY
from jiedui.children.models import NationalReturn, NationalReturnRow
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import CellFault, ExportRefusal, ReturnState
from jiedui.children.rules import returns as rules
from jiedui.core import audit, clock, db, sheets
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault
from jiedui.core.sheets import LARGE, Dress
from jiedui.intake.exchange import Asked, Bad, Importer, Reader, Today, read_id
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Found, IntakeFault, Problem, Row, Verdict
from jiedui.regions import queries as regions


def send_back(ids: Sequence[int], *, by: Actor) -> NationalReturn:
    """Make a file of what differs for these children; each then waits for the answer. Refuses when
    nothing differs."""
    found = differences(ids)
    if not found or by.holding is None:
        raise Refusal(ExportRefusal.nothing_to_send)
    region = regions.get(by.holding.region_id)
    made = NationalReturn(
        county_id=by.county_id,
        region=region,
        made_by=by.account_id,
        made_as=by.acts_as,
        made_at=clock.now(),
        count=len(found),
    )
    db.session.add(made)
    db.session.flush()  # its rows name it
    rows: list[dict[str, Any]] = [
        {
            "return_id": made.id,
            "child_id": one.child_id,
            "fields": list(one.fields),
            "cells": dict(one.cells),
            "line": dict(one.line),
            "state": ReturnState.sent,
        }
        for one in found
    ]
    db.insert(NationalReturnRow, rows)
    audit.record(Act.national_returned, made, by=by, count=len(found))
    return made


def agree_return(made: NationalReturn, *, by: Actor) -> None:
    """A second person says that the file may leave. Refuses who made it and who stands in for them,
    and a second time."""
    db.lock(NationalReturn, made.id)
    if made.agreed_by is not None:
        raise Refusal(ExportRefusal.gone)
    if rules.is_own(made.made_by, made.made_as, by):
        raise Refusal(ExportRefusal.own_request)
    made.agreed_by, made.agreed_at = by.account_id, clock.now()
    audit.record(Act.national_return_agreed, made, by=by, count=made.count)


def return_file(made: NationalReturn, *, by: By) -> bytes:
    """The file, as often as it is needed; each time is on record. Refuses one that nobody else has
    agreed to."""
    if made.agreed_by is None:
        raise Refusal(ExportRefusal.not_agreed)
    rows = queries.return_rows(made.id)
    audit.record(Act.national_return_fetched, made, by=by)
    return national_file([r.cells for r in rows], [r.fields for r in rows], made.code)


def answer(row: NationalReturnRow, *, accepted: bool, reason: str, by: By) -> None:
    """Keep what the national system said of a row; accepted, it holds what we sent."""
    row.state = ReturnState.accepted if accepted else ReturnState.refused
    row.reason, row.answered_at = reason or None, clock.now()
    if accepted:
        copies = queries.copies([row.child_id])
        kept = (row.child_id, digest(row.cells), row.cells, row.line)
        keep_copies([kept], copies, row.child.county_id)
    audit.record(Act.national_answered, row.child, by=by, answer=row.state)


@dataclass(frozen=True)
class _Answer:
    found: Found
    row: NationalReturnRow | None = None
    accepted: bool = False
    reason: str = ""


class ReplyReader(Reader):
    """One sheet of answers being read."""

    def __init__(self, county_id: int, path: str, today: Today) -> None:
        self.county_id, self.path, self.today = county_id, path, today

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """Whose answer each row is; see Reader."""
        return [one.found for one in self._look(rows)]

    def _look(self, rows: Sequence[Row]) -> list[_Answer]:
        numbers = [self._number(row) for row in rows]
        keys = {n for n in numbers if isinstance(n, str)}
        known = queries.by_index(self.county_id, keys)
        mine = {k: f.id for k, f in known.items() if f.path.startswith(self.path)}
        last = queries.last_rows(mine.values())
        return [
            self._one(row, number, mine, last) for row, number in zip(rows, numbers, strict=True)
        ]

    def _number(self, row: Row) -> str | Problem:
        raw = row.cells.get("id_number", "").strip()
        if not raw:
            return Problem("id_number", IntakeFault.missing)
        try:
            return id_index(read_id(raw, self.today).number)
        except Bad as bad:
            return Problem("id_number", bad.code, bad.facts)

    def _one(
        self,
        row: Row,
        number: str | Problem,
        mine: Mapping[str, int],
        last: Mapping[int, NationalReturnRow],
    ) -> _Answer:
        if isinstance(number, Problem):
            return _Answer(Found(Verdict.faulty, (number,)))
        sent = last.get(mine[number]) if number in mine else None
        said = REPLY.spoken["answer"].get(row.cells.get("answer", "").strip())
        if sent is None:
            wrong = Problem("id_number", CellFault.nothing_sent)
        elif said is None:
            wrong = Problem("answer", IntakeFault.unknown_word)
        else:
            verdict = Verdict.changed if sent.state is ReturnState.sent else Verdict.same
            found = Found(verdict, (), number, (sent.child_id,), ("answer",))
            return _Answer(found, sent, said == "yes", row.cells.get("reason", "").strip())
        return _Answer(Found(Verdict.faulty, (wrong,), number))

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Keep the answers; see Reader."""
        became: list[int | Found] = []
        for one in self._look(rows):
            if one.row is None:
                became.append(one.found)
                continue
            if one.found.verdict is Verdict.changed:
                answer(one.row, accepted=one.accepted, reason=one.reason, by=by)
            became.append(one.row.child_id)
        return became


class ReplySheet(Importer):
    """The answers of the national system to what was given back."""

    kind = "national-reply"
    title = _l("Answers of the national system")
    explained = _l(
        "Which of the changes that were given back the national system has accepted, and why it"
        " has refused others."
    )
    faults = (CellFault, IdFault)
    key_field = "id_number"

    def layout(self, heads: Sequence[str]) -> dict[str, int] | None:
        """Where each field stands; see Importer."""
        return REPLY.find(heads)

    def asked(self) -> list[Asked]:
        """Number, answer, reason."""
        return [Asked(c.field, c.head, c.needed, REPLY.offered(c)) for c in REPLY.columns]

    def template(self, actor: Actor) -> bytes:
        """The heads, with the answers there are."""
        offered = {n: REPLY.offered(c) for n, c in enumerate(REPLY.columns) if REPLY.offered(c)}
        heads = [column.head for column in REPLY.columns]
        dress = Dress(choices_until=LARGE.rows)
        return sheets.write(str(self.title), heads, choices=offered, dress=dress)

    def reader(self, batch: ImportBatch) -> ReplyReader:
        """Begin to read a sheet."""
        today = Today(clock.today(), bool(batch.options.get("invented")))
        return ReplyReader(batch.county_id, batch.region.path, today)

    def label(self, row: Row) -> str:
        """The child's name, where the sheet has one."""
        return row.cells.get("name", "")
