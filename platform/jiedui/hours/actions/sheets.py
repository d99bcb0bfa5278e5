"""Lists of past hours, as importers know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jiedui.core import clock, crypto, db
from jiedui.core.actors import By
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault
from jiedui.helpers.exchange import Finder, Meant
from jiedui.helpers.rules import ListFault
from jiedui.hours.actions.imported import PastHours, correct_past_hours, keep_past_hours
from jiedui.hours.exchange import PAST, PastRow, read_past
from jiedui.hours.models import ImportedHours
from jiedui.hours.queries.imported import Brought, brought, days_here
from jiedui.hours.rules.past import PastFault, Period, counted_already
from jiedui.intake.exchange import LayoutImporter, Reader, Today, area, tidy
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Found, Problem, Row, Verdict
from jiedui.partners import queries as partners

OF_HELPER = {"name": "helper_name", "id_number": "helper_id", "phone": "helper_phone"}


@dataclass(frozen=True)
class _Looked:
    """What was read of a row, what it would do, and what stands there already."""

    found: Found
    said: PastHours | None = None
    there: Brought | None = None


@dataclass(frozen=True)
class _Known:
    """What is known of the people some rows speak of; what other rows say, by line."""

    brought: Mapping[int, list[Brought]]
    days: Mapping[int, list[date]]
    planned: dict[int, PastHours] = field(default_factory=dict)

    def periods(self, said: PastHours, line: int) -> list[Period]:
        """The person's other periods, of earlier lists and of other rows."""
        earlier = [b.period for b in self.brought.get(said.helper_id, []) if b.key != said.key]
        others = [p for n, p in self.planned.items() if n != line and p.key != said.key]
        return earlier + [p.period for p in others if p.helper_id == said.helper_id]


class PastReader(Reader):
    """One list of past hours being read."""

    def __init__(self, county_id: int, finder: Finder, today: Today, unit: str) -> None:
        self.county_id, self.finder, self.today, self.unit = county_id, finder, today, unit
        self.planned: dict[int, PastHours] = {}

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """What each row would do; see Reader."""
        return [one.found for one in self._look(rows, self.planned)]

    def _look(self, rows: Sequence[Row], planned: dict[int, PastHours]) -> list[_Looked]:
        read = [read_past(row.cells, self.today, self.unit) for row in rows]
        self.finder.look({one.helper.index for one in read if one.helper.index})
        people = [self.finder.find(one.helper) for one in read]
        ids = {one.id for one in people if isinstance(one, Meant)}
        known = _Known(brought(ids), days_here(ids), planned)
        return [
            self._settle(row.line, one, who, known)
            for row, one, who in zip(rows, read, people, strict=True)
        ]

    def _settle(
        self, line: int, one: PastRow, who: Meant | tuple[str, ListFault], known: _Known
    ) -> _Looked:
        wrong = list(one.problems)
        if isinstance(who, tuple) and not {"helper_id", "helper_phone"} & {p.field for p in wrong}:
            wrong.append(Problem(OF_HELPER[who[0]], who[1]))
        if wrong or isinstance(who, tuple) or one.period is None:
            return _Looked(Found(Verdict.faulty, tuple(wrong)))
        said = PastHours(who.id, _key(who.id, one), one.period, one.minutes, one.what, one.unit)
        at = "on" if one.period.days == 1 else "starts"
        here = [Period(day, day) for day in known.days.get(who.id, [])]
        if any(one.period.touches(day) for day in here):
            wrong.append(Problem(at, PastFault.in_portal))
        elif counted_already(one.period, known.periods(said, line)):
            wrong.append(Problem(at, PastFault.overlaps))
        if wrong:
            return _Looked(Found(Verdict.faulty, tuple(wrong), said.key))
        known.planned[line] = said
        return _compared(said, known)

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Take rows over; see Reader."""
        return [self._take(one, by) for one in self._look(rows, {})]

    def _take(self, one: _Looked, by: By) -> int | Found:
        if one.said is None:
            return one.found
        if one.there is None:
            row = keep_past_hours(one.said, self.county_id, by=by)
            db.session.flush()
            return row.id
        if one.there.minutes != one.said.minutes:
            row = db.session.get_one(ImportedHours, one.there.id)
            correct_past_hours(row, one.said.minutes, by=by)
        return one.there.id


def _compared(said: PastHours, known: _Known) -> _Looked:
    there = next((b for b in known.brought.get(said.helper_id, []) if b.key == said.key), None)
    if there is None:
        return _Looked(Found(Verdict.new, key=said.key), said)
    same = there.minutes == said.minutes
    fields = () if same else ("hours",)
    return _Looked(Found(Verdict.same if same else Verdict.changed, (), said.key, (), fields),
                   said, there)  # fmt: skip


def _key(helper_id: int, one: PastRow) -> str:
    """The same person, days, thing and unit are the same row, whatever it says of the length."""
    if one.period is None:
        raise TypeError("a row without a period has a problem and is not asked")
    days = f"{one.period.starts}/{one.period.ends}"
    return crypto.blind_index(
        "imported_hours.key", f"{helper_id}|{days}|{tidy(one.what)}|{tidy(one.unit)}"
    )


class HoursBefore(LayoutImporter):
    """A list of hours from before the portal."""

    kind = "hours-before"
    columns = PAST
    title = _l("List of past hours")
    explained = _l(
        "Hours from before the portal are kept in a column of their own, brought in and not"
        " verified: they are never added to other hours. The same row counts once."
    )
    faults = (PastFault, ListFault, IdFault)
    key_field = "what"
    apart = False

    def reader(self, batch: ImportBatch) -> PastReader:
        """Begin to read a list."""
        today = Today(clock.today(), bool(batch.options.get("invented")))
        unit = partners.get_unit(batch.unit_id).name if batch.unit_id is not None else ""
        finder = Finder(batch.county_id, area(batch), batch.unit_id)
        return PastReader(batch.county_id, finder, today, unit)

    def label(self, row: Row) -> str:
        """The person's name and the day."""
        day = row.cells.get("on") or row.cells.get("starts") or ""
        return " ".join(part for part in (row.cells.get("helper_name"), day) if part)
