"""One page at one visit: child, wish, consent, the child's view; and all that can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.children import actions as ledger
from jiedui.children.models import Child
from jiedui.children.rules import Means, SchoolStage
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.resident_id import Sex
from jiedui.needs import queries
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.partners.models import Unit
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import children as kids
from tests.builders import needs as wishes
from tests.client import Browser
from tests.needs.visits import typed, village_id, years_ago


@pytest.fixture
def mine(app: Flask) -> Browser:
    """A director's phone; the village has a Children's Home."""
    with db.write():
        wishes.place()
    return signed_in(app, kids.director())


def signed_in(app: Flask, person: people.Person) -> Browser:
    """Somebody's phone after signing in."""
    phone = Browser(app)
    phone.sign_in(person.phone)
    return phone


def only_child() -> Child:
    """The one child on file."""
    return db.session.scalars(select(Child)).one()


def nobody() -> bool:
    """Whether no child is on file."""
    with db.read():
        return db.session.scalars(select(Child)).first() is None


def test_one_visit_makes_file_consent_view_and_an_open_wish(either_app: Flask) -> None:
    with db.write():
        home = wishes.place().id
    mine = signed_in(either_app, kids.director())
    mine.send("/visit", **typed())
    assert "已建档，正在寻找合适的结对人" in mine.words
    with db.read():
        child = only_child()
        assert (child.sex, child.birth_date) == (Sex.female, kids.born(9))
        assert child.school_stage in (SchoolStage.primary_3, SchoolStage.primary_4)
        assert [g.name for g in child.household.guardians] == ["示大山", "示奶奶"]
        assert [g.name for g in child.guardians] == ["示大山"]
        assert child.consents[0].evidence == {"holder": "石例女", "where": "村委会"}
        need = queries.living_of(child.id)[0]
        assert (need.state, need.place_id) == (NeedState.open, home)
        assert [s.slot for s in need.slots] == [15]


def test_the_page_comes_with_what_is_likely(mine: Browser) -> None:
    mine.get("/visit")
    assert "北东山镇" in mine.words
    assert f'name="village" value="{village_id()}"' in mine.text
    assert "上村儿童之家" in mine.words
    assert 'value="石例女"' in mine.text
    assert "留守" in mine.words  # a director works with the categories


def test_without_a_wish_only_the_file_is_made(mine: Browser) -> None:
    bare = dict.fromkeys(("kind", "slots", "consent", "view", "view_how"))
    mine.send("/visit", **typed(**bare))
    assert "已建档" in mine.words
    with db.read():
        assert db.session.scalars(select(Need)).first() is None


def test_a_wish_without_consent_is_kept_and_says_so(mine: Browser) -> None:
    mine.send("/visit", **typed(consent="not_yet"))
    assert "监护人和孩子都同意后，心愿才会进入匹配" in mine.words
    assert "还缺同意" in mine.words
    with db.read():
        assert queries.living_of(only_child().id)[0].state is NeedState.waiting


def test_a_child_who_says_no_is_not_matched(mine: Browser) -> None:
    mine.send("/visit", **typed(view="no"))
    with db.read():
        assert queries.living_of(only_child().id)[0].state is NeedState.waiting


def test_tutoring_takes_the_usual_subjects(mine: Browser) -> None:
    mine.send("/visit", **typed(kind="tutoring"))
    with db.read():
        need = queries.living_of(only_child().id)[0]
        assert sorted(s.subject.value for s in need.subjects) == ["chinese", "mathematics"]


def wrong_digit(number: str) -> str:
    """The number with another last character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


BAD: list[tuple[Callable[[], dict[str, Any]], str, str]] = [
    (
        lambda: {"id_number": wrong_digit(people.id_number(kids.born(9)))},
        "id_number",
        "最后一位对不上",
    ),
    (lambda: {"id_number": None, "birth_date": _tomorrow(), "sex": "f"}, "birth_date", "还没有到"),
    (lambda: {"id_number": people.id_number(years_ago(18))}, "id_number", "已满 18 周岁"),
    (lambda: {"id_number": None, "sex": "f"}, "birth_date", "请填出生日期，或填身份证号"),
    (lambda: {"sex": "m"}, "id_number", "性别与所填的不一致"),
    (lambda: {"birth_date": "2016-01-01"}, "id_number", "出生日期与所填的不一致"),
    (lambda: {"slots": None}, "slots", "还没有选时段"),
    (lambda: {"guardian_phone": "1381234567"}, "guardian_phone", "现在是 10 位"),
    (lambda: {"carer_name": None}, "carer_name", "请填平时由谁照护"),
    (lambda: {"consent": "telephone"}, "second_person", "请填在场的第二个人"),
    (
        lambda: {"consent": "telephone", "second_person": "石例女"},
        "second_person",
        "第二个人不能是您自己",
    ),
    (
        lambda: {"consent": "telephone", "second_person": "李四", "called_at": "2999-01-01T10:00"},
        "called_at",
        "这个时间还没到",
    ),
    (lambda: {"paper_where": "", "paper_holder": ""}, "paper_holder", "由谁保管"),
    (lambda: {"view_how": None}, "view_how", "请选一个"),
    (lambda: {"urgency": "red"}, "urgency_reason", "请选紧急的原因"),
    (lambda: {"ends": "2020-01-01"}, "ends", "结束日期早于开始日期"),
    (lambda: {"frequency": "n_per_week"}, "times", "请填每周几次"),
    (lambda: {"kind": None}, "kind", "请选一个"),
]


def _tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(("change", "field", "words"), BAD, ids=[f"{b[1]}-{b[2]}" for b in BAD])
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(
    mine: Browser, change: Callable[[], dict[str, Any]], field: str, words: str
) -> None:
    answer = mine.send("/visit", **typed(**change()))
    assert answer.status_code == 422
    beside = mine.text.split(f'id="{field}-e"')
    assert len(beside) > 1, mine.words
    assert words in beside[1][:900]
    assert 'value="示小禾"' in mine.text
    assert "错误：" in mine.text.split("<title>")[1][:60]
    assert nobody()


def test_a_village_outside_the_region_is_not_taken(mine: Browser) -> None:
    far = village_id(people.FAR_VILLAGE)
    answer = mine.send("/visit", **typed(village=far))
    assert answer.status_code == 422
    assert "请先查找" in mine.words
    mine.send("/visit", **typed(village="", village_text="西河乡长岭"))
    assert "没有找到“西河乡长岭”" in mine.words
    assert nobody()


def test_a_number_that_has_a_file_leads_to_it(mine: Browser) -> None:
    number = people.id_number(kids.born(8), "m")
    mine.send("/visit", **typed(id_number=number, name="示阿山"))
    answer = mine.send("/visit", **typed(id_number=number, name="示阿川"))
    assert answer.status_code == 422
    assert "这个身份证号已经建过档案" in mine.words
    with db.read():
        code, number_of = only_child().code, only_child().id
    assert f"示阿山的，档案 {code}" in mine.words
    assert f'href="/children/{number_of}"' in mine.text


def test_a_number_known_elsewhere_says_no_more(app: Flask, mine: Browser) -> None:
    number = people.id_number(kids.born(8), "m")
    with db.write():
        far = people.region(people.FAR_VILLAGE)
        said = kids.new_child(village=far, id_number=kids.checked(number), name="示远山")
        said = replace(said, birth_date=kids.born(8), sex=Sex.male)
        ledger.register_child(said, by=SYSTEM)
    mine.send("/visit", **typed(id_number=number))
    assert "这个身份证号已经建过档案" in mine.words
    assert "示远山" not in mine.words


def test_a_likely_double_is_shown_before_saving_and_can_be_confirmed(mine: Browser) -> None:
    first = typed(id_number=None, birth_date=kids.born(9).isoformat(), sex="f")
    mine.send("/visit", **first)
    answer = mine.send("/visit", **first)
    assert answer.status_code == 422
    assert "同名、同一天出生" in mine.words
    with db.read():
        assert only_child().code in mine.words
    mine.send("/visit", **first, another="y")
    assert "已建档" in mine.words


def test_another_child_of_the_house_shares_family_and_wish(mine: Browser) -> None:
    mine.send("/visit", **typed())
    with db.read():
        home = only_child().household_id
        wish = queries.living_of_household(home)[0].id
    page = f"/visit/home/{home}"
    mine.get(page)
    assert "监护人姓名" not in mine.words
    fields = typed(
        name="示小穗", id_number=people.id_number(kids.born(7), "m"), share=str(wish), kind=None,
        slots=None,
    )  # fmt: skip
    mine.send(page, **fields)
    with db.read():
        shared = queries.get(wish)
        assert sorted(c.name for c in shared.children) == ["示小禾", "示小穗"]
        assert shared.state is NeedState.open
        assert len(queries.living_of_household(home)) == 1


def test_a_shared_wish_waits_until_both_children_have_said_yes(mine: Browser) -> None:
    mine.send("/visit", **typed())
    with db.read():
        home = only_child().household_id
        wish = queries.living_of_household(home)[0].id
    over = {"name": "示小穗", "id_number": people.id_number(kids.born(7), "m"), "kind": None}
    fields = typed(**over, slots=None, share=str(wish), view="not_yet", view_how=None)
    mine.send(f"/visit/home/{home}", **fields)
    with db.read():
        assert queries.get(wish).state is NeedState.waiting


def test_a_yes_by_telephone_keeps_number_time_and_second_person(mine: Browser) -> None:
    mine.send("/visit", **typed(consent="telephone", second_person="刘会计"))
    with db.read():
        consent = only_child().consents[0]
        assert consent.means is Means.telephone
        assert consent.evidence == {"number": "13812345678", "second_person": "刘会计"}


def test_a_guardian_far_away_is_asked_by_link_right_after_the_visit(mine: Browser) -> None:
    answer = mine.send("/visit", **typed(consent="link"))
    assert answer.request.path.endswith("/ask")
    assert "示大山" in mine.words


def test_a_grid_worker_registers_a_child_without_wish_or_consent(app: Flask) -> None:
    worker = signed_in(app, people.appoint(Role.grid_worker, people.VILLAGE))
    worker.get("/visit")
    assert "心愿" not in worker.text.split("<form")[-1]
    bare = dict.fromkeys(("kind", "slots", "consent", "view", "view_how"))
    answer = worker.send("/visit", **typed(**bare))
    assert "已登记，谢谢" in worker.words
    assert answer.status_code == 200
    with db.read():
        number = only_child().id
    assert worker.get(f"/children/{number}").status_code == 404


def test_a_grid_worker_cannot_slip_a_wish_in(app: Flask) -> None:
    worker = signed_in(app, people.appoint(Role.grid_worker, people.VILLAGE))
    worker.send("/visit", **typed())
    with db.read():
        assert db.session.scalars(select(Need)).first() is None
        assert only_child().consents == []


def test_a_teacher_enters_a_pupil_and_reads_no_category(app: Flask) -> None:
    with db.write():
        town = people.region(people.TOWNSHIP)
        school = Unit(county_id=town.county_id, region=town, kind=UnitKind.school, name="试小学")
        db.session.add(school)
        db.session.flush()
        unit = school.id
        wishes.place(unit_id=unit, name="试小学")
    teacher = signed_in(app, people.appoint(Role.school_worker, people.COUNTY, unit_id=unit))
    teacher.get("/visit")
    assert "留守" not in teacher.words
    assert "困境" not in teacher.words
    teacher.send("/visit", **typed(kind=None, slots=None, consent=None, view=None, view_how=None))
    with db.read():
        child = only_child()
        assert child.unit_id == unit
        assert child.said_categories == frozenset()  # and reads nothing that follows


def test_nobody_else_registers_children(app: Flask) -> None:
    coordinator = people.appoint(
        Role.coordinator, people.COUNTY, office=people.Office.civil_affairs
    )
    assert signed_in(app, coordinator).get("/visit").status_code == 404
