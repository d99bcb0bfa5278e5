"""Invented courses: for helpers, guardians or officials, held by a social work agency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import Course
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import CourseDay, CourseFor, CourseSaid
from jiedui.core import clock, db
from tests import people
from tests.builders.helpers import agency
from tests.builders.needs import place
from tests.people import Person


@dataclass(frozen=True)
class Planned:
    """A course with the office that planned it and whoever manages the unit that holds it."""

    office: Person
    manager: Person
    id: int

    def read(self) -> Course:
        """The course, in a transaction."""
        return courses.get_course(self.id)

    def after(self) -> datetime:
        """An hour after its end."""
        with db.read():
            return self.read().end_at + timedelta(hours=1)


def said(unit_id: int, place_id: int | None, **over: Any) -> CourseSaid:
    """Two hours in a week, ten seats, counting for a year."""
    plain = CourseSaid(
        title="志愿者岗前培训", content="儿童保护、边界、求助", audience=CourseFor.helpers,
        unit_id=unit_id, place_id=place_id, day=clock.today() + timedelta(days=7),
        begins_at=time(9), ends_at=time(11), minutes=120, seats=10, holds_months=12,
    )  # fmt: skip
    return replace(plain, **over)


def several(days: int = 3, **over: Any) -> Planned:
    """A course of as many mornings, day after day."""
    first = clock.today() + timedelta(days=7)
    more = [CourseDay(first + timedelta(days=n), time(9), time(11), n + 1) for n in range(1, days)]
    return planned(**{"more": tuple(more), "minutes": None, **over})


def planned(**over: Any) -> Planned:
    """A course (its own writes)."""
    office = people.appoint(Role.coordinator, office=Office.civil_affairs)
    unit = agency("北试社工中心")
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    with db.write():
        where = place()
        db.session.flush()
        made = actions.plan_course(said(unit, where.id, **over), by=office.actor())
        return Planned(office, manager, made.id)


def told(of: Planned, *came: list[int]) -> None:
    """The unit says who came to each session; all of them to every one unless named."""
    with db.write():
        course = of.read()
        everybody = [one.id for one in course.members_on]
        lists = list(came) or [everybody for _one in course.sessions]
        actions.tell_course(course, lists, by=of.manager.actor())


def confirmed(of: Planned) -> None:
    """The office confirms the list."""
    with db.write():
        actions.confirm_course(of.read(), by=of.office.actor())
