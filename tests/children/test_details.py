"""What is known of a family decides a child's categories; every earlier state can be read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text, update

from jiedui.access.rules import Office, Role
from jiedui.children import jobs, queries
from jiedui.children.models import ChildDetail, FilePast
from jiedui.children.rules import Basis, Category, Known, Relation
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from tests import people
from tests.builders import children as kids
from tests.client import Browser
from tests.people import Person
from tests.photos import DEVICE, photo

MOTHER = {
    "name": "示小溪",
    "relation": "mother",
    "away": "y",
    "beyond_county": "yes",
    "work_place": "外省示例市",
}


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


@pytest.fixture
def director(app: Flask) -> Person:
    """The village's director."""
    return kids.director()


def holds(child_id: int) -> tuple[Known, Known]:
    """Left behind by the plan, and by the national count."""
    with db.read():
        one = queries.get(child_id).detail
        return one.plan, one.national


def far_parents(director: Person, since: date) -> int:
    """A child of a rural household both of whose parents are away beyond the county."""
    father = kids.father(away_since=since, beyond_county=True)
    mother = kids.father(
        name="示小溪", relation=Relation.mother, away_since=since, beyond_county=True
    )
    child = kids.household_child(director, guardians=(father, mother, kids.grandmother()))
    with db.write():
        db.session.execute(update(ChildDetail).values(rural=True))
    return child


def test_a_mother_put_on_file_settles_the_national_count(app: Flask, director: Person) -> None:
    """With the father alone it is not known; the page says what is missing, then why it holds."""
    child = kids.household_child(director)
    assert holds(child) == (Known.yes, Known.unknown)
    mine = at(app, director)
    mine.get(f"/children/{child}/situation")
    assert "档案里没有父母其中一方的信息" in mine.words
    with db.read():
        father = queries.get(child).guardians[0].id
    long = (clock.today() - timedelta(days=300)).isoformat()
    mine.send(f"/children/{child}/guardians", **MOTHER, away_since=long)
    mine.send(
        f"/guardians/{father}", name="示大山", relation="father", is_guardian="y", away="y",
        away_since=long, beyond_county="yes",
    )  # fmt: skip
    mine.send(f"/children/{child}/details", rural="yes", ethnicity="汉族", disability="sight",
              disability_grade="2")  # fmt: skip
    assert holds(child) == (Known.yes, Known.yes)
    mine.get(f"/children/{child}/situation")
    assert "父母双方外出满六个月" in mine.words
    with db.read():
        bases = {c.category: c.basis for c in queries.get(child).categories}
    assert bases == {Category.left_behind: Basis.facts, Category.disabled: Basis.facts}


def test_a_grade_goes_with_its_kind(app: Flask, director: Person) -> None:
    """One without the other is refused beside the field, and what was typed is kept."""
    child = kids.household_child(director)
    mine = at(app, director)
    answer = mine.send(f"/children/{child}/details", disability="mind", illness="示例病")
    assert answer.status_code == 422
    assert "残疾类别和残疾等级请同时选择" in mine.words
    assert 'value="示例病"' in mine.text
    mine.english().send(f"/children/{child}/details", disability="mind")
    assert "kind of disability and its grade" in mine.words


def test_who_is_neither_guardian_nor_carer_is_a_parent(app: Flask, director: Person) -> None:
    """A neighbour must be one of both; an absence has a day only when there is an absence."""
    child = kids.household_child(director)
    mine = at(app, director)
    said = {"name": "示邻居", "relation": "neighbour"}
    assert mine.send(f"/children/{child}/guardians", **said).status_code == 422
    wrong = {"name": "示小溪", "relation": "mother", "away_since": "2025-01-01"}
    assert mine.send(f"/children/{child}/guardians", **wrong).status_code == 422
    assert "请勾选“外出务工”" in mine.words


def test_a_category_is_shown_by_its_paper(app: Flask, director: Person) -> None:
    """What was said keeps the paper it rests on; what follows from facts needs none."""
    child = kids.household_child(director, categories=frozenset({Category.minimum_allowance}))
    with db.read():
        rows = {c.category: c.id for c in queries.get(child).categories}
    mine = at(app, director)
    mine.get(f"/children/{child}/situation")
    assert f"/categories/{rows[Category.minimum_allowance]}/evidence" in mine.text
    assert f"/categories/{rows[Category.left_behind]}/evidence" not in mine.text
    page = f"/categories/{rows[Category.minimum_allowance]}/evidence"
    mine.send(page, evidence="低保证示例001号，2026年1月")
    assert "证明材料：低保证示例001号" in mine.words


def test_a_photo_of_the_paper_may_be_kept_and_need_not(app: Flask, director: Person) -> None:
    """Sealed, without its place, opened on record by those who may change the file; what is no
    photo is said so beside the field, and the words stay."""
    child = kids.household_child(director, categories=frozenset({Category.minimum_allowance}))
    with db.read():
        rows = {c.category: c.id for c in queries.get(child).categories}
    page = f"/categories/{rows[Category.minimum_allowance]}/evidence"
    mine = at(app, director)
    bad = mine.send(page, evidence="低保证示例002号", file=(BytesIO(b"<html>"), "a.jpg"))
    assert bad.status_code == 422
    assert "只能是完整的照片" in mine.words
    assert "低保证示例002号" in mine.text
    mine.send(page, evidence="低保证示例002号", file=(BytesIO(photo()), "奶奶.exe"))
    mine.get(page)
    kept = re.search(r"/papers/(\d+)", mine.text)
    assert kept is not None
    answer = mine.get(kept.group(0))
    assert answer.mimetype == "image/jpeg"
    assert "奶奶" not in str(answer.headers)
    assert DEVICE.encode() not in answer.data
    with db.read():
        raw = db.session.execute(text("SELECT content FROM category_paper")).scalar_one()
        assert not bytes(raw).startswith(b"\xff\xd8")
        acts = set(db.session.scalars(select(AuditEntry.act)))
        assert {Act.upload_kept.value, Act.upload_read.value} <= acts
    far = at(app, people.appoint(Role.child_director, people.FAR_VILLAGE))
    assert far.get(kept.group(0)).status_code == 404


def test_a_late_page_of_details_shows_both(app: Flask, director: Person) -> None:
    """Somebody else has filled in the illness meanwhile."""
    child = kids.household_child(director)
    mine, other = at(app, director), at(app, director)
    page = f"/children/{child}/details"
    mine.get(page)
    other.send(page, illness="示例甲病")
    assert mine.send(page, fresh=False, illness="示例乙病").status_code == 422
    assert "现在：示例甲病；您填的：示例乙病" in mine.words


def test_every_state_can_be_read(app: Flask, director: Person) -> None:
    """The file as it was registered stays as it was; an office reads no name in it."""
    child = kids.household_child(director, name="示晨曦")
    mine = at(app, director)
    mine.send(f"/children/{child}/details", illness="示例病", address="示例组3号")
    with db.read():
        states = queries.past_states(queries.get(child))
    assert len(states) == 2
    mine.get(f"/children/{child}/past?state={states[1].id}")
    assert "示晨曦" in mine.words
    assert "示例病" not in mine.words
    mine.get(f"/children/{child}/past?state={states[0].id}")
    assert "示例病" in mine.words
    office = people.appoint(Role.coordinator, people.COUNTY, office=Office.civil_affairs)
    desk = at(app, office)
    desk.get(f"/children/{child}/past")
    assert "示晨曦" not in desk.words
    assert "示大山" not in desk.words
    assert "示例病" not in desk.words
    assert desk.get(f"/children/{child}/past?state={states[0].id + 999}").status_code == 404


def test_another_childs_state_is_not_there(app: Flask, director: Person) -> None:
    """A state's number opens nothing in another file."""
    one, other = kids.household_child(director), kids.household_child(director)
    with db.read():
        foreign = queries.past_states(queries.get(other))[0].id
    assert at(app, director).get(f"/children/{one}/past?state={foreign}").status_code == 404


def test_a_morning_makes_an_absence_long(app: Flask, director: Person) -> None:
    """Six months after the parents left, and once only, the count changes by itself."""
    child = far_parents(director, clock.today() - timedelta(days=170))
    with db.read():
        county = people.region(people.COUNTY).id
    assert jobs.settle(0, county) == {"changed": 0}
    assert holds(child) == (Known.no, Known.no)
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert jobs.settle(0, county) == {"changed": 1}
        assert holds(child) == (Known.yes, Known.yes)
        assert jobs.settle(0, county) == {"changed": 0}
    with db.read():
        kept = db.session.scalars(select(FilePast).where(FilePast.child_id == child)).all()
        assert kept[-1].by_account is None
