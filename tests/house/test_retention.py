"""Every column of personal data belongs to a class with a time; what the papers say of it is so;
and clearing leaves none of it.
"""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import Column, select

from jiedui.children import queries as children
from jiedui.children.rules import ClearedFor
from jiedui.core import db, words
from jiedui.core.actors import SYSTEM
from jiedui.core.i18n import force_locale
from jiedui.core.resealing import sealed_columns
from jiedui.factory import tables
from jiedui.files import actions
from jiedui.oversight.actions.running import GO, LOSE
from jiedui.oversight.queries.due import SINCE
from jiedui.oversight.rules import FILES, HOLDINGS, TERMS, DataClass
from tests.builders import closed
from tests.house.tree import ROOT

assert tables.ALL
# Fingerprints and dates by which a person can be found, though they are not sealed.
MARKS = re.compile(r"(_index|_date|fingerprint|password_hash|digest)$")
# Where a try to sign in came from, as a fingerprint.
BESIDE = {"sign_in_try.address"}


def personal(column: Column[object]) -> bool:
    """Whether a column holds what somebody could be told by."""
    name = f"{column.table.name}.{column.name}"
    sealed = isinstance(column.type, db.Sealed)
    return sealed or bool(MARKS.search(column.name)) or name in BESIDE


def test_every_personal_column_has_its_class() -> None:
    """A new sealed column without a class fails here, and so does a class for no column."""
    there = {
        f"{table.name}.{column.name}"
        for table in db.Base.metadata.sorted_tables
        for column in table.columns
        if personal(column)
    }
    assert {f"{one.table}.{one.name}" for one in sealed_columns()} <= there
    assert there - HOLDINGS.keys() == set()
    assert HOLDINGS.keys() - there == set()


def test_every_class_is_cleared_by_something() -> None:
    """One by one, as rows, by losing its words, or by the room that has it (sheets)."""
    done = {*FILES, *GO, *LOSE, DataClass.sheet, DataClass.record}
    assert done == set(DataClass)
    assert set(SINCE) == done - {DataClass.deletion, DataClass.sheet, DataClass.record}
    assert set(TERMS) == set(DataClass)


def test_a_cleared_file_leaves_nothing_in_its_columns(app: Flask) -> None:
    """Each column of the class, row by row: empty, or nothing but emptiness sealed. A column that
    is forgotten in an act of clearing fails here, whatever it holds."""
    kept = closed.closed_file()
    with db.write():
        actions.clear_file(children.get(kept.child), ClearedFor.term_over, by=SYSTEM)
    for_good = {DataClass.child_file, DataClass.paper, DataClass.scan}
    held = [name.split(".") for name, data in HOLDINGS.items() if data in for_good]
    left = []
    with db.read():
        for table, column in held:
            cell = db.Base.metadata.tables[table].c[column]
            for value in db.session.scalars(select(cell)):
                if not _empty(table, column, value):
                    left.append((table, column, value))
    assert left == []


def _empty(table: str, column: str, value: object) -> bool:
    if column == "birth_date":
        return value is None or str(value).endswith("-01-01")
    if (table, column) == ("file_past", "facts"):
        return not value["name"] and not value["evidence"] and not value["address"]  # type: ignore[index]
    return value in (None, "", {}, [], db.GONE)


def test_the_paper_has_the_times_as_they_come() -> None:
    """The table of docs/data-protection.md is the code's, line by line."""
    text = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
    for line in lines():
        assert line in text
    assert text.count("\n| `") == len(DataClass)


def lines() -> list[str]:
    """The table as the paper has it."""
    return [_line(data) for data in DataClass]


def _line(data: DataClass) -> str:
    term = TERMS[data]
    with force_locale("en"):
        what, since, law = (words.label(one) for one in (data, term.since, term.law))
    time = f"{term.amount} {term.unit.value} after {since}"
    if data is DataClass.deletion:
        time = f"until {since}"
    if data is DataClass.record:
        time = f"at least {term.amount} days"
    limits = "fixed" if term.fixed else f"{term.floor} to {term.most} {term.unit.value}"
    return f"| `{data.value}` | {what} | {time} | {limits} | {law} |"
