"""A list of volunteers comes in: only who has agreed, nobody twice, nobody over their own words.

Seen to fail: a row taken without consent, the words of somebody with an account changed by a list,
somebody of another unit changed (Reach.has)."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from jiedui.access.rules import Office, Role
from jiedui.core import db, sheets
from jiedui.core.errors import Refusal
from jiedui.core.sheets import LARGE
from jiedui.helpers import actions, queries
from jiedui.helpers.exchange import LIST
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Finding, Gate, HelperKind, HelperRefusal, HelpKind, Outcome
from jiedui.intake import queries as intake
from jiedui.intake.actions import upload
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import SheetState
from tests import people
from tests.builders import helpers as make
from tests.builders.children import born
from tests.builders.sheets import book, counts, listed, mother, problems, take
from tests.client import Browser
from tests.people import Person


def federation() -> Person:
    """Somebody of the county's women's federation."""
    return people.appoint(Role.coordinator, office=Office.womens_federation)


def manager(unit_id: int) -> Person:
    """Whoever looks after a unit's people."""
    return people.appoint(Role.unit_manager, people.VILLAGE, unit_id=unit_id)


def of(said: dict) -> Helper:
    """The helper of a row (inside a transaction)."""
    found = queries.by_id_number(people.region(people.COUNTY).id, said["id_number"])
    assert found is not None
    return found


def everybody() -> int:
    """How many helpers there are."""
    with db.read():
        return db.session.scalar(select(func.count()).select_from(Helper)) or 0


def test_a_row_becomes_a_registered_person_whom_a_colleague_vets(either_app: Flask) -> None:
    by = federation()
    said = mother(phone=float(people.phone_number()), max_km="15 km", slots="周六上午，平日晚上")
    sheet = listed([said], by)
    assert counts(sheet) == {"new": 1}
    assert everybody() == 0, "a list that was only checked registers nobody"
    take(sheet, by)
    with db.write():
        one = queries.get(of(said).id)
        assert (one.kind, one.village.name, one.capacity) == (HelperKind.caring_mother, "上村", 2)
        assert one.phone == f"{said['phone']:.0f}"
        assert {offer.kind for offer in one.offers} == {HelpKind.companionship, HelpKind.reading}
        assert {slot.slot for slot in one.slots} == {15, 2, 5, 8, 11, 14}
        assert (one.max_km, one.account_id, one.entered_by) == (15, None, by.account_id)
        assert one.form_holder == "北试县 测试员"
        seen = Finding(Gate.identity, Outcome.good, one.periods[0].starts)
        with pytest.raises(Refusal) as no:
            actions.record_finding(one, seen, by=by.actor())
        assert no.value.code is HelperRefusal.vetted_by_enterer


def test_everything_that_is_wrong_is_named_by_cell(app: Flask) -> None:
    rows = [
        mother(consent="否"),
        mother(consent=""),
        mother(id_number=people.rounded_id_number()),
        mother(id_number=1.2345678901234567e17),
        mother(id_number=people.id_number(born(16))),
        mother(village="没有村"),
        mother(offers="做饭"),
        mother(offers="课业辅导"),
        mother(offers="心理辅导"),
        mother(slots="有空就来"),
        mother(phone="12"),
        mother(capacity=9),
        mother(max_km="很近"),
        mother(sex="男"),
        mother(unit="没有这单位"),
        mother(kind="社工"),
    ]
    assert problems(listed(rows, federation())) == [
        (2, "consent", "no consent"),
        (3, "consent", "missing"),
        (4, "id_number", "spreadsheet"),
        (5, "id_number", "spreadsheet"),
        (6, "id_number", "under 18"),
        (7, "village", "village unknown"),
        (8, "offers", "unknown word"),
        (9, "subjects", "subject missing"),
        (9, "stages", "stage missing"),
        (10, "papers", "credential missing"),
        (11, "slots", "unknown word"),
        (12, "phone", "no phone"),
        (13, "capacity", "out of bounds"),
        (14, "max_km", "no number"),
        (15, "sex", "sex differs"),
        (16, "unit", "no such unit"),
        (17, "licence", "licence missing"),
        (17, "unit", "agency missing"),
    ]


def test_the_same_list_again_changes_nothing_and_news_are_taken(either_app: Flask) -> None:
    by, first, second = federation(), mother(), mother()
    take(listed([first, second], by), by)
    again = listed([second, first], by)
    assert counts(again) == {"same": 2}
    take(again, by)
    assert everybody() == 2
    news = first | {"phone": people.phone_number(), "slots": "周日", "capacity": ""}
    sheet = listed([news], by)
    assert counts(sheet) == {"changed": 1}
    with db.read():
        assert intake.part(sheet, 0, 1)[0].fields == ["phone", "slots"]
    take(sheet, by)
    with db.read():
        one = of(first)
        assert (one.phone, {s.slot for s in one.slots}) == (news["phone"], {18, 19, 20})
        assert one.capacity == 2, "an empty cell changes nothing"


def test_who_has_an_account_speaks_for_themselves(app: Flask) -> None:
    _person, number = make.volunteer()
    with db.read():
        one = queries.get(number)
        said = mother(name=one.name, id_number=one.id_number, slots="周一上午")
    assert counts(listed([said], federation())) == {"same": 1}
    assert problems(listed([said | {"name": "贾别人"}], federation())) == [
        (2, "name", "name differs")
    ]


def test_an_organisation_brings_its_own_people_only(app: Flask) -> None:
    unit, other = make.agency("北试志愿队"), make.agency("北试车队")
    mine, said = manager(unit), mother()
    take(listed([said], mine), mine)
    with db.read():
        assert (of(said).unit_id, of(said).form_holder) == (unit, "北试志愿队")
    theirs = manager(other)
    assert problems(listed([said], theirs)) == [(2, "id_number", "known elsewhere")]
    assert problems(listed([mother(unit="北试志愿队")], theirs)) == [(2, "unit", "other unit")]


def test_the_same_file_of_two_organisations_is_two_sheets(app: Flask) -> None:
    """Each reads its own only, byte for byte the same as it may be."""
    first, second = (manager(make.agency(name)) for name in ("北试志愿队", "北试车队"))
    data = book(LIST, [mother()])
    numbers = []
    for by in (first, second, first):
        with db.write():
            said = {"invented": True}
            numbers.append(upload("helpers", data, by=by.actor(), options=said).id)
    assert numbers[0] == numbers[2] != numbers[1]


def test_a_person_twice_in_a_list_is_named(app: Flask) -> None:
    said = mother()
    assert problems(listed([said, said], federation())) == [(3, "id_number", "twice")]


def test_an_organisation_finds_the_sheet_and_nobody_elses(app: Flask) -> None:
    """In words, from the list of those it has entered."""
    unit = make.agency("北试志愿队")
    mine, theirs = manager(unit), manager(make.agency("北试车队"))
    sheet = listed([mother(consent="否", name="贾不肯")], mine)
    browser = Browser(app)
    browser.sign_in(mine.phone)
    assert f'href="/sheets/batch/{sheet}"' in browser.text, "the desk leads to what waits"
    browser.get("/helpers/entered")
    assert 'href="/sheets/helpers"' in browser.text
    browser.get(f"/sheets/batch/{sheet}")
    assert "贾不肯" in browser.words
    assert "未经本人同意" in browser.words
    other = Browser(app)
    other.sign_in(theirs.phone)
    assert other.get(f"/sheets/batch/{sheet}").status_code == 404
    assert f"/sheets/batch/{sheet}" not in other.get("/sheets/helpers").get_data(as_text=True)
    assert other.get("/sheets/national").status_code == 404


def test_the_empty_list_has_its_words(app: Flask) -> None:
    mine = Browser(app)
    mine.sign_in(manager(make.agency("北试志愿队")).phone)
    data = mine.get("/sheets/helpers/template.xlsx").get_data()
    heads = sheets.read(data, LARGE)[0]
    assert heads == [column.head for column in LIST.columns]
    with ZipFile(io.BytesIO(data)) as made:
        assert made.read("xl/worksheets/sheet1.xml").count(b"<dataValidation ") == 6
        assert "可填一项或多项：陪伴、阅读" in made.read("xl/worksheets/sheet2.xml").decode()
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 0


def test_who_comes_meanwhile_is_found_when_the_list_is_taken(app: Flask) -> None:
    """Two lists with the same person, both checked before either is taken over."""
    by, said = federation(), mother()
    first, second = listed([said], by), listed([said, mother()], by)
    take(first, by)
    take(second, by)
    assert everybody() == 2
    with db.read():
        assert intake.get(second).state is SheetState.taken
