"""Courses: which somebody sees, who is and who may be on one, whose lists wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Role
from jiedui.activities.models import Course, CourseMember
from jiedui.activities.rules.courses import CourseFor
from jiedui.children.models import Child, Guardian, Household
from jiedui.children.rules import ChildState
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Gate, HelperState
from jiedui.partners.models import Place
from jiedui.regions.models import Region
from jiedui.regions.queries import ids_within

LOCAL = (Role.child_director, Role.township_supervisor)
HELPERS = (Role.volunteer, Role.social_worker)
SHOWN_FOR = timedelta(days=400)


def _whole() -> Select[Any]:
    place = joinedload(Course.place).joinedload(Place.region).joinedload(Region.parent)
    lists = selectinload(Course.members), selectinload(Course.sessions)
    return select(Course).options(place, joinedload(Course.unit), joinedload(Course.region),
                                  *lists)  # fmt: skip


def get_course(course_id: int) -> Course:
    """The course with this id; raise Missing."""
    found: Course | None = db.session.scalar(_whole().where(Course.id == course_id))
    if found is None:
        raise Missing
    return found


def get_course_member(course_member_id: int) -> CourseMember:
    """Somebody's place on a course by id; raise Missing."""
    found = db.session.get(CourseMember, course_member_id)
    if found is None:
        raise Missing
    return found


def by_number(number: str) -> CourseMember | None:
    """Whose certificate has this number (in its kept form), if there is one."""
    whole = joinedload(CourseMember.course).joinedload(Course.unit)
    found = select(CourseMember).where(CourseMember.number == number)
    people = joinedload(CourseMember.helper), joinedload(CourseMember.official)
    return db.session.scalar(found.options(whole, *people))


def in_public(one: CourseMember) -> str:
    """How the open check calls who holds a certificate: a helper or official by the family name, a
    family's grown-up not at all."""
    person = one.helper or one.official
    return f"{person.name[:1]}**" if person is not None and person.name else ""


def audience_of(actor: Actor) -> tuple[CourseFor, ...]:
    """Which courses concern somebody: their own, and those to which they send families."""
    if actor.role in HELPERS:
        return (CourseFor.helpers,)
    return (CourseFor.guardians, CourseFor.officials) if actor.role in LOCAL else tuple(CourseFor)


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.unit_manager:
        return Course.unit_id == actor.unit_id
    if actor.role is Role.coordinator:
        return Course.region_id.in_(ids_within(actor.scope))
    return Course.audience.in_(audience_of(actor))


def courses_for(actor: Actor) -> list[Course]:
    """Courses somebody sees: those to come by their day, then those of the last year, newest
    first."""
    found = _whole().where(Course.county_id == actor.county_id, _seen_by(actor))
    found = found.where(Course.start_at > clock.now() - SHOWN_FOR)
    rows = list(db.session.scalars(found.order_by(Course.start_at, Course.id)))
    coming = [one for one in rows if one.end_at > clock.now()]
    return coming + [one for one in reversed(rows) if one.end_at <= clock.now()]


def own_places(actor: Actor) -> list[CourseMember]:
    """The actor's own places on courses, the newest course first."""
    mine = Helper.account_id == actor.account_id
    own = CourseMember.helper_id.in_(select(Helper.id).where(mine))
    found = (
        select(CourseMember)
        .join(Course, Course.id == CourseMember.course_id)
        .where(own | (CourseMember.official_id == actor.account_id))
        .where(CourseMember.left_at.is_(None), Course.off_by.is_(None))
        .options(joinedload(CourseMember.course).selectinload(Course.sessions))
        .options(joinedload(CourseMember.helper), selectinload(CourseMember.presences))
    )
    return list(db.session.scalars(found.order_by(Course.start_at.desc())))


def of_guardians(household_id: int) -> list[CourseMember]:
    """Courses at which a guardian of a household was, by a confirmed list, oldest first."""
    home = select(Guardian.id).where(Guardian.household_id == household_id)
    found = (
        select(CourseMember)
        .join(Course, Course.id == CourseMember.course_id)
        .where(CourseMember.guardian_id.in_(home), CourseMember.came.is_(True))
        .where(Course.confirmed_by.is_not(None))
        .options(joinedload(CourseMember.course), joinedload(CourseMember.guardian))
    )
    return list(db.session.scalars(found.order_by(Course.start_at)))


def could_be_signed(course: Course, actor: Actor) -> dict[int, str]:
    """Whom the actor may sign up, with words: a coordinator helpers of the region whose training is
    not good and officials of the county, a director or supervisor guardians of their families."""
    on = {one.helper_id or one.guardian_id or one.official_id for one in course.members_on}
    if course.audience is CourseFor.guardians:
        found = _guardians(actor) if actor.role in LOCAL else {}
    elif actor.role is not Role.coordinator:
        return {}
    elif course.audience is CourseFor.helpers:
        found = _untrained(actor)
    else:
        found = officials(course.county_id)
    return {number: words for number, words in found.items() if number not in on}


def _untrained(actor: Actor) -> dict[int, str]:
    inside = Helper.village_id.in_(ids_within(actor.scope)) & Helper.deidentified_at.is_(None)
    rows = helpers.standings(inside & (Helper.state == HelperState.registered))
    wanted = [one.id for one in rows if one.waits_at(Gate.training)]
    named = select(Helper).where(Helper.id.in_(wanted)).order_by(Helper.id)
    return {one.id: f"{one.name} · {one.code}" for one in db.session.scalars(named)}


def _guardians(actor: Actor) -> dict[int, str]:
    homes = select(Child.household_id).where(
        Child.state == ChildState.open, Child.village_id.in_(ids_within(actor.scope))
    )
    found = (
        select(Guardian)
        .join(Household, Household.id == Guardian.household_id)
        .where(Guardian.household_id.in_(homes), Guardian.is_guardian | Guardian.is_carer)
        .where(Household.village_id.in_(ids_within(actor.scope)))
        .options(joinedload(Guardian.household).joinedload(Household.village))
    )
    rows = db.session.scalars(found.order_by(Household.village_id, Guardian.id))
    return {one.id: f"{one.name} · {one.household.village.name}" for one in rows}


def officials(county_id: int) -> dict[int, str]:
    """Child directors and township supervisors by account, with their region and name."""
    held = [one for role in LOCAL for one in access.holders(county_id, role)]
    return {one.account_id: f"{one.region.name} · {one.account.name}" for one in held}


def own_number(course: Course, actor: Actor) -> int | None:
    """By which number somebody signs themselves up; None where the course is not for them."""
    if course.audience is CourseFor.helpers and actor.role in HELPERS:
        mine = helpers.by_account(actor.account_id)
        return mine.id if mine and mine.state is HelperState.registered else None
    local = course.audience is CourseFor.officials and actor.role in LOCAL
    return actor.account_id if local else None


def place_of(course: Course, actor: Actor) -> CourseMember | None:
    """The actor's own place on a course."""
    return next((m for m in course.members_on if m.account_id == actor.account_id), None)


def named(one: CourseMember, actor: Actor) -> str:
    """How a list calls a person. A family's grown-up is named to those who know the family; to
    others by the family name and the village."""
    if one.helper is not None:
        return f"{one.helper.name} · {one.helper.code}"
    if one.guardian is None:
        return one.official.name if one.official else ""
    known = actor.role in LOCAL and one.scope_path.startswith(actor.scope)
    name = one.guardian.name if known else f"{one.guardian.name[:1]}**"
    return f"{name} · {one.guardian.household.village.name}"


def to_be_told(actor: Actor) -> list[Course]:
    """Courses that are over and whose list nobody has told."""
    found = _waiting(actor).where(Course.told_by.is_(None), Course.end_at <= clock.now())
    return list(db.session.scalars(found))


def to_be_confirmed(actor: Actor) -> list[Course]:
    """Told lists that wait for a second person."""
    found = _waiting(actor).where(Course.told_by.is_not(None), Course.confirmed_by.is_(None))
    return list(db.session.scalars(found.where(Course.told_by != actor.account_id)))


def _waiting(actor: Actor) -> Select[Any]:
    found = _whole().where(Course.county_id == actor.county_id, _seen_by(actor))
    return found.where(Course.off_by.is_(None)).order_by(Course.start_at, Course.id)
