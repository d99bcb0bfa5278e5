"""Names people search by. Nothing of a name lies in the clear in the database: each process keeps
the opened names of open files in memory and opens again only what has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, select

from jiedui.access.rules import Actor
from jiedui.children.models import Child, FilePast
from jiedui.children.queries.ledger import granted_ids, id_index, visible_to, whole
from jiedui.children.rules import ChildState
from jiedui.core import clock, db
from jiedui.core.resident_id import tidy
from jiedui.core.sounds import syllables as syllables_of
from jiedui.regions import queries as regions

FOUND_AT_MOST = 20
PART = 500
# Two acts at once may be committed in another order than their rows were numbered.
LATE = 1_000
WHOLE_EVERY = timedelta(hours=1)


@dataclass(slots=True)
class _Name:
    version: int
    village_id: int
    name: str
    pinyin: str
    initials: str

    def is_whole(self, wanted: str) -> bool:
        return self.name == wanted

    def fits(self, wanted: str) -> bool:
        return wanted in self.name or self.pinyin.startswith(wanted) or self.initials == wanted


class _Book:
    """The names of open files, by child and by village. A village's names in one text tell at once
    whether any of them can fit."""

    def __init__(self) -> None:
        self.names: dict[int, _Name] = {}
        self.villages: defaultdict[int, dict[int, _Name]] = defaultdict(dict)
        self.texts: dict[int, str] = {}
        self.mark, self.whole_at = 0, datetime.min

    def turn(self) -> None:
        """Bring it up to date. Every change of a file leaves a row of its past: only files with
        new rows are looked at; once in a while all are."""
        mark = db.session.scalar(select(func.max(FilePast.id))) or 0
        now = clock.now().replace(tzinfo=None)
        if now - self.whole_at > WHOLE_EVERY:
            self._look_at_all()
            self.whole_at = now
        elif mark != self.mark:
            rows = select(FilePast.child_id).where(FilePast.id > self.mark - LATE).distinct()
            self._look_at(list(db.session.scalars(rows)))
        self.mark = mark

    def _look_at_all(self) -> None:
        rows = select(Child.id, Child.version).where(Child.state == ChildState.open)
        versions = _versions(rows)
        self._forget(self.names.keys() - versions.keys())
        self._open([i for i, v in versions.items() if self._version(i) != v])

    def _look_at(self, ids: list[int]) -> None:
        for start in range(0, len(ids), PART):
            part = set(ids[start : start + PART])
            mine = (Child.id.in_(part), Child.state == ChildState.open)
            versions = _versions(select(Child.id, Child.version).where(*mine))
            self._forget(part - versions.keys())
            self._open([i for i, v in versions.items() if self._version(i) != v])

    def _version(self, child_id: int) -> int | None:
        one = self.names.get(child_id)
        return None if one is None else one.version

    def _forget(self, ids: Iterable[int]) -> None:
        for child_id in list(ids):
            one = self.names.pop(child_id, None)
            if one is not None:
                del self.villages[one.village_id][child_id]
                self.texts.pop(one.village_id, None)

    def _open(self, ids: list[int]) -> None:
        for start in range(0, len(ids), PART):
            part = ids[start : start + PART]
            self._forget(part)
            wanted = select(Child.id, Child.version, Child.village_id, Child.name)
            for row in db.session.execute(wanted.where(Child.id.in_(part))):
                child_id, one = row.id, _opened(row.version, row.village_id, row.name)
                self.names[child_id] = one
                self.villages[one.village_id][child_id] = one
                self.texts.pop(one.village_id, None)

    def found(self, wanted: str, villages: Iterable[int], ids: Iterable[int]) -> Iterator[int]:
        """Whoever fits among these and in these villages, once each; whole names first. Who wants
        a few of a family name that thousands have need not wait for all of them."""
        near = {i: self.names[i] for i in ids if i in self.names}
        there = [v for v in villages if wanted in self._text(v)]
        whole = [self.villages[v] for v in there if f"\n{wanted}\t" in self._text(v)]
        groups = [self.villages[v] for v in there]
        told = set()
        for fits, among in ((_Name.is_whole, [near, *whole]), (_Name.fits, [near, *groups])):
            for child_id, one in ((i, one) for names in among for i, one in names.items()):
                if fits(one, wanted) and child_id not in told:
                    told.add(child_id)
                    yield child_id

    def _text(self, village: int) -> str:
        if village not in self.texts:
            names = self.villages[village].values() if village in self.villages else ()
            lines = (f"\n{n.name}\t{n.pinyin}\t{n.initials}" for n in names)
            self.texts[village] = "".join(lines)
        return self.texts[village]


_books: WeakKeyDictionary[db.Database, _Book] = WeakKeyDictionary()
_turning = Lock()


def search(actor: Actor, text: str) -> list[Child]:
    """Children in scope by name, pinyin, initials, file number or whole ID number; at most
    twenty, whole names first."""
    wanted = "".join(text.lower().split())
    if not wanted:
        return []
    found = select(Child).where(visible_to(actor), Child.state == ChildState.open)
    number = wanted.removeprefix("c-")
    if number.isdigit() and len(number) < 10:
        return list(db.session.scalars(whole(found.where(Child.id == int(number)))))
    if len(tidy(text)) == 18:
        return list(db.session.scalars(whole(found.where(Child.id_index == id_index(tidy(text))))))
    hits = _hits(actor, wanted)
    children = db.session.scalars(whole(found.where(Child.id.in_(hits))))
    return sorted(children, key=lambda child: (child.name != wanted, child.id))


def _hits(actor: Actor, wanted: str) -> list[int]:
    reach = list(db.session.scalars(regions.ids_within(actor.scope)))
    with _turning:
        return list(islice(_turned().found(wanted, reach, granted_ids(actor)), FOUND_AT_MOST))


def _turned() -> _Book:
    book = _books.get(db.database())
    if book is None:
        book = _books[db.database()] = _Book()
    book.turn()
    return book


def load_names() -> int:
    """Open the names before anybody searches; returns how many there are."""
    with _turning:
        return len(_turned().names)


def sounds(ids: Iterable[int]) -> dict[str, list[int]]:
    """Open files among these, grouped by the sound of the child's name."""
    found = defaultdict(list)
    with _turning:
        names = _turned().names
        for child_id in ids:
            if child_id in names:
                found[names[child_id].pinyin].append(child_id)
    return dict(found)


def _versions(found: Select[int, int]) -> dict[int, int]:
    return {row.id: row.version for row in db.session.execute(found)}


def sound(name: str) -> str:
    """A name in pinyin without tones."""
    return "".join(syllables_of(name)).lower()


def _opened(version: int, village_id: int, name: str) -> _Name:
    syllables = syllables_of(name)
    sounding, initials = "".join(syllables).lower(), "".join(s[0] for s in syllables).lower()
    return _Name(version, village_id, name.lower(), sounding, initials)
