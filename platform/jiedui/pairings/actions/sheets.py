"""Lists of pairs from before, as importers know them: pairs whose papers are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jiedui.access.rules import Actor
from jiedui.children import queries as children
from jiedui.children.actions.bureaus import candidates
from jiedui.children.models import Child
from jiedui.children.queries import NamedFile
from jiedui.children.rules import ChildState
from jiedui.core import clock, crypto
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import IdFault
from jiedui.helpers import queries as helpers
from jiedui.helpers.exchange import Finder, Meant
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelpKind, ListFault
from jiedui.intake.exchange import Candidate, LayoutImporter, Reader, Today, Villages, area
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import Choice, Found, Problem, Row, Verdict
from jiedui.needs.rules import MOST_DEMAND
from jiedui.pairings.actions.legacy import bring_in
from jiedui.pairings.exchange import BEFORE, PairRow, read_pair
from jiedui.pairings.queries import listed
from jiedui.pairings.rules import PairingRefusal
from jiedui.pairings.rules.legacy import PairFault

OF_CHILD = frozenset({"child_name", "child_id", "child_birth", "village"})
OF_HELPER = {"name": "helper_name", "id_number": "helper_id", "phone": "helper_phone"}


@dataclass(frozen=True)
class _Looked:
    """What was read of a row, what it would do, and between whom."""

    row: PairRow
    found: Found
    child: int = 0
    helper: int = 0
    pairing: int = 0


@dataclass
class _Planned:
    """What earlier rows of the sheet will take up: by line, so that a row counts once."""

    seats: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[int, HelpKind]] = field(default_factory=dict)

    def taken(self, line: int, helper: int, place: tuple[int, HelpKind]) -> tuple[int, int]:
        """Seats of the helper and places of the child's need that other rows will hold."""
        seats = sum(h == helper for n, h in self.seats.items() if n != line)
        return seats, sum(p == place for n, p in self.places.items() if n != line)

    def hold(self, line: int, helper: int, place: tuple[int, HelpKind]) -> None:
        """A row will hold these."""
        self.seats[line], self.places[line] = helper, place


@dataclass(frozen=True)
class _There:
    """What is known of everybody some rows speak of."""

    numbers: Mapping[str, children.KnownFile]
    files: Mapping[int, NamedFile]
    between: Mapping[tuple[int, int], listed.Between]
    seats: Mapping[int, int]
    needs: Mapping[tuple[int, HelpKind], listed.Standing]


class BeforeReader(Reader):
    """One list of pairs being read."""

    def __init__(self, county_id: int, path: str, today: Today) -> None:
        self.county_id, self.path, self.today = county_id, path, today
        self.villages, self.finder = Villages(path, BEFORE), Finder(county_id, path)
        self.planned = _Planned()

    def check(self, rows: Sequence[Row]) -> list[Found]:
        """What each row would do; see Reader."""
        return [one.found for one in self._look(rows, self.planned)]

    def _look(self, rows: Sequence[Row], planned: _Planned) -> list[_Looked]:
        read = [read_pair(row.cells, self.today, self.villages) for row in rows]
        self.finder.look({one.helper.index for one in read if one.helper.index})
        numbers = children.by_index(
            self.county_id, {one.child_index for one in read if one.child_index}
        )
        days = {one.birth for one in read if one.birth and not one.child_index}
        files = children.named(self.path, days=days, ids={k.id for k in numbers.values()})
        people = [self.finder.find(one.helper) for one in read]
        ids = {one.id for one in people if isinstance(one, Meant)}
        there = _There(
            numbers,
            files,
            listed.between(ids, files.keys()),
            listed.seats_held(ids),
            listed.needs_of(files.keys()),
        )
        return [
            self._settle(row, one, who, there, planned)
            for row, one, who in zip(rows, read, people, strict=True)
        ]

    def _settle(
        self,
        row: Row,
        one: PairRow,
        who: Meant | tuple[str, ListFault],
        there: _There,
        planned: _Planned,
    ) -> _Looked:
        child = self._child(row, one, there)
        wrong = list(one.problems)
        if isinstance(who, tuple) and not {"helper_id", "helper_phone"} & {p.field for p in wrong}:
            wrong.append(Problem(OF_HELPER[who[0]], who[1]))
        if isinstance(child, Problem) and not OF_CHILD & {p.field for p in one.problems}:
            wrong.append(child)
        if wrong or isinstance(who, tuple) or isinstance(child, Problem):
            return _Looked(one, Found(Verdict.faulty, tuple(wrong)))
        if isinstance(child, Found):
            return _Looked(one, child)
        return self._together(row, one, who, child, there, planned)

    def _child(self, row: Row, one: PairRow, there: _There) -> NamedFile | Found | Problem:
        """The file a row means; else what it may be, or what is wrong."""
        if one.child_index is not None:
            return _by_number(one, there)
        mine = [
            file
            for file in there.files.values()
            if (file.name, file.birth_date, file.village_id)
            == (one.child_name, one.birth, one.village_id)
        ]
        open_ = [file for file in mine if file.state is ChildState.open]
        if row.choice is Choice.same_person and row.chosen_id in {file.id for file in open_}:
            return next(file for file in open_ if file.id == row.chosen_id)
        if len(open_) > 1 and row.choice is not Choice.another:
            return Found(Verdict.double, candidates=tuple(file.id for file in open_))
        if len(open_) == 1:
            return open_[0]
        closed = bool(mine) and not open_
        fault = PairFault.child_closed if closed else PairFault.child_unknown
        return Problem("child_name", fault)

    def _together(
        self,
        row: Row,
        one: PairRow,
        who: Meant,
        child: NamedFile,
        there: _There,
        planned: _Planned,
    ) -> _Looked:
        key = crypto.blind_index("pair_before", f"{child.id}-{who.id}")
        known = there.between.get((who.id, child.id))
        if known is not None and known.living:
            found = Found(Verdict.same, key=key, candidates=(child.id,))
            return _Looked(one, found, child.id, who.id, known.id)
        wrong = Problem("helper_name", PairFault.ended) if known else None
        place = (child.id, one.kind)
        seats, places = planned.taken(row.line, who.id, place)
        standing = there.needs.get(place)
        if wrong is None and there.seats.get(who.id, 0) + seats >= who.capacity:
            wrong = Problem("helper_name", PairFault.helper_full, {"most": who.capacity})
        if wrong is None and standing is not None and standing.shared:
            wrong = Problem("kind", PairFault.shared)
        if wrong is None and places >= (standing.room if standing else MOST_DEMAND):
            wrong = Problem("child_name", PairFault.child_full)
        if wrong is not None:
            return _Looked(one, Found(Verdict.faulty, (wrong,), key))
        planned.hold(row.line, who.id, place)
        return _Looked(one, Found(Verdict.new, key=key), child.id, who.id)

    def take(self, rows: Sequence[Row], *, by: By) -> list[int | Found]:
        """Take rows over; see Reader."""
        looked = self._look(rows, _Planned())
        kids = children.many({one.child for one in looked if one.child})
        people = {h.id: h for h in helpers.several(one.helper for one in looked if one.helper)}
        return [_become(one, people, kids, by) for one in looked]


def _become(
    one: _Looked, people: Mapping[int, Helper], kids: Mapping[int, Child], by: By
) -> int | Found:
    if one.pairing or one.found.verdict is not Verdict.new:
        return one.pairing or one.found
    child, row = kids[one.child], one.row
    try:
        return bring_in(people[one.helper], [child], row.kind, row.since, by=by, form=row.form).id
    except Refusal as no:
        # Only this is found before anything is written; after anything else the part begins anew.
        if no.code is not PairingRefusal.helper_full:
            raise
        wrong = Problem("helper_name", no.code)
        return replace(one.found, verdict=Verdict.faulty, problems=(wrong,))


def _by_number(one: PairRow, there: _There) -> NamedFile | Problem:
    known = there.numbers.get(one.child_index or "")
    if known is None:
        return Problem("child_id", PairFault.child_unknown)
    file = there.files.get(known.id)
    if file is None:
        return Problem("child_id", PairFault.child_elsewhere)
    if file.name != one.child_name:
        return Problem("child_name", PairFault.child_name_differs)
    return file if file.state is ChildState.open else Problem("child_id", PairFault.child_closed)


class PairsBefore(LayoutImporter):
    """A list of pairs that lived before the portal."""

    kind = "pairs-before"
    columns = BEFORE
    title = _l("List of existing pairs")
    explained = _l(
        "Pairs that have lived before the portal go on: nothing opens by this, and each gets a day"
        " by which its papers are made up. Children and volunteers must be here already."
    )
    faults = (PairFault, ListFault, IdFault, PairingRefusal)
    key_field = "helper_name"
    at_once = 20
    apart = False

    def reader(self, batch: ImportBatch) -> BeforeReader:
        """Begin to read a list."""
        today = Today(clock.today(), bool(batch.options.get("invented")))
        return BeforeReader(batch.county_id, area(batch), today)

    def label(self, row: Row) -> str:
        """The child and the volunteer."""
        names = (row.cells.get("child_name"), row.cells.get("helper_name"))
        return " – ".join(name for name in names if name)

    def candidates(self, ids: Sequence[int], actor: Actor) -> list[Candidate]:
        """Files of ours."""
        return candidates(ids, actor)
