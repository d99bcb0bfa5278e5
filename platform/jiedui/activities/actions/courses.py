"""Courses: planned, signed up for, told and confirmed by two persons; what a course opens."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from jiedui.access.rules import Actor
from jiedui.activities.models import Course, CourseMember, CoursePresence, CourseSession
from jiedui.activities.queries import courses as queries
from jiedui.activities.rules.courses import (
    CourseFor,
    CourseRefusal,
    CourseSaid,
    counts_longer,
    course_fault,
    course_list_fault,
    passes,
)
from jiedui.core import audit, clock, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, fresh
from jiedui.core.numbers import number_from
from jiedui.core.outbox import LetterKind
from jiedui.helpers import actions as vetting
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Finding, Gate, Outcome, latest
from jiedui.partners import queries as partners
from jiedui.partners.models import Unit
from jiedui.regions import queries as regions

COLUMN = {
    CourseFor.helpers: "helper_id",
    CourseFor.guardians: "guardian_id",
    CourseFor.officials: "official_id",
}


def plan_course(said: CourseSaid, *, by: Actor) -> Course:
    """Plan a course. Refuses a day that is past or more than a year off, times that do not fit, a
    unit of another county or closed, a place outside the actor's region."""
    fault = course_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    unit = db.session.get(Unit, said.unit_id)
    if unit is None or unit.county_id != by.county_id or not unit.open:
        raise Refusal(CourseRefusal.no_unit, "unit")
    place = None if said.place_id is None else partners.place(said.place_id, by.scope)
    if said.place_id is not None and place is None:
        raise Refusal(CourseRefusal.place_outside, "place")
    region_id = regions.at(by.scope).id if place is None else place.region_id
    course = Course(
        county_id=by.county_id, region_id=region_id, unit_id=unit.id, place_id=said.place_id,
        audience=said.audience, title=said.title, content=said.content, minutes=said.counts,
        held_minutes=said.held, share=said.share, seats=said.seats,
        start_at=_moment(said.days[0].span[0]), end_at=_moment(said.days[-1].span[1]),
        holds_months=said.holds_months, planned_by=by.account_id, planned_at=clock.now(),
    )  # fmt: skip
    course.sessions.extend(_sessions(said))
    db.session.add(course)
    db.session.flush()
    audit.record(Act.course_planned, course, by=by)
    return course


def _moment(at: datetime) -> datetime:
    return clock.at(at.date(), at.hour, at.minute)


def _sessions(said: CourseSaid) -> list[CourseSession]:
    rows: list[CourseSession] = []
    for position, one in enumerate(said.days, start=1):
        start, end = (_moment(at) for at in one.span)
        before = rows[-1] if rows else None
        rows.append(CourseSession(
            position=position, start_at=start, end_at=end,
            previous=before.position if before else None,
            previous_end_at=before.end_at if before else None,
        ))  # fmt: skip
    return rows


def sign_up_for_course(course: Course, number: int, *, by: Actor) -> CourseMember:
    """Sign somebody up (a helper, guardian or account by number). Refuses whom the actor may not
    sign up, and what `join_course` refuses."""
    if number not in queries.could_be_signed(course, by):
        raise Refusal(CourseRefusal.not_for_them, "who")
    return _seat(course, number, by=by)


def join_course(course: Course, *, by: Actor) -> CourseMember:
    """Sign oneself up. Refuses a course for others, one that has begun or is called off, a second
    place and a full one."""
    number = queries.own_number(course, by)
    if number is None:
        raise Refusal(CourseRefusal.not_for_them)
    return _seat(course, number, by=by)


def _seat(course: Course, number: int, *, by: Actor) -> CourseMember:
    _locked(course)
    if not course.open:
        raise Refusal(CourseRefusal.over)
    column = COLUMN[course.audience]
    if number in {getattr(one, column) for one in course.members_on}:
        raise Refusal(CourseRefusal.on_already, "who")
    held = {one.seat for one in course.members_on}
    seat = next((n for n in range(1, course.seats + 1) if n not in held), None)
    if seat is None:
        raise Refusal(CourseRefusal.full, "who")
    one = CourseMember(
        county_id=course.county_id, seats=course.seats, kind=course.audience, seat=seat,
        signed_by=by.account_id, signed_at=clock.now(), **{column: number},
    )  # fmt: skip
    course.members.append(one)
    db.session.flush()
    audit.record(Act.course_joined, one, by=by)
    return one


def leave_course(one: CourseMember, *, by: Actor) -> None:
    """Somebody does not come; no reason is asked. Refuses once the course has begun."""
    _locked(one.course)
    if one.left_at is not None:
        raise Refusal(CourseRefusal.left_already)
    if not one.course.open:
        raise Refusal(CourseRefusal.over)
    one.left_at = clock.now()
    audit.record(Act.course_left, one, by=by)


def tell_course(
    course: Course, came: Sequence[Collection[int]], *, by: Actor, version: int | None = None
) -> None:
    """Say who came to each session, by the numbers of members; until it is confirmed it can be said
    anew. Refuses a course whose last session is not over or that was called off, lists without
    anybody, and whoever is not on it."""
    fresh(course.version, version)
    _locked(course)
    if course.off_by is not None:
        raise Refusal(CourseRefusal.off_already)
    if course.end_at > clock.now():
        raise Refusal(CourseRefusal.not_over)
    if course.confirmed_by is not None:
        raise Refusal(CourseRefusal.confirmed_already)
    fault = course_list_fault(came, [one.id for one in course.members_on])
    if fault is not None:
        raise Refusal(*fault)
    for one in course.members_on:
        _tell(one, came)
    course.told_by, course.told_at = by.account_id, clock.now()
    passed = sum(bool(one.came) for one in course.members_on)
    audit.record(Act.course_told, course, by=by, count=passed)


def _tell(one: CourseMember, came: Sequence[Collection[int]]) -> None:
    lists = zip(one.course.sessions, came, strict=True)
    there = [session.position for session, ticked in lists if one.id in ticked]
    one.presences.clear()
    db.session.flush()
    one.presences.extend(CoursePresence(position=position) for position in there)
    one.came = passes(len(there), len(one.course.sessions), one.course.share)


def confirm_course(course: Course, *, by: Actor, version: int | None = None) -> int:
    """Confirm who came: the course counts, a helper's training gate is good until it runs out, and
    each certificate has a number by which anybody checks it. Says for how many. Refuses a list
    nobody told, one's own (as who told it or as one on it), and one with somebody whom the actor
    may not vet: nobody opens a gate for whom they entered."""
    fresh(course.version, version)
    _locked(course)
    if course.told_by is None:
        raise Refusal(CourseRefusal.not_told)
    if course.confirmed_by is not None:
        raise Refusal(CourseRefusal.confirmed_already)
    if course.off_by is not None:
        raise Refusal(CourseRefusal.off_already)
    came = [one for one in course.members_on if one.came]
    persons = {by.account_id, by.acts_as}
    if persons & {course.told_by, *(one.account_id for one in came)}:
        raise Refusal(CourseRefusal.own_list)
    trained = [one.helper for one in came if one.helper and one.helper.deidentified_at is None]
    if any(helpers.fault_for(by, helper) for helper in trained):
        raise Refusal(CourseRefusal.knows_somebody)
    course.confirmed_by, course.confirmed_at = by.account_id, clock.now()
    for one in came:
        one.number = number_from(secrets.token_bytes(10))
    audit.record(Act.course_confirmed, course, by=by, count=len(came))
    db.session.flush()
    for helper in trained:
        _train(helper, course, by=by)
    return len(came)


def _train(helper: Helper, course: Course, *, by: Actor) -> None:
    """The gate of training, by the helpers' own action; a course that adds nothing writes none."""
    found = latest(Gate.training, helpers.facts_of(helper))
    stands = found is not None and found.outcome is Outcome.good
    standing = found.valid_until if found is not None else None
    if course.until < clock.today() or not counts_longer(course.until, standing, stands=stands):
        return
    authority = f"{course.unit.name[:60]} {course.code}"
    finding = Finding(Gate.training, Outcome.good, course.last_on, course.until, authority)
    vetting.record_finding(helper, finding, by=by)


def call_course_off(course: Course, *, by: Actor, version: int | None = None) -> None:
    """A course is not held, or was not. While it is to come, whoever is on it hears of it; for a
    guardian, who has no account, whoever signed them up hears it once and tells them. Refuses one
    that is confirmed or called off already."""
    fresh(course.version, version)
    _locked(course)
    if course.confirmed_by is not None:
        raise Refusal(CourseRefusal.confirmed_already)
    if course.off_by is not None:
        raise Refusal(CourseRefusal.off_already)
    course.off_by, course.off_at = by.account_id, clock.now()
    audit.record(Act.course_called_off, course, by=by)
    if course.end_at > clock.now():
        _tell_off(course, by=by)


def _tell_off(course: Course, *, by: Actor) -> None:
    told = {one.signed_by if one.guardian_id else one.account_id for one in course.members_on}
    for account_id in sorted(one for one in told if one and one != by.account_id):
        about = (Course.__tablename__, course.id)
        outbox.post(LetterKind.course_off, to=account_id, county_id=course.county_id, about=about)


def _locked(course: Course) -> None:
    if db.lock(Course, course.id) is None:
        raise Missing
    db.session.expire(course, ["members"])
