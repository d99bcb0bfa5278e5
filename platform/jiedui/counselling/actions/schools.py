"""Psychology teachers, visits of experts and pupils of a school are put on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.counselling.models import ExpertVisit, PsychologyTeacher, SchoolRoll
from jiedui.counselling.queries.schools import roll_of
from jiedui.counselling.rules.schools import Post, Qualification, SchoolRefusal, Theme
from jiedui.partners.models import Unit


@dataclass(frozen=True)
class TeacherSaid:
    """A psychology teacher: name, post, what they have learnt, since when."""

    name: str
    post: Post
    qualification: Qualification
    since: date


@dataclass(frozen=True)
class VisitSaid:
    """A visit of an expert: who on which day, about what, before how many pupils."""

    expert: str
    on_day: date
    theme: Theme
    pupils: int


def enter_teacher(unit: Unit, said: TeacherSaid, *, by: Actor) -> PsychologyTeacher:
    """Put a psychology teacher of a school on record. Refuses a day to come."""
    if said.since > clock.today():
        raise Refusal(SchoolRefusal.in_future, "since")
    one = PsychologyTeacher(
        county_id=unit.county_id,
        unit_id=unit.id,
        name=said.name,
        post=said.post,
        qualification=said.qualification,
        since=said.since,
        entered_by=by.account_id,
    )
    db.session.add(one)
    audit.record(Act.psychology_teacher_entered, one, by=by)
    return one


def end_teacher(one: PsychologyTeacher, on: date, *, by: Actor) -> None:
    """A psychology teacher has left. Refuses a second end, a day to come and one before they
    came."""
    db.lock(PsychologyTeacher, one.id)
    if one.until is not None:
        raise Refusal(SchoolRefusal.left_already)
    if on > clock.today():
        raise Refusal(SchoolRefusal.in_future, "on")
    if on < one.since:
        raise Refusal(SchoolRefusal.before_since, "on")
    one.until, one.left_at = on, clock.now()
    audit.record(Act.psychology_teacher_left, one, by=by)


def enter_visit(unit: Unit, said: VisitSaid, *, by: Actor) -> ExpertVisit:
    """Put a visit of an expert on record. Refuses a day to come."""
    if said.on_day > clock.today():
        raise Refusal(SchoolRefusal.in_future, "on_day")
    one = ExpertVisit(
        county_id=unit.county_id,
        unit_id=unit.id,
        on_day=said.on_day,
        expert=said.expert,
        theme=said.theme,
        pupils=said.pupils,
        entered_by=by.account_id,
        entered_at=clock.now(),
    )
    db.session.add(one)
    audit.record(Act.expert_visit_entered, one, by=by)
    return one


def say_pupils(unit: Unit, pupils: int, *, by: Actor) -> None:
    """How many pupils a school has today."""
    roll = roll_of(unit.id)
    if roll is None:
        roll = SchoolRoll(county_id=unit.county_id, unit_id=unit.id)
        db.session.add(roll)
    roll.pupils, roll.said_on, roll.entered_by = pupils, clock.today(), by.account_id
    audit.record(Act.school_roll_said, roll, by=by)
