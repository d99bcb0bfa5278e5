"""Anybody registers in four short steps; what is wrong is said beside the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.resident_id import Sex
from jiedui.helpers import queries
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Gate, GateState, HelpKind, Mode
from jiedui.partners import actions as partners
from jiedui.partners.rules import NewUnit, UnitKind
from tests import people
from tests.builders import helpers as built
from tests.client import PASSWORD, Browser
from tests.helpers import filling

Device = Callable[[], Browser]


def only_helper() -> Helper:
    """The one helper there is, with everything known (inside a transaction)."""
    return queries.get(db.session.scalars(select(Helper.id)).one())


def test_a_volunteer_registers_and_is_signed_in(either_app: Flask) -> None:
    """Account, role, helper and seats stand; birth date and sex come from the number."""
    one = Browser(either_app)
    said, page = filling.registered(one, id_number=people.id_number(date(1988, 2, 29), "m"))
    assert page.status_code == 200
    assert page.request.path == "/helpers/mine"
    with db.read():
        helper = only_helper()
        assert (helper.birth_date, helper.sex) == (date(1988, 2, 29), Sex.male)
        assert {o.kind for o in helper.offers} == {HelpKind.companionship, HelpKind.tutoring}
        assert [s.slot for s in helper.slots] == [8, 15]
        assert len(helper.seats) == helper.capacity == 2
        assert helper.entered_by is None
        person = people.Person(said["phone"], helper.account_id or 0)
        holding = person.actor().holding
        assert holding is not None
        assert holding.role is Role.volunteer
        assert holding.region_id == helper.county_id
        assert set(queries.gate_states(helper).values()) == {GateState.missing}


def test_they_sign_in_with_number_and_password(device: Device) -> None:
    """The mobile number is the sign-in name."""
    said, _page = filling.registered(device())
    page = device().sign_in(said["phone"], PASSWORD)
    assert page.request.path == "/desk"


def test_nothing_of_a_person_lies_open_in_the_database(app: Flask) -> None:
    """Also the steps that are not sent yet lie sealed in the session."""
    one = Browser(app)
    half = filling.to_last_step(one)
    done, _page = filling.registered(Browser(app), name="贾第二")
    with db.read():
        rows = [
            str(row)
            for table in ("web_session", "helper", "account", "audit_entry", "used_key")
            for row in db.session.execute(text(f"SELECT * FROM {table}"))
        ]
    for said in (half, done):
        for value in (said["name"], said["phone"], said["id_number"]):
            assert not any(value in row for row in rows)


def test_going_back_keeps_what_was_typed(device: Device) -> None:
    """Back is no loss: not of what was sent, not of what was only typed."""
    one = device()
    one.send("/register", **filling.who(name="贾甲乙"))
    one.send("/register/help", **filling.what(about="周三要值班"), act="back")
    assert one.page is not None
    assert one.page.request.path == "/register"
    assert "贾甲乙" in one.text
    one.get("/register/help")
    assert "周三要值班" in one.text


def test_a_later_step_waits_for_the_earlier_ones(device: Device) -> None:
    """An address typed by hand leads to the first step that is missing."""
    one = device()
    assert one.get("/register/check").request.path == "/register"
    assert one.get("/register/nonsense").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("id_number", "999999199005170019", "最后一位"),
        ("id_number", "999999209905170011", "出生日期"),
        ("phone", "1390000123", "现在是 10 位"),
        ("phone", "12345678901", "没有这样的"),
        ("name", "", "请填写姓名"),
    ],
)
def test_who_one_is_is_checked_beside_the_field(
    device: Device, field: str, value: str, words: str
) -> None:
    """Plain words in Chinese; everything else is kept."""
    one = device()
    page = one.send("/register", **filling.who(name="贾保留") | {field: value})
    assert page.status_code == 422
    assert words in one.words
    assert f'id="{field}-e"' in one.text
    if field != "name":
        assert 'value="贾保留"' in one.text


def test_one_to_one_work_is_for_adults(device: Device) -> None:
    """The day before the eighteenth birthday is too early, the birthday is not."""
    today = clock.today()
    tomorrow18 = date(today.year - 18, today.month, today.day)
    young = device()
    born = people.id_number(date(tomorrow18.year + 1, 1, 1))
    assert young.send("/register", **filling.who(id_number=born)).status_code == 422
    assert "年满 18 周岁" in young.words
    grown = device()
    page = grown.send("/register", **filling.who(id_number=people.id_number(tomorrow18)))
    assert page.request.path == "/register/help"


def test_what_is_offered_is_checked(device: Device) -> None:
    """Nothing offered, tutoring without subject and years, counselling without a paper."""
    one = device()
    one.send("/register", **filling.who())
    one.send("/register/help", capacity="1", unit_id="0")
    assert "请选择您能帮什么" in one.words
    one.send("/register/help", **filling.what(subjects=[], stages=[]))
    assert "请至少选一门科目" in one.words
    assert "请选择哪些年级" in one.words
    page = one.send("/register/help", **filling.what(offers=["counselling"]))
    assert page.status_code == 422
    assert "心理疏导要有证书" in one.words
    page = one.send("/register/help", **filling.what(offers=["counselling"], papers=["physician"]))
    assert page.request.path == "/register/where"


def test_where_and_when_is_checked(device: Device) -> None:
    """No slot, no village, an unknown village, a period that ends before it begins."""
    one = device()
    one.send("/register", **filling.who())
    one.send("/register/help", **filling.what())
    assert one.send("/register/where", **filling.where(slots=[])).status_code == 422
    assert one.words.count("没有选时段") >= 1
    one.send("/register/where", **filling.where(village="", village_text="无此村"))
    assert "无此村" in one.words
    backwards = filling.where(from_1="2027-02-01", until_1="2027-01-01")
    assert one.send("/register/where", **backwards).status_code == 422
    assert "最后一天早于第一天" in one.words or "早于" in one.words
    past = filling.where(from_1="2020-01-01", until_1="2020-02-01")
    one.send("/register/where", **past)
    assert "已经过去" in one.words


def test_the_village_is_found_by_pinyin_and_says_what_lies_in_reach(device: Device) -> None:
    """Looking a place up is not sending; the distances then say how many villages they reach."""
    one = device()
    one.send("/register", **filling.who())
    one.send("/register/help", **filling.what())
    one.send("/register/where", village_text="shangcun", act="find-village", travel="ebike")
    assert "北东山镇" in one.words
    assert "南东山镇" in one.words
    chosen = str(filling.region_id())
    one.send("/register/where", village=chosen, act="find-village", travel="ebike")
    assert "能到" in one.words


def test_periods_and_modes_are_as_chosen(device: Device) -> None:
    """Holidays become periods; only from afar is not in person."""
    one = device()
    one.send("/register", **filling.who())
    one.send("/register/help", **filling.what())
    one.send("/register/where", **filling.where(holidays="y", reach="0"))
    one.send("/register/check", **filling.check())
    with db.read():
        helper = only_helper()
        assert {m.mode for m in helper.modes} == {Mode.online, Mode.phone}
        assert len(helper.periods) == 2
        assert all(p.ends and p.ends >= clock.today() for p in helper.periods)


def test_a_weak_password_or_no_agreement_is_refused(device: Device) -> None:
    """Nothing is registered, and the steps are kept."""
    one = device()
    filling.to_last_step(one)
    page = one.send("/register/check", **filling.check(new_password="short", again="short"))
    assert page.status_code == 422
    assert "至少 10" in one.words
    no = filling.check()
    del no["agreed"]
    assert one.send("/register/check", **no).status_code == 422
    assert "您同意以后才能登记" in one.words
    with db.read():
        assert db.session.scalars(select(Helper)).all() == []
    assert one.send("/register/check", **filling.check()).request.path == "/sign-in"


def test_a_social_worker_needs_licence_and_agency(device: Device) -> None:
    """Licence and agency are asked of social workers only, and become role and paper."""
    with db.write():
        place = people.region(people.VILLAGE)
        unit = partners.register_unit(
            NewUnit(UnitKind.agency, "北试社工中心", place.id), by=built.ANYBODY
        )
        db.session.flush()
        unit_id = unit.id
    one = device()
    one.send("/register", **filling.who(kind="social_worker"))
    assert one.send("/register/help", **filling.what()).status_code == 422
    assert "请填写证书编号" in one.words
    assert "请选择您所在的机构" in one.words
    one.send("/register/help", **filling.what(licence="36-001", unit_id=str(unit_id)))
    one.send("/register/where", **filling.where())
    one.send("/register/check", **filling.check())
    with db.read():
        helper = only_helper()
        assert queries.gate_states(helper)[Gate.credential] is GateState.missing
        assert helper.unit_id == unit_id
        person = people.Person("", helper.account_id or 0)
        assert person.actor().role is Role.social_worker


def test_who_has_an_account_joins_with_it(device: Device) -> None:
    """A director who wants to help signs in first and needs no second account."""
    director = people.appoint(Role.child_director, people.VILLAGE)
    one = device()
    one.sign_in(director.phone)
    filling.to_last_step(one)
    one.send("/register/check", agreed="y")
    with db.read():
        helper = only_helper()
        assert helper.account_id == director.account_id
        roles = {h.role for h in director.actor().holdings}
    assert roles == {Role.child_director, Role.volunteer}
    assert one.get("/register").request.path in ("/helpers/mine", "/role")


def test_the_pages_read_english(device: Device) -> None:
    """Every step has its words in English too."""
    one = device().english()
    assert "Who you are" in one.get("/register").get_data(as_text=True)
    filling.to_last_step(one)
    assert "Check what you have written" in one.get("/register/check").get_data(as_text=True)
