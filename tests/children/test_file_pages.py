"""A file is changed, checked by a second person, closed, and opened again; late pages and hidden
values."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.children import actions, queries
from jiedui.children.models import Child
from jiedui.children.rules import ChildState, Purpose
from jiedui.core import db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedState
from tests import people
from tests.builders import children as kids
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


@pytest.fixture
def director(app: Flask) -> Person:
    """The village's director."""
    return kids.director()


def acts(child_id: int) -> list[str]:
    """What the record says of a child, oldest first."""
    with db.read():
        found = select(AuditEntry.act).where(
            AuditEntry.object_kind == "child", AuditEntry.object_id == child_id
        )
        return list(db.session.scalars(found.order_by(AuditEntry.id)))


def facts(child_id: int, **over: Any) -> dict[str, Any]:
    """The fields of the page that changes a file, as they stand."""
    with db.read():
        child = queries.get(child_id)
        return {
            "name": child.name,
            "birth_date": child.birth_date.isoformat(),
            "sex": child.sex.value,
            "village": str(child.village_id),
            "categories": [c.value for c in child.living_categories],
            "school_stage": child.school_stage.value,
            "risk": child.risk.value,
        } | over


def test_a_change_records_which_fields_and_not_what_they_hold(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    mine = at(app, director)
    change = facts(child, risk="yellow", categories=["left_behind", "disabled"], boarding="y")
    mine.send(f"/children/{child}/change", **change)
    assert "黄色" in mine.words
    with db.read():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.act == Act.child_changed.value)
        ).one()
        assert entry.details == '{"fields": ["boarding", "risk", "categories"]}'


def test_a_late_page_keeps_what_was_typed_and_shows_both(app: Flask, director: Person) -> None:
    child = kids.household_child(director, name="示晚霞")
    mine, other = at(app, director), at(app, director)
    page = f"/children/{child}/change"
    mine.get(page)
    other.send(page, **facts(child, name="示朝霞"))
    answer = mine.send(page, fresh=False, **facts(child, name="示夜霞"))
    assert answer.status_code == 422
    assert "您打开以后，有人改过这里" in mine.words
    assert "现在：示朝霞；您填的：示夜霞" in mine.words
    assert 'value="示夜霞"' in mine.text
    with db.read():
        assert queries.get(child).name == "示朝霞"
    mine.send(page, fresh=False, version=_version(mine), **facts(child, name="示夜霞"))
    with db.read():
        assert queries.get(child).name == "示夜霞"


def _version(page: Browser) -> str:
    return page.text.split('name="version"')[1].split('value="')[1].split('"')[0]


def test_a_number_of_another_child_is_refused_beside_its_field(
    app: Flask, director: Person
) -> None:
    number = people.id_number(kids.born(9), "f")
    with db.write():
        first = kids.new_child(id_number=kids.checked(number), name="示一号")
        actions.register_child(first, by=director.actor())
    child = kids.household_child(director)
    mine = at(app, director)
    answer = mine.send(f"/children/{child}/change", **facts(child, id_number=number))
    assert answer.status_code == 422
    assert "这个身份证号已经建过档案" in mine.words
    assert "示一号" in mine.words


def test_a_household_moves_together(app: Flask) -> None:
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    first = kids.household_child(supervisor)
    second = kids.household_child(supervisor, sibling_of=first)
    with db.read():
        village = people.region(people.NEXT_VILLAGE).id
    at(app, supervisor).send(f"/children/{first}/change", **facts(first, village=str(village)))
    with db.read():
        assert {queries.get(n).village_id for n in (first, second)} == {village}
        assert queries.get(second).household.village_id == village


def test_new_files_are_checked_in_one_go_by_somebody_else(app: Flask, director: Person) -> None:
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    theirs = [kids.household_child(director) for _ in range(3)]
    own = kids.household_child(supervisor)
    desk = at(app, supervisor)
    desk.get("/children/check")
    assert "3 份新档案待审核" in desk.words
    assert "有 1 份是您录入或者导入的" in desk.words
    assert f'value="{own}"' not in desk.text
    desk.send("/children/check", child=[str(n) for n in theirs])
    assert "已审核 3 份档案" in desk.words
    answer = desk.send("/children/check", child=str(own))
    assert answer.status_code == 422
    assert "录入或者导入的人不能自己审核" in desk.words
    with db.read():
        checked = {c.id for c in db.session.scalars(select(Child)) if c.checked_by}
    assert checked == set(theirs)


def test_checking_nothing_is_said(app: Flask, director: Person) -> None:
    kids.household_child(director)
    desk = at(app, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    assert desk.send("/children/check").status_code == 422
    assert "还没有勾选档案" in desk.words


def test_closing_ends_the_wishes_and_the_file_can_come_back(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    need = open_need(director, child_id=child)
    mine = at(app, director)
    mine.send(f"/children/{child}/close", reason="parent_returned")
    assert "父母一方已返乡" in mine.words
    with db.read():
        assert queries.get(child).state is ChildState.closed
        assert needs.get(need).state is NeedState.closed
    mine.press(f"/children/{child}", f"/children/{child}/reopen")
    with db.read():
        assert queries.get(child).state is ChildState.open
    assert [a for a in acts(child) if a in ("child.closed", "child.changed")] == [
        "child.closed",
        "child.changed",
    ]


def test_consent_is_taken_back_in_one_step(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    need = open_need(director, child_id=child)
    mine = at(app, director)
    mine.send(f"/children/{child}/withdraw", means="spoken")
    with db.read():
        assert needs.get(need).state is NeedState.waiting
        assert queries.consent_answer(child, Purpose.matching) is False
    assert "监护人：不同意" in mine.words


def test_the_number_is_shown_once_for_a_reason_and_the_look_is_on_record(
    app: Flask, director: Person
) -> None:
    number = people.id_number(kids.born(9), "f")
    with db.write():
        said = kids.new_child(id_number=kids.checked(number))
        child = actions.register_child(said, by=director.actor()).id
    mine = at(app, director)
    mine.get(f"/children/{child}")
    assert number not in mine.text
    page = f"/children/{child}/reveal/id_number"
    assert mine.send(page).status_code == 422
    assert number not in mine.text
    mine.send(page, reason="medical")
    assert number in mine.text
    assert mine.page is not None
    assert mine.page.headers["Cache-Control"] == "no-store"
    mine.get(page)
    assert number not in mine.text
    assert "child.revealed" in acts(child)
    mine.get(f"/children/{child}")
    assert "看过隐去的内容" in mine.words


def test_what_was_never_filled_in_cannot_be_shown(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    mine = at(app, director)
    mine.send(f"/children/{child}/reveal/id_number", reason="medical")
    assert "这一项没有填写" in mine.words
    assert mine.get(f"/children/{child}/reveal/risk").status_code == 404


def test_a_guardians_number_changes_and_a_household_keeps_a_guardian(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director)
    with db.read():
        father = queries.get(child).guardians[0].id
    mine = at(app, director)
    page = f"/guardians/{father}"
    who = {"name": "示大山", "relation": "father", "phone": "13987654321", "away": "y"}
    mine.send(page, **who, is_guardian="y")
    assert "tel:13987654321" in mine.text
    answer = mine.send(page, **who, is_carer="y")
    assert answer.status_code == 422
    assert "请填监护人" in mine.words
    mine.send(f"/children/{child}/guardians", name="示二叔", relation="uncle_or_aunt", is_carer="y")
    assert "示二叔" in mine.words


def test_names_stand_in_full_only_for_daily_work(app: Flask, director: Person) -> None:
    child = kids.household_child(director, name="示甲乙")
    office = people.appoint(Role.coordinator, office=Office.youth_league)
    for page in ("/children", f"/children/{child}"):
        assert "示甲乙" in at(app, director).get(page).get_data(as_text=True)
        told = at(app, office).get(page).get_data(as_text=True)
        assert "示甲乙" not in told
        assert "示＊" in told
        assert "tel:139" not in told


def test_children_elsewhere_do_not_exist(app: Flask, director: Person) -> None:
    far = kids.household_child(kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE)
    mine = at(app, director)
    for page in ("", "/change", "/close", "/consent", "/view", "/ask", "/need", "/reveal/name"):
        assert mine.get(f"/children/{far}{page}").status_code == 404, page
    assert f"/children/{far}" not in mine.get("/children").get_data(as_text=True)


def test_the_list_is_narrowed_to_missing_consent(app: Flask, director: Person) -> None:
    yes = kids.household_child(director)
    no = kids.household_child(director, consent=False)
    back = kids.household_child(director)
    with db.write():
        consent = queries.latest_consent(queries.get(back), Purpose.matching)
        actions.withdraw_consent(consent, consent.means, by=director.actor())
    page = at(app, director).get("/children?consent=missing").get_data(as_text=True)
    shown = [n for n in (yes, no, back) if f'href="/children/{n}"' in page]
    assert shown == [no, back]


def family_of(size: int, director: Person, code: str) -> list[int]:
    """So many children under one roof."""
    first, more = kids.household_child(director, code=code), range(size - 1)
    same = {"code": code, "sibling_of": first, "another": True}
    return [first, *(kids.household_child(director, **same) for _ in more)]


def test_every_child_stands_on_one_page_of_the_list(app: Flask, director: Person) -> None:
    """Made to catch: pages sought by the villages' counts that leave out or repeat a child where a
    village ends."""
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    next_door = kids.director(people.NEXT_VILLAGE)
    first = kids.household_child(director)
    ours = [
        first,
        *(kids.household_child(director, sibling_of=first, another=True) for _ in range(29)),
    ]
    second = kids.household_child(next_door, code=people.NEXT_VILLAGE)
    theirs = [
        second,
        *(kids.household_child(next_door, sibling_of=second, another=True) for _ in range(74)),
    ]
    shown = []
    with db.read():
        for number in (1, 2, 3):
            rows, total, page = queries.page(supervisor.actor(), queries.Filter(), number)
            assert (total, page) == (105, number)
            shown.append([child.id for child in rows])
        beyond = queries.page(supervisor.actor(), queries.Filter(), 4)
        assert (beyond[0], beyond[2]) == (rows, 3)
    assert [len(page) for page in shown] == [50, 50, 5]
    assert [number for page in shown for number in page] == [*ours, *theirs]


def test_search_finds_by_name_pinyin_code_and_number_in_scope_only(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director, name="示青竹")
    far = kids.household_child(
        kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE, name="示青竹"
    )
    with db.read():
        actor = director.actor()
        for text in ("青竹", "示青竹", "shiqing", "sqz", f"C-{child:04d}"):
            assert [c.id for c in queries.search(actor, text)] == [child], text
        assert queries.search(actor, f"C-{far:04d}") == []
        assert queries.search(actor, " ") == []
    at(app, director).send(f"/children/{child}/change", **facts(child, name="示白鹭"))
    with db.read():
        assert queries.search(director.actor(), "青竹") == []
        assert [c.id for c in queries.search(director.actor(), "白鹭")] == [child]
