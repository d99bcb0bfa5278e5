"""Training by reading: all ten right, by the volunteer, until a course takes place.

Seen to fail: one wrong answer that passes, reading that lifts a bad finding, a county that wants a
course and lets reading count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.helpers import actions, queries
from jiedui.helpers.rules import Finding, Gate, GateState, HelperRefusal, Outcome
from jiedui.helpers.rules.reading import TRUE, Lesson, counts_until, wrong
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders.helpers import volunteer
from tests.client import Browser

RIGHT = dict(TRUE)
FORM = {one.name: "right" if good else "wrong" for one, good in TRUE.items()}


def gate(number: int) -> GateState:
    """How the training gate stands (opens its own read)."""
    with db.read():
        return queries.gate_states(queries.get(number))[Gate.training]


def test_ten_right_answers_open_the_gate_for_half_a_year(app: Flask) -> None:
    """On the page: what was wrong stands out and the rest stays; then it is on record."""
    person, number = volunteer()
    hand = Browser(app)
    hand.sign_in(person.phone)
    hand.get("/helpers/mine")
    assert "阅读培训" in hand.words
    bad = hand.send("/helpers/mine/training", **(FORM | {"no_money": "right"}))
    assert bad.status_code == 422
    assert "请再读一遍" in hand.words
    assert gate(number) is GateState.missing
    hand.send("/helpers/mine/training", **FORM)
    assert "十题全对" in hand.words
    assert gate(number) is GateState.good
    with clock.moved_to(clock.now() + timedelta(days=181)):
        assert gate(number) is GateState.expired
    assert hand.get("/helpers/mine/training").status_code == 404


def test_only_the_volunteer_and_only_where_it_counts(app: Flask) -> None:
    """Nobody answers for another; a county may want a course; a bad finding stays bad."""
    person, number = volunteer()
    other, _number = volunteer()
    with db.write(), pytest.raises(Refusal) as found:
        actions.pass_reading(queries.get(number), RIGHT, by=other.actor())
    assert found.value.code is HelperRefusal.reading_is_own
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.training_by_reading, False, by=person.actor())
    with db.write(), pytest.raises(Refusal) as found:
        actions.pass_reading(queries.get(number), RIGHT, by=person.actor())
    assert found.value.code is HelperRefusal.course_wanted


def test_reading_lifts_no_bad_finding(app: Flask) -> None:
    person, number = volunteer()
    officer = people.appoint(Role.coordinator, office=Office.womens_federation)
    with db.write():
        bad = Finding(Gate.training, Outcome.bad, clock.today())
        actions.record_finding(queries.get(number), bad, by=officer.actor())
    with db.write(), pytest.raises(Refusal) as found:
        actions.pass_reading(queries.get(number), RIGHT, by=person.actor())
    assert found.value.code is HelperRefusal.course_wanted


@given(st.dictionaries(st.sampled_from(Lesson), st.booleans()))
def test_only_ten_right_answers_are_all_right(said: dict[Lesson, bool]) -> None:
    assert (wrong(said) == []) == (said == RIGHT)


def test_half_a_year_is_long_enough_for_a_course() -> None:
    assert counts_until(clock.today()) - clock.today() == timedelta(days=180)
