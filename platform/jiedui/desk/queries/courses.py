"""Lines of courses: one somebody is signed up for, and the lists that wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from jiedui.access.rules import Actor
from jiedui.activities.models import Course
from jiedui.activities.queries import courses
from jiedui.core import clock, db
from jiedui.desk.rules import Kind, Line


def coming(actor: Actor) -> Iterator[Line]:
    """Courses on which the actor has a place, with the next session that is not over."""
    for one in courses.own_places(actor):
        coming = one.course.coming
        if coming is not None:
            yield Line(
                Kind.course_coming,
                "activities.course",
                {"course_id": one.course_id},
                code=one.course.code,
                about=(one.course.title,),
                since=clock.day(one.signed_at),
                due=coming.on,
            )


def title_and_day(course_id: int) -> tuple[str, date] | None:
    """What a letter about a course is about: its title and day."""
    found = db.session.get(Course, course_id)
    return (found.title, found.on) if found else None


def to_tell(actor: Actor) -> Iterator[Line]:
    """Courses that are over and of which nobody has said who came."""
    yield from _waiting(Kind.course_list, "activities.tell_course", courses.to_be_told(actor))


def to_confirm(actor: Actor) -> Iterator[Line]:
    """Lists of courses that wait for a second person."""
    waiting = courses.to_be_confirmed(actor)
    yield from _waiting(Kind.course_confirm, "activities.confirm_course", waiting)


def _waiting(kind: Kind, endpoint: str, rows: Iterable[Course]) -> Iterator[Line]:
    for one in rows:
        values = {"course_id": one.id}
        yield Line(kind, endpoint, values, code=one.code, about=(one.title,), since=one.last_on)
