"""docs/data-protection.md says the truth: every column has one class, every role its line, every
duty its place and its test.

Seen to fail: a column `nickname` added to the children's table, a column that became db.Sealed, a
class for a column that is gone, a role left out, a test that was named otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jiedui.access.rules import Office, Role
from jiedui.core import db
from jiedui.factory import create_app
from jiedui.oversight.rules import HOLDINGS
from tests.house import papers

assert create_app  # with it every room's tables are known
PAPER = papers.paper("data-protection.md")
CLASSES = ("public", "internal", "sensitive", "sealed")
# Numbers of things, who did it and when: internal wherever nothing else is said.
PLAIN = re.compile(r"(?:id|version|at|by_account|.*_(?:id|at|by))")
Column = tuple[str, str]


def said() -> Iterator[tuple[Column, str]]:
    """Each column of the paper's table with its class."""
    for table, *cells in _tables():
        for kind, names in zip(CLASSES, cells, strict=True):
            yield from (((table, name), kind) for name in names.split())


def _tables() -> list[list[str]]:
    found = papers.rows(papers.section(PAPER, "Classes of fields"))
    return [row for row in found if len(row) == 1 + len(CLASSES)]


def columns() -> dict[Column, bool]:
    """Every column there is, and whether its values lie sealed."""
    return {
        (table.name, column.name): isinstance(column.type, db.Sealed | db.SealedBytes)
        for table in db.Base.metadata.sorted_tables
        for column in table.columns
    }


def test_every_column_has_one_class() -> None:
    """A new column without a class, or one in two classes, is named here."""
    there, classed = columns(), Counter(column for column, _kind in said())
    needing = {column for column in there if not PLAIN.fullmatch(column[1])}
    assert needing - classed.keys() == set(), "a class is missing in docs/data-protection.md"
    assert classed.keys() - there.keys() == set(), "there is no such column"
    assert [column for column, times in classed.items() if times > 1] == []


def test_every_table_stands_once_in_order() -> None:
    """Also one that holds nothing but numbers of things."""
    assert [row[0] for row in _tables()] == sorted(table for table in db.Base.metadata.tables)


def test_sealed_is_what_lies_sealed() -> None:
    """The paper and the types of the columns agree in both directions."""
    sealed = {column for column, kind in said() if kind == "sealed"}
    assert sealed == {column for column, lies_sealed in columns().items() if lies_sealed}


def test_fingerprints_and_birth_dates_are_never_internal() -> None:
    """By these somebody can be found."""
    found = re.compile(r".*(?:_index|fingerprint|_hash|digest|birth_date)")
    kinds = dict(said())
    assert {kinds[c] for c in columns() if found.fullmatch(c[1])} == {"sensitive"}


def test_what_is_cleared_in_its_time_says_something_of_a_person() -> None:
    """The classes by time (oversight) hold nothing that is public or internal here."""
    kinds = {f"{table}.{column}": kind for (table, column), kind in said()}
    assert {kinds[name] for name in HOLDINGS} == {"sensitive", "sealed"}
    sealed = {name for name, kind in kinds.items() if kind == "sealed"}
    assert sealed - HOLDINGS.keys() == set()


def test_every_role_and_office_has_its_line() -> None:
    """By the word that stands in the policy; none that does not exist."""
    heads = " ".join(row[0] for row in papers.rows(papers.section(PAPER, "Roles")))
    named = Counter(re.findall(r"`(\w+)`", heads))
    assert named.keys() == {one.value for one in (*Role, *Office)}
    assert {name for name, times in named.items() if times > 1} == {"coordinator"}


def test_what_the_paper_names_is_there() -> None:
    """Files, and tests by name."""
    assert papers.missing_tests(PAPER) == []
    assert papers.missing_files(PAPER) == []


def test_every_duty_is_shown_or_said_to_be_missing() -> None:
    """A duty without a test says that it is not met."""
    duties = list(papers.rows(papers.section(PAPER, "Duties by law")))
    assert len(duties) > 20
    for law, _asks, where, shown in duties:
        assert papers.TEST.search(shown) or "not met" in where, law
