"""Lists of people who want to help, as importers know them: an organisation's or an office's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jiedui.access import queries as access
from jiedui.core import clock, db
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault
from jiedui.helpers import queries
from jiedui.helpers.actions.details import change_phone, update
from jiedui.helpers.actions.registering import register
from jiedui.helpers.exchange import (
    LIST,
    ListRow,
    Reach,
    beside,
    changes,
    read_list,
    registration,
    wished,
)
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import (
    HelperRefusal,
    HelperState,
    ListFault,
    Registration,
    offer_faults,
    paper_faults,
    registration_faults,
    time_faults,
)
from jiedui.intake.exchange import LayoutImporter, Reader, Today, area
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Found, Problem, Row, Verdict


@dataclass(frozen=True)
class _Looked:
    """What was read of a row, what it would do, and to whom."""

    row: ListRow
    found: Found
    helper: Helper | None = None


class ListReader(Reader):
    """One list being read."""

    def __init__(self, county_id: int, reach: Reach, today: Today) -> None:
        self.county_id, self.reach, self.today = county_id, reach, today

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """What each row would do; see Reader."""
        return [one.found for one in self._look(rows)]

    def _look(self, rows: Sequence[Row]) -> list[_Looked]:
        read = [read_list(row.cells, self.today, self.reach) for row in rows]
        keys = {queries.id_index(row.who.number) for row in read if row.who}
        known = queries.whole_by_indexes(self.county_id, keys)
        return [self._settle(row, known) for row in read]

    def _settle(self, row: ListRow, known: Mapping[str, Helper]) -> _Looked:
        key = queries.id_index(row.who.number) if row.who else None
        helper = known.get(key) if key else None
        if row.problems:
            return _Looked(row, Found(Verdict.faulty, row.problems, key))
        if helper is None:
            said = registration(row, self.reach)
            wrong = beside(registration_faults(said, self.today.day))
            return _Looked(row, Found(Verdict.faulty if wrong else Verdict.new, wrong, key))
        fields = changes(row, helper)
        wrong = self._against(row, helper, fields)
        if wrong:
            return _Looked(row, Found(Verdict.faulty, wrong, key))
        verdict = Verdict.changed if fields else Verdict.same
        return _Looked(row, Found(verdict, (), key, (helper.id,), fields), helper)

    def _against(
        self, row: ListRow, helper: Helper, fields: tuple[str, ...]
    ) -> tuple[Problem, ...]:
        """What speaks against a row about somebody known."""
        if not self.reach.has(helper):
            return (Problem("id_number", ListFault.known_elsewhere),)
        if helper.name != row.values.get("name"):
            return (Problem("name", ListFault.name_differs),)
        if helper.state is HelperState.withdrawn:
            return (Problem("name", ListFault.gone),)
        if not fields:
            return ()
        offer = wished(row, helper)
        found = [*offer_faults(offer.offers, offer.subjects, offer.stages)]
        found += paper_faults(offer.offers, [c.kind for c in helper.credentials])
        return beside([*found, *time_faults(offer.slots, (), self.today.day)])

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Take rows over; see Reader."""
        return [self._take(one, by) for one in self._look(rows)]

    def _take(self, one: _Looked, by: By) -> int | Found:
        if one.found.verdict is Verdict.faulty:
            return one.found
        try:
            if one.helper is None:
                return _registered(registration(one.row, self.reach), by)
            if one.found.verdict is Verdict.changed:
                self._change(one.row, one.helper, one.found.fields, by)
        except Refusal as no:
            if not isinstance(no.code, HelperRefusal):
                raise
            wrong = beside([(no.code, no.field or "name")])
            return replace(one.found, verdict=Verdict.faulty, problems=wrong)
        return one.helper.id

    def _change(self, row: ListRow, helper: Helper, fields: tuple[str, ...], by: By) -> None:
        if set(fields) - {"phone"}:
            update(helper, wished(row, helper), by=by)
        if "phone" in fields:
            change_phone(helper, str(row.values["phone"]), by=by)


class HelperList(LayoutImporter):
    """A list of volunteers, from an organisation or an office."""

    kind = "helpers"
    columns = LIST
    title = _l("List of volunteers")
    explained = _l(
        "People who have agreed to be registered, each with a signed form that you keep. The same"
        " identity number is the same person; a colleague vets them."
    )
    faults = (HelperRefusal, ListFault, IdFault)
    key_field = "id_number"
    at_once = 40

    def reader(self, batch: ImportBatch) -> ListReader:
        """Begin to read a list."""
        today = Today(clock.today(), bool(batch.options.get("invented")))
        brought = access.names_of({batch.uploaded_by} if batch.uploaded_by else set())
        holder = " ".join([batch.region.full_name, *brought.values()])
        reach = Reach(area(batch), batch.county_id, batch.unit_id, holder)
        if reach.own is not None:
            reach.holder = reach.own.name
        return ListReader(batch.county_id, reach, today)

    def label(self, row: Row) -> str:
        """The person's name."""
        return row.cells.get("name", "")


def _registered(said: Registration, by: By) -> int:
    helper = register(said, by=by)
    db.session.flush()
    return helper.id
