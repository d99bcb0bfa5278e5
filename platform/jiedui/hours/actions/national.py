"""Hours are told to the national volunteer system as a file, and its answers are kept (志愿服务条例
art. 19; 民政部令第67号 art. 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.hours.exchange.national import NATIONAL_HOURS, hours_file
from jiedui.hours.models import HoursReturn, HoursReturnRow
from jiedui.hours.queries import national as queries
from jiedui.hours.rules.national import ReplyFault, ReturnRefusal, ReturnState, entry_id
from jiedui.intake.exchange import LayoutImporter, Reader
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Found, IntakeFault, Problem, Row, Verdict
from jiedui.regions.models import Region


def tell_hours(*, by: Actor) -> HoursReturn:
    """Put every entry that waits into one file; each then waits for its answer. Refuses when there
    is nothing to tell."""
    db.lock(Region, by.county_id)  # two people who press at once tell nothing twice
    ids = queries.untold_ids(by.county_id)
    if not ids:
        raise Refusal(ReturnRefusal.nothing_to_tell)
    made = HoursReturn(
        county_id=by.county_id,
        made_by=by.account_id,
        made_as=by.acts_as,
        made_at=clock.now(),
        count=len(ids),
    )
    db.session.add(made)
    db.session.flush()  # its rows name it
    all_of_it = {"county_id": by.county_id, "return_id": made.id, "state": ReturnState.sent}
    rows = [{**all_of_it, "session_id": one} for one in ids]
    db.insert(HoursReturnRow, rows)
    audit.record(Act.hours_told, made, by=by, count=len(ids))
    return made


def agree_hours(made: HoursReturn, *, by: Actor) -> None:
    """A second person says that the file may leave. Refuses who made it and who stands in for them,
    and a second time."""
    db.lock(HoursReturn, made.id)
    if made.agreed_by is not None:
        raise Refusal(ReturnRefusal.agreed_already)
    if {made.made_by, made.made_as} & {by.account_id, by.acts_as}:
        raise Refusal(ReturnRefusal.own_return)
    made.agreed_by, made.agreed_at = by.account_id, clock.now()
    audit.record(Act.hours_told_agreed, made, by=by, count=made.count)


def hours_return_file(made: HoursReturn, *, by: By) -> bytes:
    """The file, as often as it is needed; each time is on record. Refuses one that nobody else has
    agreed to."""
    if made.agreed_by is None:
        raise Refusal(ReturnRefusal.not_agreed)
    rows = queries.rows_of(made.id)
    found = queries.entries([row.session_id for row in rows])
    audit.record(Act.hours_told_fetched, made, by=by)
    return hours_file([found[row.session_id] for row in rows], made.code)


@dataclass(frozen=True)
class _Answer:
    found: Found
    row: HoursReturnRow | None = None
    state: ReturnState = ReturnState.sent
    reason: str = ""


class ReplyReader(Reader):
    """One sheet of answers being read."""

    def __init__(self, county_id: int) -> None:
        self.county_id = county_id

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """Whose answer each row is; see Reader."""
        return [one.found for one in self._look(rows)]

    def _look(self, rows: Sequence[Row]) -> list[_Answer]:
        numbers = [entry_id(row.cells.get("entry", "")) for row in rows]
        told = queries.last_told(self.county_id, {n for n in numbers if n is not None})
        return [_read(row.cells, told.get(n or 0)) for row, n in zip(rows, numbers, strict=True)]

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Keep the answers; see Reader."""
        became: list[int | Found] = []
        for one in self._look(rows):
            if one.row is None:
                became.append(one.found)
                continue
            if one.found.verdict is Verdict.changed:
                one.row.state, one.row.reason = one.state, one.reason or None
                one.row.answered_at = clock.now()
                audit.record(Act.hours_told_answered, one.row, by=by, answer=one.state)
            became.append(one.row.id)
        return became


def _read(cells: Mapping[str, str], row: HoursReturnRow | None) -> _Answer:
    said = NATIONAL_HOURS.spoken["answer"].get(cells.get("answer", "").strip())
    if row is None:
        return _Answer(Found(Verdict.faulty, (Problem("entry", ReplyFault.never_told),)))
    key = str(row.id)
    if said is None:
        wrong = Problem("answer", IntakeFault.unknown_word)
        return _Answer(Found(Verdict.faulty, (wrong,), key))
    state = ReturnState.accepted if said == "yes" else ReturnState.refused
    news = row.state is ReturnState.sent
    found = Found(Verdict.changed if news else Verdict.same, (), key, (row.id,), ("answer",))
    return _Answer(found, row, state, cells.get("reason", "").strip())


class HoursReply(LayoutImporter):
    """The answers of the national volunteer system to hours it was told."""

    kind = "hours-reply"
    columns = NATIONAL_HOURS
    title = _l("Answers of the national volunteer system")
    explained = _l(
        "The same sheet comes back with two columns filled in: which entries were taken, and why"
        " others were not."
    )
    faults = (ReplyFault,)
    key_field = "entry"

    def reader(self, batch: ImportBatch) -> ReplyReader:
        """Begin to read a sheet."""
        return ReplyReader(batch.county_id)

    def label(self, row: Row) -> str:
        """The number of the entry."""
        return row.cells.get("entry", "")
