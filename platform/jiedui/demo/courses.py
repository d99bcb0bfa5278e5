"""Courses: one three weeks ago that opened gates, one for guardians, one of two days to come."""

from __future__ import annotations

from datetime import time, timedelta

from jiedui.access.rules import Actor, Role
from jiedui.activities import actions
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import CourseDay, CourseFor, CourseSaid
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.demo.acts import Stage
from jiedui.partners import queries as partners
from jiedui.partners.rules import PlaceKind
from jiedui.regions import queries as regions

TRAINED, GUARDIANS = 3, 4
HELPERS_LEARN = "儿童保护与边界、怎样开始第一次见面、发现危险怎样报告。"
GUARDIANS_LEARN = "防溺水、交通和用火安全，与外出父母保持联系的办法。"


def play(stage: Stage) -> None:
    """What was held is told by one office and confirmed by another."""
    today = clock.today()
    with stage.on(today - timedelta(days=28)):
        first = _plan(stage, "第一期志愿者岗前培训", HELPERS_LEARN, CourseFor.helpers)
        _sign(stage, first, stage.official(Role.coordinator, "civil_affairs"), TRAINED)
        second = _plan(stage, "监护人学堂：假期安全", GUARDIANS_LEARN, CourseFor.guardians)
        with stage.read():
            where = courses.get_course(second).region.code
        _sign(stage, second, stage.official(Role.child_director, where), GUARDIANS)
    with stage.on(today - timedelta(days=20)):
        _held(stage, first)
        _held(stage, second)
    _plan(stage, "第二期志愿者岗前培训", HELPERS_LEARN, CourseFor.helpers, days=2)


def _plan(stage: Stage, title: str, content: str, audience: CourseFor, days: int = 1) -> int:
    first = clock.today() + timedelta(days=7)
    mornings = [
        CourseDay(first + timedelta(days=n), time(9), time(11, 30), n + 1) for n in range(days)
    ]
    with stage.write():
        office = stage.official(Role.coordinator, "civil_affairs")
        homes = partners.places_in(regions.get(stage.county_id).path, PlaceKind.childrens_home)
        village = next(one for one in homes if one.region.level.value == "village")
        said = CourseSaid(
            title=title, content=content, audience=audience, unit_id=stage.units["volunteer_team"],
            place_id=village.id, day=first, begins_at=time(9), ends_at=time(11, 30),
            more=tuple(mornings[1:]), minutes=None, seats=30, holds_months=24,
        )  # fmt: skip
        return actions.plan_course(said, by=office).id


def _sign(stage: Stage, number: int, by: Actor, most: int) -> None:
    with stage.write():
        course = courses.get_course(number)
        for who in list(courses.could_be_signed(course, by))[:most]:
            actions.sign_up_for_course(course, who, by=by)


def _held(stage: Stage, number: int) -> None:
    with stage.write():
        course = courses.get_course(number)
        came = [one.id for one in course.members_on]
        if came:
            teller = stage.official(Role.coordinator, "womens_federation")
            actions.tell_course(course, [came for _one in course.sessions], by=teller)
    try:
        with stage.write():
            course = courses.get_course(number)
            office = stage.official(Role.coordinator, "civil_affairs")
            actions.confirm_course(course, by=office)
    except Refusal:  # nobody came, or the office had entered somebody: the list waits
        return
