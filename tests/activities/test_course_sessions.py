"""A course of several sessions: who came is told for each; who came to all of them passes, or to
the share the planner set; no two sessions overlap and no list is told before the last is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from jiedui.activities import actions
from jiedui.activities.models import Course, CoursePresence, CourseSession
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import (
    CourseDay,
    CourseRefusal,
    course_fault,
    minutes_for,
    passes,
)
from jiedui.core import clock, db
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import Gate
from tests.activities.test_classes import execute, refused
from tests.activities.test_courses import joined, untrained
from tests.activities.test_pages import signed_in
from tests.builders import courses as build
from tests.client import Browser

Device = Callable[[], Browser]


def told_and_confirmed(of: build.Planned, *came: list[int]) -> None:
    """The unit tells each session, the office confirms."""
    build.told(of, *came)
    build.confirmed(of)


def members(of: build.Planned) -> dict[int | None, int]:
    """The number of each helper's place."""
    with db.read():
        return {one.helper_id: one.id for one in of.read().members_on}


def test_who_missed_a_day_has_not_passed(either_app: Flask) -> None:
    """Both came to the first day, one of them to all three; their gate counts from the last day.
    Seen to fail: `came` where somebody was there at all (passes without the share)."""
    (first, one), (second, two) = untrained(name="贾全到"), untrained(name="贾缺一")
    of = build.several()
    joined(of, first, second)
    a, b = (members(of)[number] for number in (one, two))
    with clock.moved_to(of.after()):
        told_and_confirmed(of, [a, b], [a], [a, b])
        with db.read():
            passed, missed = of.read().members_on
            assert (passed.passed, passed.minutes, passed.there) == (True, 360, {1, 2, 3})
            assert (missed.passed, missed.number, missed.there) == (False, None, {1, 3})
            fact = helpers.get(one).facts[-1]
            assert (fact.gate, fact.done_on) == (Gate.training, of.read().last_on)
            assert helpers.is_cleared(helpers.get(one))
            assert not helpers.is_cleared(helpers.get(two))


def test_a_share_is_enough_where_the_planner_says_so(app: Flask) -> None:
    """Two of three days are enough at 60 of a hundred; two thirds of the minutes count."""
    (first, one), (second, two) = untrained(), untrained()
    of = build.several(share=60)
    joined(of, first, second)
    a, b = (members(of)[number] for number in (one, two))
    with clock.moved_to(of.after()):
        told_and_confirmed(of, [a], [a, b], [])
        with db.read():
            most, few = of.read().members_on
            assert (most.passed, most.minutes) == (True, 240)
            assert (few.passed, few.minutes) == (False, 120)


@given(there=st.integers(0, 12), held=st.integers(1, 12), share=st.integers(50, 100))
def test_who_came_to_all_passes_and_who_came_to_none_does_not(
    there: int, held: int, share: int
) -> None:
    there = min(there, held)
    if there in (0, held):
        assert passes(there, held, share) == bool(there)
    if passes(there, held, share):
        assert there / held >= share / 100 - 1e-9
        assert passes(there + 1, held, share)
    assert 0 <= minutes_for(there, held, 300) <= 300


def test_the_list_waits_for_the_last_session(either_app: Flask) -> None:
    """By the rule, and by the database. Seen to fail: `start_at` for `end_at` in the rule."""
    of = build.several()
    joined(of, untrained()[0])
    with db.read():
        before_the_last = of.read().sessions[-1].start_at
        after_two = of.read().sessions[1].end_at + timedelta(hours=1)
    with clock.moved_to(before_the_last), refused(CourseRefusal.not_over):
        build.told(of)
    with clock.moved_to(after_two), db.read():
        coming = of.read().coming
        assert coming is not None
        assert coming.position == 3
    early = {"told_by": of.manager.account_id, "told_at": before_the_last}
    with pytest.raises(IntegrityError):
        execute(update(Course).values(**early))


def test_the_database_refuses_sessions_that_overlap(either_app: Flask) -> None:
    """Neither may the second begin before the first has ended, nor the first end after the second
    has begun; nor does one stand without the one before it. Seen to fail: without the CHECK
    overlap, without the foreign key."""
    of = build.several()
    with db.read():
        first, second, _third = of.read().sessions
        early, late = first.end_at - timedelta(minutes=1), second.start_at + timedelta(minutes=1)
        alone = {
            "course_id": of.id, "position": 5, "previous": 4, "previous_end_at": late,
            "start_at": late, "end_at": late + timedelta(hours=1),
        }  # fmt: skip
    wrong = (
        update(CourseSession).where(CourseSession.position == 2).values(start_at=early),
        update(CourseSession).where(CourseSession.position == 1).values(end_at=late),
        insert(CourseSession).values(**alone),
    )
    for statement in wrong:
        with pytest.raises(IntegrityError):
            execute(statement)


def test_the_database_tells_nobody_on_another_course(either_app: Flask) -> None:
    """A presence leans on the place and on the session of one course."""
    of, other = build.several(), build.several()
    joined(of, untrained()[0])
    (number,) = members(of).values()
    row = {"member_id": number, "position": 1, "course_id": other.id}
    with pytest.raises(IntegrityError):
        execute(insert(CoursePresence).values(**row))


def test_no_more_minutes_than_it_lasts_but_read_at_home(either_app: Flask) -> None:
    """The sum of the days unless somebody says less; of a reading what it takes to read."""
    of = build.several()
    with db.write():
        course = of.read()
        assert (course.minutes, course.held_minutes) == (360, 360)
        read = build.said(course.unit_id, None, minutes=600)
        at_home = actions.plan_course(read, by=of.office.actor()).id
    with db.read():
        assert courses.get_course(at_home).minutes == 600
    for number in (of.id, at_home):
        statement = update(Course).where(Course.id == number).values(minutes=601)
        if number == at_home:
            execute(statement)
            continue
        with pytest.raises(IntegrityError):
            execute(statement)


def test_what_days_must_be() -> None:
    """Each is said to its end, one after the other; the fault stands in the row that says it."""
    today, day = date(2026, 3, 1), date(2026, 3, 8)
    said = build.said(1, 1, day=day, minutes=None)
    next_day, far = day + timedelta(days=1), day + timedelta(days=400)
    for row, fault in (
        (CourseDay(day, time(10), time(12), 2), (CourseRefusal.days_overlap, "day_2")),
        (CourseDay(today, time(9), time(11), 3), (CourseRefusal.days_overlap, "day_3")),
        (CourseDay(next_day, time(11), time(9), 2), (CourseRefusal.backwards, "ends_at_2")),
        (CourseDay(far, time(9), time(11), 2), (CourseRefusal.too_far, "day_2")),
        (CourseDay(day, time(11), time(12), 2), None),
        (CourseDay(next_day, time(9), time(11), 2), None),
    ):  # fmt: skip
        found = course_fault(build.replace(said, more=(row,)), today)
        assert found == fault


def test_a_course_of_three_days_on_its_pages(app: Flask, device: Device) -> None:
    """A day that is not said to its end is asked for beside its field; then three lists, and a
    paper that says to how many of the days somebody came."""
    person, number = untrained(name="贾受训")
    of = build.planned()
    first = clock.today() + timedelta(days=9)
    with db.read():
        course = of.read()
        said = {
            "title": "三天培训班", "content": "防溺水", "audience": "helpers",
            "unit": str(course.unit_id), "place": str(course.place_id), "seats": "20",
            "day": first.isoformat(), "begins_at": "09:00", "ends_at": "11:00", "share": "60",
            "day_2": (first + timedelta(days=1)).isoformat(), "begins_at_2": "09:00",
            "day_3": (first + timedelta(days=2)).isoformat(), "begins_at_3": "09:00",
            "ends_at_3": "11:30", "minutes": "", "holds_months": "12",
        }  # fmt: skip
    office = signed_in(device, of.office)
    assert office.send("/courses/new", **said).status_code == 422
    assert "三天培训班" in office.text
    assert (first + timedelta(days=2)).isoformat() in office.text
    office.send("/courses/new", **said, ends_at_2="11:00")
    assert "共 3 次" not in office.words
    assert "到场率达到 60%" in office.words
    with db.read():
        new = db.session.scalars(select(Course.id).where(Course.title == "三天培训班")).one()
        assert courses.get_course(new).minutes == 390
    with db.write():
        actions.join_course(courses.get_course(new), by=person.actor())
    planned = build.Planned(of.office, of.manager, new)
    place = str(members(planned)[number])
    with clock.moved_to(planned.after()):
        unit = signed_in(device, of.manager)
        unit.get(f"/courses/{new}/list")
        assert f'name="came_3" value="{place}"' in unit.text
        unit.send(f"/courses/{new}/list", came=[place], came_3=[place])
        office = signed_in(device, of.office)
        office.get(f"/courses/{new}/confirm")
        assert "2 / 3" in office.words
        office.send(f"/courses/{new}/confirm")
        mine = signed_in(device, person)
        mine.get(f"/courses/members/{place}/certificate")
        assert "共 3 次，到场 2 次。" in mine.words
        assert "4 小时 30 分" in mine.words
