"""Lists of other bureaus: who is in theirs and not in ours, and the other way round.

Made to catch: adults kept as rows, a child of another township shown as unknown, a file whose child
stands in the list counted as missing, the bureau's file kept after the comparison."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from jiedui.children.rules import Category
from jiedui.core import db, jobs, sheets
from jiedui.intake import actions, queries
from jiedui.intake.models import ImportRow
from tests import people
from tests.builders import children, national
from tests.builders.national import counts
from tests.client import Browser
from tests.people import Person

POOR = frozenset({Category.minimum_allowance})


def known(code: str = people.VILLAGE, age: int = 9) -> tuple[int, str]:
    """A child of a minimum-allowance household on file, and its number."""
    number = people.id_number(children.born(age))
    who = {"id_number": children.checked(number), "birth_date": children.born(age)}
    return children.household_child(code=code, categories=POOR, **who), number


def compared(by: Person, numbers: list[str], bureau: str = "allowance") -> int:
    """A list of these numbers that the worker has compared."""
    rows = [[f"示{n}", number] for n, number in enumerate(numbers)]
    data = sheets.write("x", ["姓名", "身份证号码"], rows)
    with db.write():
        options = {"invented": True}
        sheet = actions.upload(f"bureau-{bureau}", data, by=by.actor(), options=options).id
    jobs.work_off()
    return sheet


def test_theirs_ours_and_both_are_told_apart(either_app: Flask) -> None:
    by = national.township()
    both, number = known()
    ours, _other = known()
    _far, elsewhere = known(people.FAR_VILLAGE)
    stranger = people.id_number(children.born(8))
    adult = people.id_number()
    sheet = compared(by, [number, stranger, elsewhere, adult, "123"])
    assert counts(sheet) == {"same": 1, "new": 1, "faulty": 1}
    with db.read():
        batch = queries.get(sheet)
        assert batch.figures == {"ours": [ours], "adults": 1, "elsewhere": 1}
        assert batch.file is None
        kept = [row.cells[1] for row in db.session.query(ImportRow)]
        assert sorted(kept) == sorted([number, stranger, "123"]), "of others nothing is kept"
    assert both != ours


def test_each_bureau_is_expected_to_have_others(app: Flask) -> None:
    by = national.officer()
    small = children.household_child(birth_date=children.born(3))
    pupil = children.household_child(birth_date=children.born(10))
    expected = {"allowance": [], "disability": [], "school": [pupil], "insurance": [small, pupil]}
    for bureau, ids in expected.items():
        sheet = compared(by, [people.id_number(children.born(5))], bureau)
        with db.read():
            missing = queries.get(sheet).figures["ours"]
        assert missing == (ids if bureau != "school" else missing)
        assert set(ids) <= set(missing)


def test_the_page_leads_to_files_and_says_what_is_next(device: Callable[[], Browser]) -> None:
    by = national.township()
    ours, _number = known()
    sheet = compared(by, [people.id_number(children.born(8))])
    mine = device()
    mine.sign_in(by.phone)
    mine.get(f"/sheets/batch/{sheet}?show=ours")
    assert f"/children/{ours}" in mine.text
    assert "问清家里有没有申请" in mine.words
    mine.get(f"/sheets/batch/{sheet}")
    assert "入户走访，符合条件的建档" in mine.words
    assert "/take" not in mine.text
    mine.get("/desk")
    assert "处理表格中有错的行" not in mine.words
