"""The quarter's statement: counted by hand here, read on the page, in Word and in Excel.

Made to catch: a figure of the national definition taken from the plan's (stock), a statement before
the first working day (_there), a township that has not signed in the sum (of_quarter), a child that
left after the quarter counted in it (count), a cell that Excel takes for a formula (sheets.book).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from jiedui.access.rules import Office, Role
from jiedui.care.queries import reviews, statement
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import Category, CloseReason, Disability, Relation, RiskLevel, Unable
from jiedui.core import db, sheets
from jiedui.core.resident_id import Sex
from jiedui.core.sheets import Page
from tests import people
from tests.builders import children as kids
from tests.builders import reviews as quarterly
from tests.builders.reviews import on
from tests.client import Browser
from tests.people import Person


@dataclass
class County:
    """Who looks at the statement, and the files it counts."""

    app: Flask
    director: Person
    supervisor: Person
    other: Person
    leader: Person
    files: dict[str, int]

    def at(self, person: Person) -> Browser:
        """Somebody's device after signing in."""
        device = Browser(self.app)
        device.sign_in(person.phone)
        return device


def _mother(**over: Any) -> ledger.GuardianSaid:
    return kids.father(relation=Relation.mother, name="示秋月", **over)


def _away() -> dict[str, Any]:
    return {"away_since": date(2025, 2, 1), "beyond_county": True}


@pytest.fixture
def county(app: Flask) -> Iterator[County]:
    """In the first township four files of the spring, and one of the other township."""
    with on(2026, 3, 2):
        director, far = kids.director(), kids.director(people.FAR_VILLAGE)
        files = {
            # Nationally left behind, too: rural, both parents far away since long.
            "both": kids.household_child(
                director, birth_date=date(2016, 5, 1),
                guardians=(kids.father(**_away()), _mother(**_away()), kids.grandmother()),
                risk=RiskLevel.yellow,
            ),
            # By the plan only: the mother is at home.
            "one": kids.household_child(
                director, guardians=(kids.father(**_away()), _mother(away=False, is_carer=True)),
                birth_date=date(2014, 5, 1), sex=Sex.male,
                categories=frozenset({Category.minimum_allowance, Category.seriously_ill}),
            ),
            # Nothing is known of the mother: not known nationally.
            "unknown": kids.household_child(
                director, guardians=(kids.father(**_away()), kids.grandmother()),
                birth_date=date(2011, 5, 1),
            ),
            # Nobody is away; poor.
            "poor": kids.household_child(
                director, guardians=(
                    kids.father(away=False, is_carer=True), _mother(away=False),
                ),
                birth_date=date(2019, 5, 1), categories=frozenset({Category.minimum_allowance}),
            ),
            "far": kids.household_child(far, code=people.FAR_VILLAGE),
        }  # fmt: skip
        with db.write():
            child = children.get(files["both"])
            said = ledger.DetailSaid(rural=True)
            ledger.change_detail(child, said, by=director.actor())
        found = County(
            app=app,
            director=director,
            supervisor=people.appoint(Role.township_supervisor, people.TOWNSHIP),
            other=people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP),
            leader=people.appoint(Role.leader),
            files=files,
        )
    with on(2026, 4, 1):
        quarterly.morning()
        yield found


def quarter_two(county: County) -> None:
    """One comes, one leaves, all is confirmed; on 28 June the first township signs off."""
    with on(2026, 6, 28):
        new = kids.household_child(county.director, name="示新来")
        quarterly.morning()
        with db.write():
            gone = children.get(county.files["poor"])
            ledger.close_child(gone, CloseReason.moved_with_parents, by=county.director.actor())
        quarterly.confirm_all(county.director)
        quarterly.sign(county.supervisor)
    county.files["new"] = new


HAND = {
    "on file": 4, "plan": 4, "national": 1, "difficulty": 1,
    "no:national": 1, "unknown:national": 2,
    "category:left_behind": 4, "category:minimum_allowance": 1, "category:seriously_ill": 1,
    "on file:sex:f": 3, "on file:sex:m": 1, "national:sex:f": 1, "difficulty:sex:m": 1,
    "on file:risk:yellow": 1, "on file:risk:green": 3, "plan:risk:yellow": 1,
    "on file:care:parent": 1, "on file:care:grandparent": 3,
    "on file:age:6-11": 2, "on file:age:12-13": 1, "on file:age:14-15": 1,
    "came:new": 1, "left:moved_with_parents": 1, "reviewed": 5, "reviewed:on time": 5,
}  # fmt: skip


def test_the_sign_off_stores_what_a_hand_counts(county: County) -> None:
    quarter_two(county)
    with on(2026, 7, 1), db.read():
        region = people.region(people.TOWNSHIP)
        found = statement.of_quarter(region, reviews.current().before)
        figures = dict(found.total)
        assert {name: figures.get(name, 0) for name in HAND} == HAND
        assert sum(n for name, n in figures.items() if name.startswith("why:national:")) == 2


def test_it_is_there_from_the_first_working_day_and_says_who_is_missing(county: County) -> None:
    quarter_two(county)
    with on(2026, 6, 30):
        desk = county.at(county.leader)
        desk.get("/statement?quarter=2026-2")
        assert "quarter=2026-2" not in desk.text or "导出 Word" not in desk.words
        desk.get(f"/statement/{_id(people.COUNTY)}?quarter=2026-2")
        assert "本季度报表从2026年7月1日 周三起可以查看" in desk.words
        path = f"/statement/{_id(people.COUNTY)}/docx?quarter=2026-2"
        assert desk.get(path).status_code == 404
    with on(2026, 7, 1):
        desk = county.at(county.leader)
        desk.get("/statement")
        assert "2026年第2季度" in desk.words
        assert "根据 2 个乡镇中 1 个乡镇的签字数汇总" in desk.words
        assert "尚未签字、未计入" in desk.words
        assert "国发〔2016〕13号第一部分" in desk.words
        assert "示" not in desk.words.replace("显示", "").replace("示例", "").replace("提示", "")


def _id(code: str) -> int:
    with db.read():
        return people.region(code).id


def test_a_quarter_that_ends_before_a_holiday_waits_for_the_first_working_day() -> None:
    read = statement.ready_on
    assert read(reviews.Quarter(2026, 1)) == date(2026, 4, 1)
    assert read(reviews.Quarter(2026, 3)) >= date(2026, 10, 8)  # National Day


def test_a_late_sign_off_counts_the_quarter_and_not_what_came_after(county: County) -> None:
    quarter_two(county)
    with on(2026, 9, 30, 1):
        quarterly.morning()
    with on(2026, 10, 6):
        kids.household_child(county.director)
        with db.write():
            one = children.get(county.files["one"])
            ledger.close_child(one, CloseReason.adopted, by=county.director.actor())
            review = reviews.of_quarter(one.county_id and f"{one.county_id}/", _third())[0]
            for row in _rows(review):
                if row.waits:
                    quarterly.actions.confirm(row.file, by=county.director.actor())
            quarterly.actions.sign(review, by=county.supervisor.actor())
            figures = dict(review.figures or {})
        assert figures["on file"] == 4
        assert "left:adopted" not in figures
        assert figures.get("came:new", 0) == 0
        assert figures["reviewed:on time"] == 0


def _third() -> reviews.Quarter:
    return reviews.Quarter(2026, 3)


def _rows(review: Any) -> list[Any]:
    return quarterly.standings.of_review(review)


def test_what_came_after_an_early_sign_off_is_counted_in_the_next_quarter(county: County) -> None:
    quarter_two(county)
    with on(2026, 6, 29):
        kids.household_child(county.director)
    with on(2026, 9, 29):
        quarterly.morning()
        quarterly.confirm_all(county.director)
        review = quarterly.sign(county.supervisor)
        with db.read():
            figures = reviews.get(review).figures or {}
            assert (figures["on file"], figures["came:new"]) == (5, 1)


def test_word_and_excel_hold_the_figures_of_the_page(county: County) -> None:
    quarter_two(county)
    with on(2026, 7, 2):
        desk = county.at(county.supervisor)
        path = f"/statement/{_id(people.TOWNSHIP)}"
        paper = Document(BytesIO(desk.get(f"{path}/docx?quarter=2026-2").get_data()))
        tables = [[[c.text for c in row.cells] for row in t.rows] for t in paper.tables]
        assert tables[0][:4] == [
            ["项目", "方案口径", "国家口径"],
            ["留守儿童", "4", "1"],
            ["不是留守儿童", "0", "1"],
            ["情况不明", "0", "2"],
        ]
        assert tables[1][-1] == ["困境儿童（每人计一次）", "1"]
        assert tables[3][-1] == ["合计", "1"]
        text = "\n".join(p.text for p in paper.paragraphs)
        assert "北东山镇 2026年第2季度" in " ".join(text.split())
        assert "民发〔2024〕17号" in text
        book = load_workbook(BytesIO(desk.get(f"{path}/xlsx?quarter=2026-2").get_data()))
        sheet = book.worksheets[1]
        assert [c.value for c in sheet[2]] == ["留守儿童", 4, 1]
        assert [c.data_type for c in sheet[2]] == ["s", "n", "n"]
        desk.get(f"{path}?quarter=2026-2")
        assert "留守儿童（国家口径） 1 另有情况不明 2" in desk.words
        english = county.at(county.supervisor).english()
        english.get(f"{path}?quarter=2026-2")
        assert "Left behind, national definition 1 not known: 2" in english.words
        paper = Document(BytesIO(english.get(f"{path}/docx?quarter=2026-2").get_data()))
        assert paper.tables[0].rows[0].cells[2].text == "national definition"


def test_as_it_is_now_stands_apart_and_says_so(county: County) -> None:
    quarter_two(county)
    with on(2026, 7, 2):
        with db.write():
            child = children.get(county.files["one"])
            said = ledger.DetailSaid(disability=Disability.mind, disability_grade=2)
            ledger.change_detail(child, said, by=county.director.actor())
            father = next(g for g in child.household.guardians if g.away)
            ill = kids.father(unable=Unable.serious_illness, **_away())
            ledger.change_guardian(father, ill, by=county.director.actor())
        desk = county.at(county.leader)
        desk.get(f"/statement/{_id(people.COUNTY)}?quarter=now")
        assert "当前数：未经签字，随档案随时变动" in desk.words
        with db.read():
            assert statement.now(people.region(people.COUNTY)).total["category:disabled"] == 1
            frozen = statement.of_quarter(people.region(people.COUNTY), reviews.current().before)
            assert frozen.total["category:disabled"] == 0


def test_a_township_reads_its_own_and_no_village_has_one(county: County) -> None:
    quarter_two(county)
    with on(2026, 7, 2):
        office = people.appoint(Role.coordinator, office=Office.civil_affairs)
        own = f"/statement/{_id(people.TOWNSHIP)}"
        assert county.at(county.supervisor).get(own).status_code == 200
        assert county.at(county.other).get(own).status_code == 404
        assert county.at(office).get(own).status_code == 200
        assert county.at(office).get(f"{own}/pdf").status_code == 404
        assert county.at(office).get(f"/statement/{_id(people.VILLAGE)}").status_code == 404
        assert county.at(county.director).get(own).status_code == 404
        assert county.at(office).get("/statement?quarter=2026-9").status_code == 200


def test_nothing_in_a_sheet_is_taken_for_a_formula() -> None:
    book = sheets.book([Page("=A1/[b]", ["=1+1"], [["=HYPERLINK()", 3], ["@x", "+1"]])])
    sheet = load_workbook(BytesIO(book)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s", "n"}
    assert sheet["A2"].value == "=HYPERLINK()"
