"""Sealing again, with the present key, what older keys have sealed: then an older key can go.

Only the wrapping changes: no value is read by anybody, none becomes another. A part of some hundred
rows is one short act, so people work on meanwhile; a row that somebody changed in between is
left alone, because it was sealed anew then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import column, func, literal, select, table, tuple_, update
from sqlalchemy.sql.expression import TableClause

from jiedui.core import crypto, db, sealed_file
from jiedui.core.spool import waiting

PART = 500


@dataclass(frozen=True)
class SealedColumn:
    """A column whose values lie sealed, and for which purpose."""

    table: str
    keys: tuple[str, ...]
    name: str
    purpose: str

    @cached_property
    def bare(self) -> TableClause:
        """The table without its types: what lies there as it lies there."""
        return table(self.table, *(column(one) for one in (*self.keys, self.name)))


def sealed_columns() -> Iterator[SealedColumn]:
    """Every such column there is, table by table."""
    for one in db.Base.metadata.sorted_tables:
        keys = tuple(key.name for key in one.primary_key)
        for each in one.columns:
            if isinstance(each.type, db.Sealed | db.SealedBytes):
                yield SealedColumn(one.name, keys, each.name, each.type.purpose)


def reseal() -> int:
    """Seal everything in the database with the present key; returns how many values were sealed
    anew. May be stopped at any moment and called again."""
    return sum(_reseal_column(one) for one in sealed_columns())


def _reseal_column(one: SealedColumn) -> int:
    total = 0
    last: tuple[object, ...] | None = None
    while True:
        with db.write():
            rows = _sealed_before(one, last)
            for row in rows:
                _seal_anew(one, row[:-1], row[-1])
        total += len(rows)
        if len(rows) < PART:
            return total
        last = rows[-1][:-1]


def _sealed_before(one: SealedColumn, last: tuple[object, ...] | None) -> list[tuple[Any, ...]]:
    """The next rows, by key, whose value an older key has sealed."""
    bare = one.bare
    order, value = [bare.c[key] for key in one.keys], bare.c[one.name]
    mark = crypto.ring().current.to_bytes(2, "big")
    found = select(*order, value).where(value.is_not(None), func.substr(value, 1, 2) != mark)
    if last is not None:
        found = found.where(tuple_(*order) > tuple_(*(literal(part) for part in last)))
    found = found.order_by(*order).limit(PART)
    return [tuple(row) for row in db.session.execute(found)]


def _seal_anew(one: SealedColumn, key: tuple[object, ...], value: bytes) -> None:
    bare = one.bare
    fresh = crypto.seal(one.purpose, crypto.unseal(one.purpose, bytes(value)))
    same = [bare.c[name] == part for name, part in zip(one.keys, key, strict=True)]
    as_it_was = bare.c[one.name] == value
    db.session.execute(update(bare).where(*same, as_it_was).values({one.name: fresh}))


def sealed_with() -> Counter[int]:
    """How many values of the database each key has sealed."""
    counted: Counter[int] = Counter()
    with db.read():
        for one in sealed_columns():
            first = func.substr(one.bare.c[one.name], 1, 2)
            found = select(first, func.count()).where(one.bare.c[one.name].is_not(None))
            for mark, count in db.session.execute(found.group_by(first)):
                counted[int.from_bytes(bytes(mark), "big")] += count
    return counted


def copies_sealed_with(folder: Path, number: int) -> list[str]:
    """The copies in a folder, and reports that wait as files, that only this key opens."""
    found = [p for p in folder.glob("*.sealed") if sealed_file.key_of(p) == number]
    return sorted(p.name for p in (*found, *_spooled(number)))


def _spooled(number: int) -> list[Path]:
    return [p for p in waiting() if int.from_bytes(p.read_bytes()[:2], "big") == number]
