"""What has changed goes back to the national system in its own layout, and its answers are kept.

Made to catch: a field the national system had already (base ignored), a second file for a child
that waits for an answer, an answer that left the copy as it was, a word of theirs replaced by ours
where nothing had changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from jiedui.children import actions, queries
from jiedui.children.actions import returns
from jiedui.children.exchange import NATIONAL, differences, shown
from jiedui.children.models import Child
from jiedui.children.rules import CloseReason, ReturnState
from jiedui.core import db, jobs, sheets
from jiedui.core.errors import Refusal
from jiedui.core.sheets import LARGE
from jiedui.intake import actions as intake
from jiedui.intake import queries as brought
from tests import people
from tests.builders import children, national
from tests.builders.national import counts, problems, row, take, uploaded
from tests.client import Browser
from tests.people import Person


def taken(by: Person, **over: Any) -> tuple[dict[str, Any], int]:
    """A row that was taken over, and the id of its file."""
    said = row(**over)
    take(uploaded([said], by), by)
    with db.read():
        return said, child_of(said).id


def child_of(said: dict[str, Any]) -> Child:
    """The file of a row (inside a transaction)."""
    found = queries.by_id_number(people.region(people.COUNTY).id, said["id_number"])
    assert found is not None
    return found


def move(number: int, by: Person, **over: Any) -> None:
    """Other details of a child, said by somebody here."""
    with db.write():
        child = queries.get(number)
        known = {n: getattr(child.detail, n) for n in ("ethnicity", "registered", "rural")}
        said = actions.DetailSaid(**known, address=child.household.address)
        actions.change_detail(child, replace(said, **over), by=by.actor())


def sent(by: Person) -> tuple[int, list[list[str]]]:
    """Make a file of all changes, which a second person agrees to; its number, and the file as a
    table."""
    second = national.officer()
    with db.write():
        who = by.actor()
        made = returns.send_back(queries.changed_ids(who.scope), by=who)
        with pytest.raises(Refusal, match="not agreed"):
            returns.return_file(made, by=who)
        with pytest.raises(Refusal, match="own request"):
            returns.agree_return(made, by=who)
        returns.agree_return(made, by=second.actor())
        data = returns.return_file(made, by=who)
        return made.id, sheets.read(data, LARGE)


def replied(by: Person, rows: list[list[str]]) -> int:
    """A sheet of answers that the worker has taken over."""
    data = sheets.write("x", ["姓名", "身份证号码", "受理结果", "退回原因"], rows)
    with db.write():
        options = {"invented": True}
        number = intake.upload("national-reply", data, by=by.actor(), options=options).id
    jobs.work_off()
    if all(v in ("changed", "same") for v in counts(number)):
        with db.write():
            intake.take_over(brought.get(number), without_faulty=False, by=by.actor())
        jobs.work_off()
    return number


def test_what_was_just_taken_over_does_not_go_back(app: Flask) -> None:
    by = national.officer()
    _said, number = taken(by)
    with db.write():
        assert queries.changed_ids(by.actor().scope) == []
        with pytest.raises(Refusal, match="nothing to send"):
            returns.send_back([number], by=by.actor())


def test_only_what_changed_goes_back_and_the_rest_as_it_came(either_app: Flask) -> None:
    by = national.officer()
    said, number = taken(by, school="辍学", year="")
    move(number, by, address="新家五组", rural=True)
    with db.read():
        (one,) = differences(queries.changed_ids(by.actor().scope))
        assert one.fields == ("address",)
    _made, table = sent(by)
    line = dict(zip(table[0], table[1], strict=False))
    assert table[0][: len(NATIONAL.columns)] == [c.head for c in NATIONAL.columns]
    assert line["现住址"] == "新家五组"
    assert line["就学状况"] == "辍学", "their own word, where nothing changed"
    assert line["填表人"] == "填表员"
    assert line["身份证号码"] == said["id_number"]


def test_a_child_that_was_put_on_file_here_goes_back_whole(app: Flask) -> None:
    by = national.officer()
    number = people.id_number(children.born(9))
    new = children.household_child(id_number=children.checked(number), birth_date=children.born(9))
    with db.read():
        assert queries.changed_ids(by.actor().scope) == [new]
    _made, table = sent(by)
    line = dict(zip(table[0], table[1], strict=False))
    assert line["身份证号码"] == number
    assert line["受委托人姓名"] == "示奶奶"
    assert line["乡镇（街道）"] == "北东山镇"


def test_a_closed_file_goes_back_with_its_reason(app: Flask) -> None:
    by = national.officer()
    said, number = taken(by)
    with db.write():
        actions.close_child(queries.get(number), CloseReason.moved_away, by=by.actor())
    _made, table = sent(by)
    assert dict(zip(table[0], table[1], strict=False))["退出原因"] == "转出"
    assert said["name"] in table[1]


def test_answers_are_kept_and_what_was_refused_waits_again(app: Flask) -> None:
    by = national.officer()
    first, one = taken(by)
    second, two = taken(by)
    move(one, by, address="甲"), move(two, by, address="乙")
    made, _table = sent(by)
    with db.read():
        assert queries.changed_ids(by.actor().scope) == [], "an answer is awaited"
    sheet = replied(
        by,
        [
            [first["name"], first["id_number"], "通过", ""],
            [second["name"], second["id_number"], "退回", "住址不规范"],
        ],
    )
    assert counts(sheet) == {"changed": 2}
    with db.read():
        states = queries.return_counts([made])[made]
        assert states == {ReturnState.accepted: 1, ReturnState.refused: 1}
        assert [r.reason for r in queries.refused_rows(made)] == ["住址不规范"]
        assert queries.changed_ids(by.actor().scope) == [two]
        assert queries.copies([one])[one].line["address"] == "甲"
    again = uploaded([first | {"address": "甲"}], by)
    assert counts(again) == {"same": 1}


def test_an_answer_to_nothing_is_named(app: Flask) -> None:
    by = national.officer()
    said, _number = taken(by)
    sheet = replied(by, [["示", said["id_number"], "通过", ""], ["示", "1", "行", ""]])
    assert problems(sheet) == [(2, "id_number", "nothing sent"), (3, "id_number", "length")]


def test_the_page_to_copy_from_stands_in_the_national_order(device: Callable[[], Browser]) -> None:
    by = national.township()
    _said, number = taken(by)
    move(number, by, address="新家五组")
    with db.read():
        cells = shown(queries.get(number))
        heads = [c.head for c in NATIONAL.columns]
        assert [heads.index(head) for _f, head, _t, _d in cells] == sorted(
            heads.index(head) for _f, head, _t, _d in cells
        )
        assert [field for field, _h, _t, differs in cells if differs] == ["address"]
    mine = device()
    mine.sign_in(by.phone)
    mine.get("/children/national")
    assert "现住址" in mine.words
    mine.get(f"/children/{number}/national")
    assert 'value="新家五组" readonly' in mine.text
    numbers = [text for field, _h, text, _d in cells if field.endswith("id_number")]
    assert numbers
    assert all(
        "*" in text for text in numbers
    )  # never whole on a page: for a reason, or in the file
    assert mine.text.count("data-copies=") == len(cells) - len(numbers)
    mine.press("/children/national", "/children/national", follow=True)
    assert "R-0001" in mine.words
    assert "需要另一人审批" in mine.words
    assert "/children/national/1/file" not in mine.text
    second = device()
    second.sign_in(national.township().phone)
    second.get("/desk")
    assert "R-0001" in second.words
    second.press("/children/national/1", "/children/national/1/agree", follow=True)
    assert "已同意" in second.words
    page = mine.press("/children/national/1", "/children/national/1/file")
    assert page.content_type == sheets.XLSX
