"""Psychology teachers and visits of experts, school by school, and the gaps.

Made to catch: a teacher who has left and still counts (_teachers), a visit of last term that counts
for this one (_visits), another school's page (own_unit).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.counselling.actions import schools as actions
from jiedui.counselling.actions.schools import TeacherSaid, VisitSaid
from jiedui.counselling.queries import schools as queries
from jiedui.counselling.rules.schools import Gap, Post, Qualification, SchoolRefusal, Theme, term_of
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders.counselling import unit
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def seen(person: Person) -> dict[str, list[Gap]]:
    """What each school lacks, for this person."""
    with db.read():
        return {one.unit.name: one.gaps for one in queries.standing(person.actor())}


def test_a_school_fills_its_gaps(app: Flask, device: Device) -> None:
    """By its own hand; the county sees who lacks what, the other school nothing of it."""
    mine, other = unit(UnitKind.school, "上村小学"), unit(UnitKind.school, "下村小学")
    teacher = people.appoint(Role.school_worker, people.VILLAGE, unit_id=mine)
    office = people.appoint(Role.coordinator, office=Office.education)
    assert seen(office)["上村小学"] == [Gap.no_teacher, Gap.no_visit, Gap.pupils_unknown]
    browser = device()
    browser.sign_in(teacher.phone)
    path, today = f"/counselling/schools/{mine}", clock.today().isoformat()
    browser.send(path + "/teacher", name="文老师", post="full_time", qualification="degree",
                 since=today)  # fmt: skip
    browser.send(path + "/visit", expert="县医院 石医生", on_day=today, theme="life_education",
                 pupils="120")  # fmt: skip
    browser.send(path + "/pupils", pupils="420")
    assert "文老师" in browser.words
    assert "生命教育" in browser.words
    assert seen(teacher) == {"上村小学": []}
    assert seen(office)["下村小学"] == [Gap.no_teacher, Gap.no_visit, Gap.pupils_unknown]
    assert browser.get(f"/counselling/schools/{other}").status_code == 404


def test_who_has_left_and_last_term_do_not_count(app: Flask) -> None:
    """A teacher until a day, a visit before the term began."""
    number = unit(UnitKind.school, "上村小学")
    office = people.appoint(Role.coordinator, office=Office.education)
    today = clock.today()
    came = today - timedelta(days=400)
    with db.write():
        school, by = queries.school(number), office.actor()
        said = TeacherSaid("文老师", Post.part_time, Qualification.training, came)
        one = actions.enter_teacher(school, said, by=by)
        before = term_of(today).first - timedelta(days=1)
        actions.enter_visit(school, VisitSaid("石医生", before, Theme.setbacks, 60), by=by)
        actions.say_pupils(school, 2400, by=by)
    assert seen(office)["上村小学"] == [Gap.no_visit, Gap.many_pupils]
    with db.write():
        left = queries.teacher(one.id)
        with pytest.raises(Refusal) as said_no:
            actions.end_teacher(left, came - timedelta(days=1), by=office.actor())
        assert said_no.value.code is SchoolRefusal.before_since
        actions.end_teacher(left, today - timedelta(days=1), by=office.actor())
    assert seen(office)["上村小学"] == [Gap.no_teacher, Gap.no_visit]
