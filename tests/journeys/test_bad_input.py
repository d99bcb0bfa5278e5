"""Bad input at the doors of the portal: named beside its field, nothing lost, nothing written, and
taken once it is right. What goes wrong later, between people, is in test_bad_moments.py.

Seen failing: without `StopValidation` in `IdNumber.pre_validate`; with `f.checked` left out of the
chips of `slots()`; with the summary linking to `f.name ~ "-x"`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.models import Account
from jiedui.access.rules import Role
from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Gate, GateState
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from tests import people
from tests.builders import children as kids
from tests.builders import helpers as built
from tests.builders import needs as wishes
from tests.client import Browser
from tests.helpers import filling
from tests.helpers.test_entering import form as on_paper
from tests.helpers.test_vetting_pages import states
from tests.journeys.seen import (
    ENGLISH,
    named,
    one_language,
    reading,
    rows,
    still_there,
)
from tests.needs.visits import typed, village_id, years_ago

Device = Callable[[], Browser]
Change = Callable[[], dict[str, Any]]


def wrong_digit(number: str) -> str:
    """The number with another last character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def tomorrow() -> str:
    """A day that has not come."""
    return (clock.today() + timedelta(days=1)).isoformat()


def seventeen() -> date:
    """A birth date in the year in which somebody becomes seventeen."""
    return date(clock.today().year - 17, 1, 2)


CHECKSUM = ("最后一位对不上", "The last character does not fit")
NOT_YET = ("这一天还没有到", "This day has not come yet")
OVER_18 = ("已满 18 周岁，不能建儿童档案", "This person is 18 or older")
NO_PHONE = ("没有这样的电话号码", "There is no such number in China")
SHORT = ("现在是 10 位", "this one has 10")
NO_SLOT = ("还没有选时段", "No time is chosen yet")

OF_A_CHILD: list[tuple[str, Change, str, tuple[str, str]]] = [
    ("checksum", lambda: {"id_number": wrong_digit(people.id_number())}, "id_number", CHECKSUM),
    (
        "born tomorrow",
        lambda: {"id_number": None, "birth_date": tomorrow(), "sex": "f"},
        "birth_date",
        NOT_YET,
    ),
    (
        "eighteen",
        lambda: {"id_number": None, "birth_date": years_ago(18).isoformat(), "sex": "f"},
        "birth_date",
        OVER_18,
    ),
    (
        "eighteen by number",
        lambda: {"id_number": people.id_number(years_ago(18))},
        "id_number",
        OVER_18,
    ),
    ("no phone", lambda: {"guardian_phone": "12345678901"}, "guardian_phone", NO_PHONE),
    ("short phone", lambda: {"guardian_phone": "1381234567"}, "guardian_phone", SHORT),
    ("no slot", lambda: {"slots": None}, "slots", NO_SLOT),
]


@pytest.fixture
def director(app: Flask) -> Browser:
    """A director's phone; the village has a Children's Home."""
    with db.write():
        wishes.place()
    phone = Browser(app)
    phone.sign_in(kids.director().phone)
    return phone


@ENGLISH
@pytest.mark.parametrize("change", OF_A_CHILD, ids=[row[0] for row in OF_A_CHILD])
def test_a_childs_visit_names_the_fault_and_is_taken_once_it_is_right(
    director: Browser, change: tuple[str, Change, str, tuple[str, str]], english: bool
) -> None:
    _name, fault, field, words = change
    said = typed(**fault(), notes="奶奶耳背", address="三组")
    reading(director, english).send("/visit", **said)
    named(director, field, words[english])
    still_there(director, said)
    assert rows(Child, Need) == [0, 0]
    right = {"birth_date": None, "sex": None, "slots": ["saturday_morning"]}
    right |= {"id_number": people.id_number(kids.born(9)), "guardian_phone": "13812345678"}
    again = {k: v for k, v in (said | right).items() if v is not None}
    answer = director.send("/visit", fresh=False, **again)
    assert answer.status_code == 200
    assert rows(Child, Need) == [1, 1]


@ENGLISH
def test_a_fault_of_the_number_is_the_only_one_named(director: Browser, english: bool) -> None:
    """Birth date and sex would come from it: asking for them too would be noise."""
    said = typed(id_number=wrong_digit(people.id_number(kids.born(9))))
    reading(director, english).send("/visit", **said)
    assert ("有 1 处需要改", "1 thing to change")[english] in director.words


@ENGLISH
def test_a_village_outside_the_region_is_named_and_the_rest_kept(
    director: Browser, english: bool
) -> None:
    """A forged value, and the name of a village that another township has."""
    reading(director, english)
    forged = typed(village=village_id(people.FAR_VILLAGE))
    director.send("/visit", **forged)
    named(director, "village", ("请先查找", "Please look a place up")[english])
    still_there(director, {k: v for k, v in forged.items() if k != "village"})
    by_name = typed(village="", village_text="西河乡长岭")
    director.send("/visit", fresh=False, **by_name)
    named(director, "village", "“西河乡长岭”")
    still_there(director, by_name)
    assert rows(Child) == [0]
    by_name |= {"village_text": "", "village": village_id()}
    director.send("/visit", fresh=False, **by_name)
    assert rows(Child, Need) == [1, 1]


@ENGLISH
def test_a_need_without_consent_is_kept_unmatched_and_says_so(
    director: Browser, english: bool
) -> None:
    answer = reading(director, english).send("/visit", **typed(consent="not_yet"))
    assert answer.status_code == 200
    kept = (
        "监护人和孩子都同意后，心愿才会进入匹配",
        "waits until guardian and child have said yes",
    )
    assert kept[english] in director.words
    with db.read():
        assert db.session.scalars(select(Need.state)).one() is NeedState.waiting


OF_A_HELPER: list[tuple[str, Change, str, tuple[str, str]]] = [
    ("checksum", lambda: {"id_number": wrong_digit(people.id_number())}, "id_number", CHECKSUM),
    (
        "under 18",
        lambda: {"id_number": people.id_number(seventeen())},
        "id_number",
        ("年满 18 周岁", "is for people of 18 and over"),
    ),
    ("no phone", lambda: {"phone": "12345678901"}, "phone", NO_PHONE),
    ("short phone", lambda: {"phone": "1390000123"}, "phone", SHORT),
]


@ENGLISH
@pytest.mark.parametrize("change", OF_A_HELPER, ids=[row[0] for row in OF_A_HELPER])
def test_registering_names_the_fault_and_goes_on_once_it_is_right(
    device: Device, change: tuple[str, Change, str, tuple[str, str]], english: bool
) -> None:
    _name, fault, field, words = change
    one, said = reading(device(), english), filling.who(**fault())
    one.send("/register", **said)
    named(one, field, words[english])
    still_there(one, said)
    said |= {"id_number": people.id_number(), "phone": people.phone_number()}
    page = one.send("/register", fresh=False, **said)
    assert page.request.path == "/register/help"
    one.send("/register/help", **filling.what())
    one.send("/register/where", **filling.where())
    assert rows(Helper, Account) == [0, 0]
    one.send("/register/check", **filling.check())
    assert rows(Helper, Account) == [1, 1]


@ENGLISH
def test_a_helper_without_a_slot_is_asked_for_one(device: Device, english: bool) -> None:
    one = reading(device(), english)
    one.send("/register", **filling.who())
    one.send("/register/help", **filling.what())
    said = filling.where(slots=[], from_1="2099-03-01", until_1="2099-06-30", also_online="y")
    one.send("/register/where", **said)
    named(one, "slots", NO_SLOT[english])
    still_there(one, said)
    page = one.send("/register/where", fresh=False, **said | {"slots": ["weekend"]})
    assert page.request.path == "/register/check"


@ENGLISH
@pytest.mark.parametrize("change", OF_A_HELPER, ids=[row[0] for row in OF_A_HELPER])
def test_entering_a_signed_form_names_the_fault_too(
    device: Device, change: tuple[str, Change, str, tuple[str, str]], english: bool
) -> None:
    """A landline is a number here: only what no telephone can ring is refused."""
    _name, fault, field, words = change
    one = reading(device(), english)
    one.sign_in(people.appoint(Role.township_supervisor, people.TOWNSHIP).phone)
    said = on_paper(**{"phone": "07975622000"} | fault(), about="周三值班")
    one.send("/helpers/enter", **said)
    named(one, field, NO_PHONE[english] if words is SHORT else words[english])
    still_there(one, said)
    assert rows(Helper) == [0]
    said |= {"id_number": people.id_number(), "phone": "0797-5622000"}
    one.send("/helpers/enter", fresh=False, **said)
    assert rows(Helper) == [1]


@ENGLISH
def test_a_check_that_has_expired_is_not_taken(device: Device, english: bool) -> None:
    one, (_person, helper_id) = reading(device(), english), built.volunteer()
    one.sign_in(built.vetter().phone)
    old = (clock.today() - timedelta(days=900)).isoformat()
    said = {"outcome": "good", "done_on": old, "authority": "北试县公安局"}
    path = f"/helpers/{helper_id}/finding/record_check"
    one.send(path, **said)
    named(one, "done_on", ("已经过期，要重新办", "This has run out already")[english])
    still_there(one, said)
    assert states(helper_id)[Gate.record_check] is GateState.missing
    one.send(path, fresh=False, **said | {"done_on": clock.today().isoformat()})
    assert states(helper_id)[Gate.record_check] is GateState.good


@ENGLISH
def test_many_faults_are_all_said_in_one_language(director: Browser, english: bool) -> None:
    """Many at once: every one is named, in the reader's language."""
    nothing = {"guardian_name": "", "name": "", "guardian_relation": None, "view_how": None}
    reading(director, english).send("/visit", **typed(**nothing, slots=None, urgency="red"))
    one_language(director)
