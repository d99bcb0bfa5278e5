"""Bad input at a visit to a child: named beside its field, nothing lost, nothing written, and taken
once it is right. The same of helpers is in test_bad_registration.py, what goes wrong between people
in test_bad_decisions.py, pages and sessions that grew old in test_bad_moments.py.

Seen failing: with every chip of `slots()` unticked; with `place_picker` losing its text; with
`ChildPart.refuse` putting "eighteen" beside the name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from tests import people
from tests.builders import children as kids
from tests.builders import needs as wishes
from tests.client import Browser
from tests.journeys.seen import (
    CHECKSUM,
    ENGLISH,
    NO_PHONE,
    NO_SLOT,
    SHORT,
    named,
    one_language,
    reading,
    rows,
    still_there,
    summary,
    wrong_digit,
)
from tests.needs.visits import typed, village_id, years_ago

Change = Callable[[], dict[str, Any]]


def tomorrow() -> str:
    """A day that has not come."""
    return (clock.today() + timedelta(days=1)).isoformat()


NOT_YET = ("这一天还没有到", "This day has not come yet")
OVER_18 = ("已满 18 周岁，不能建儿童档案", "This person is 18 or older")

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
    assert need_and_child()[0] is NeedState.waiting
    consent = f"/children/{need_and_child()[1]}/consent"
    director.send(consent, consent="paper", paper_holder="石例女", paper_where="村委会")
    assert need_and_child()[0] is NeedState.open


def need_and_child() -> tuple[NeedState, int]:
    """How the only wish stands, and whose it is."""
    with db.read():
        need = db.session.scalars(select(Need)).one()
        return need.state, need.children[0].id


@ENGLISH
def test_many_faults_are_all_said_in_one_language(director: Browser, english: bool) -> None:
    """Many at once: every one is named, in the reader's language."""
    nothing = {"guardian_name": "", "name": "", "guardian_relation": None, "view_how": None}
    reading(director, english).send("/visit", **typed(**nothing, slots=None, urgency="red"))
    one_language(director)
    assert set(nothing) | {"slots"} <= set(summary(director))
