"""Names people search by. Nothing of a name lies in the clear in the database: each process keeps
the opened names of open files in memory and opens again only what has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.children.queries.ledger import id_index, visible_to, whole
from jiedui.children.rules import ChildState
from jiedui.core import db
from jiedui.core.resident_id import tidy
from jiedui.core.sounds import syllables as syllables_of

FOUND_AT_MOST = 20


@dataclass(frozen=True)
class _Name:
    version: int
    name: str
    pinyin: str
    initials: str


_books: WeakKeyDictionary[db.Database, dict[int, _Name]] = WeakKeyDictionary()
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
    book, found = _book(), []
    inside = select(Child.id).where(visible_to(actor), Child.state == ChildState.open)
    for child_id in db.session.scalars(inside.order_by(Child.id)):
        one = book.get(child_id)
        if one is not None and _fits(one, wanted):
            found.append(child_id)
    whole_names = [i for i in found if book[i].name == wanted]
    return (whole_names + [i for i in found if i not in set(whole_names)])[:FOUND_AT_MOST]


def _fits(one: _Name, wanted: str) -> bool:
    return wanted in one.name or one.pinyin.startswith(wanted) or one.initials == wanted


def _book() -> dict[int, _Name]:
    """The names of open files, brought up to date."""
    with _turning:
        book = _books.setdefault(db.database(), {})
        rows = select(Child.id, Child.version).where(Child.state == ChildState.open)
        versions = {row.id: row.version for row in db.session.execute(rows)}
        for gone in book.keys() - versions.keys():
            del book[gone]
        stale = [i for i, v in versions.items() if i not in book or book[i].version != v]
        for start in range(0, len(stale), 500):
            part = Child.id.in_(stale[start : start + 500])
            names = db.session.execute(select(Child.id, Child.version, Child.name).where(part))
            book.update({i: _opened(version, name) for i, version, name in names})
        return book


def sounds(ids: Iterable[int]) -> dict[str, list[int]]:
    """Open files among these, grouped by the sound of the child's name."""
    book, found = _book(), defaultdict(list)
    for child_id in ids:
        if child_id in book:
            found[book[child_id].pinyin].append(child_id)
    return dict(found)


def sound(name: str) -> str:
    """A name in pinyin without tones."""
    return "".join(syllables_of(name)).lower()


def _opened(version: int, name: str) -> _Name:
    syllables = syllables_of(name)
    return _Name(
        version, name.lower(), "".join(syllables).lower(), "".join(s[0] for s in syllables).lower()
    )
