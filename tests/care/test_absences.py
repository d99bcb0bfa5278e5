"""A school says that a pupil is not there; it stays a task until it is known where the child is.

Made to catch: a school that finds another school's pupil, a second report while the child is away,
a page that shows a category to the school, an end before its beginning.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Role
from jiedui.care.actions import absences as actions
from jiedui.care.models import Absence
from jiedui.care.queries import absences as queries
from jiedui.care.rules.absences import (
    WITH_DAY,
    AbsenceEnd,
    AbsenceRefusal,
    AbsenceState,
    end_fault,
    since_fault,
)
from jiedui.children.rules import Category
from jiedui.core import clock, db
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal
from jiedui.partners import actions as partners
from jiedui.partners.models import Place
from jiedui.partners.rules import NewUnit, PlaceKind, UnitKind
from tests import people
from tests.builders import children as kids
from tests.client import Browser
from tests.people import Person

TODAY = date(2026, 11, 25)
PUPIL = "云学生"


@given(
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    st.sampled_from(AbsenceEnd),
    st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 6, 1))),
    st.sampled_from(AbsenceState),
)
def test_an_absence_ends_once_and_not_before_it_began(
    since: date, how: AbsenceEnd, on: date | None, state: AbsenceState
) -> None:
    fault = end_fault(state, since, how, on, TODAY)
    if fault is None:
        assert state is AbsenceState.open
        assert on is not None or how not in WITH_DAY
        assert on is None or since <= on <= TODAY
    elif state is AbsenceState.closed:
        assert fault == (AbsenceRefusal.over_already, None)
    else:
        assert fault[1] == "on"


def test_the_first_day_of_an_absence() -> None:
    assert since_fault(TODAY, TODAY) is None
    assert since_fault(TODAY + timedelta(days=1), TODAY) is AbsenceRefusal.in_future
    assert since_fault(TODAY - timedelta(days=400), TODAY) is AbsenceRefusal.long_ago


class School:
    """A school with a teacher's account, and its pupils."""

    def __init__(self, name: str) -> None:
        with db.write():
            village = people.region(people.VILLAGE)
            unit = partners.register_unit(NewUnit(UnitKind.school, name, village.id), by=ANYBODY)
            db.session.flush()
            place = Place(county_id=village.county_id, region=village, kind=PlaceKind.school,
                          name=name, unit_id=unit.id)  # fmt: skip
            db.session.add(place)
            db.session.flush()
            self.unit_id, self.place_id = unit.id, place.id
        code = people.VILLAGE
        self.teacher = people.appoint(Role.school_worker, code, unit_id=self.unit_id)

    def pupil(self, by: Person, name: str = PUPIL, **over: object) -> int:
        """A pupil of this school who is on file."""
        over = {"categories": frozenset({Category.seriously_ill})} | over
        return kids.household_child(by, name=name, school_id=self.place_id, **over)


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def now(child: int) -> Absence | None:
    """The absence of a child that is not over."""
    with db.read():
        found = queries.open_of(child)
        db.session.expunge_all()
        return found


def test_a_pupil_is_reported_looked_for_and_back(app: Flask) -> None:
    director, school = kids.director(), School("上村小学")
    child = school.pupil(director)
    class_ = at(app, school.teacher)
    class_.get("/desk")
    assert "/school/absences" in class_.text
    began = clock.today() - timedelta(days=1)
    class_.send("/school/absences/report", pupil=PUPIL, since=str(began))
    assert "已上报" in class_.words
    assert PUPIL in class_.words
    assert "重病" not in class_.words
    one = now(child)
    assert one is not None
    assert one.due == clock.working_days_after(began, 3)
    assert class_.get(f"/children/{child}").status_code == 404
    mine = at(app, director)
    mine.get("/desk")
    assert PUPIL in mine.words
    assert f"/absences/{one.id}" in mine.text
    mine.get(f"/children/{child}")
    assert "学校上报：自" in mine.words
    with clock.moved_to(clock.at(one.due + timedelta(days=3), 9)):
        late = at(app, people.appoint(Role.township_supervisor, people.TOWNSHIP)).english()
        late.get("/absences")
        assert "3 days overdue" in late.words
    page = f"/absences/{one.id}"
    assert mine.send(page, how="returned").status_code == 422
    assert "请填写日期" in mine.words
    assert mine.send(page, how="returned", on="2020-01-01").status_code == 422
    assert mine.send(page, how="flown", on=str(clock.today())).status_code == 422
    assert mine.send(page, how="returned", on=str(clock.today())).status_code == 200
    assert now(child) is None
    mine.get(f"/children/{child}")
    assert "缺课情况：已返校" in mine.words
    class_.get("/school/absences")
    assert "已返校" in class_.words
    late_page = mine.send(page, how="returned", on=str(clock.today()))
    assert late_page.status_code in (409, 422)


def test_the_school_says_that_a_pupil_is_back(app: Flask) -> None:
    director, school = kids.director(), School("上村小学")
    child = school.pupil(director)
    class_ = at(app, school.teacher).english()
    class_.send("/school/absences/report", pupil=PUPIL, since=str(clock.today()))
    one = now(child)
    assert one is not None
    page = f"/school/absences/{one.id}/back"
    class_.get(page)
    assert "Back since" in class_.words
    assert class_.send(page, on="").status_code == 422
    assert class_.send(page, on=str(clock.today())).status_code == 200
    assert now(child) is None
    other = at(app, School("下村小学").teacher)
    assert other.get(page).status_code == 404
    other.get("/school/absences")
    assert PUPIL not in other.words


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "这里要填"),
        ({"pupil": "云别人"}, "没有这个姓名"),
        ({"pupil": "云外校"}, "没有这个姓名"),
        ({"pupil": PUPIL, "since": "2999-01-01"}, "还没有到"),
        ({"pupil": PUPIL, "since": "2001-01-01"}, "超过一学年"),
        ({"pupil": PUPIL, "since": "gestern"}, ""),
        ({"pupil": "云同名"}, "有两人同名"),
        ({"pupil": "云" * 80}, ""),
    ],
)
def test_bad_reports_are_told_and_kept(app: Flask, fields: dict[str, str], says: str) -> None:
    director, school = kids.director(), School("上村小学")
    school.pupil(director)
    School("下村小学").pupil(director, "云外校")
    for age in (8, 9):
        school.pupil(director, "云同名", birth_date=kids.born(age))
    class_ = at(app, school.teacher)
    sent = {"since": str(clock.today())} | fields
    assert class_.send("/school/absences/report", **sent).status_code == 422
    assert says in class_.words
    assert all(value in class_.text for value in fields.values())
    twin = {"pupil": "云同名", "birth_date": str(kids.born(8)), "since": str(clock.today())}
    assert class_.send("/school/absences/report", **twin).status_code == 200
    again = class_.send("/school/absences/report", **twin)
    assert again.status_code == 422
    assert "已经上报过" in class_.words


def test_two_teachers_report_at_once_and_one_is_told(app: Flask) -> None:
    director, school = kids.director(), School("上村小学")
    school.pupil(director)
    with db.write():
        by = school.teacher.actor()
        actions.report_absence(PUPIL, clock.today(), None, by=by)
    with pytest.raises(Refusal), db.write():
        actions.report_absence(PUPIL, clock.today(), None, by=school.teacher.actor())
