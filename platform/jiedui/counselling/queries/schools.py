"""What each school has for its pupils' minds, and what it lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select

from jiedui.access.rules import SCOPE_OF, Actor, ScopeKind
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.counselling.models import ExpertVisit, PsychologyTeacher, SchoolRoll
from jiedui.counselling.rules.schools import Gap, gaps, term_of
from jiedui.partners import queries as partners
from jiedui.partners.models import Unit
from jiedui.partners.rules import UnitKind


@dataclass(frozen=True)
class School:
    """A school with its figures of today and of this term."""

    unit: Unit
    teachers: int
    full_time: int
    visits: int
    pupils: int | None
    gaps: list[Gap]

    @property
    def per_teacher(self) -> int | None:
        """Pupils for each teacher, rounded up."""
        if not self.teachers or self.pupils is None:
            return None
        return -(-self.pupils // self.teachers)


def school(unit_id: int) -> Unit:
    """The school with this id; raise Missing for a unit that is none."""
    unit = partners.get_unit(unit_id)
    if unit.kind is not UnitKind.school:
        raise Missing
    return unit


def teacher(teacher_id: int) -> PsychologyTeacher:
    """The psychology teacher with this id; raise Missing."""
    one = db.session.get(PsychologyTeacher, teacher_id)
    if one is None:
        raise Missing
    return one


def schools_of(actor: Actor) -> list[Unit]:
    """The schools somebody looks at: their own, or those of their region."""
    holding = actor.holding
    if holding is not None and SCOPE_OF[holding.role] is ScopeKind.unit:
        return [school(holding.unit_id)] if holding.unit_id else []
    units = partners.units(actor.county_id, UnitKind.school)
    return [unit for unit in units if unit.scope_path.startswith(actor.scope)]


def standing(actor: Actor) -> list[School]:
    """Each school with what it lacks, those that lack most first."""
    units = schools_of(actor)
    ids = [unit.id for unit in units]
    today = clock.today()
    teachers, full = _teachers(ids, today), _teachers(ids, today, full_time=True)
    visits, pupils = _visits(ids, today), _pupils(ids)
    rows = [
        School(
            unit,
            teachers[unit.id],
            full[unit.id],
            visits[unit.id],
            pupils.get(unit.id),
            gaps(teachers[unit.id], visits[unit.id], pupils.get(unit.id)),
        )
        for unit in units
    ]
    return sorted(rows, key=lambda one: (-len(one.gaps), one.unit.name, one.unit.id))


def _teachers(ids: list[int], today: date, *, full_time: bool = False) -> Counter[int]:
    table = PsychologyTeacher
    living = or_(table.until.is_(None), table.until >= today)
    found = select(table.unit_id, func.count()).where(table.unit_id.in_(ids), living)
    if full_time:
        found = found.where(table.post == "full_time")
    return _by_unit(found.group_by(table.unit_id))


def _visits(ids: list[int], today: date) -> Counter[int]:
    term, table = term_of(today), ExpertVisit
    within = table.on_day.between(term.first, term.last)
    found = select(table.unit_id, func.count()).where(table.unit_id.in_(ids), within)
    return _by_unit(found.group_by(table.unit_id))


def _pupils(ids: list[int]) -> Counter[int]:
    found = select(SchoolRoll.unit_id, SchoolRoll.pupils).where(SchoolRoll.unit_id.in_(ids))
    return _by_unit(found)


def _by_unit(found: Select[int, int]) -> Counter[int]:
    return Counter({row[0]: row[1] for row in db.session.execute(found)})


def roll_of(unit_id: int) -> SchoolRoll | None:
    """How many pupils a school has, as it said last."""
    return db.session.scalar(select(SchoolRoll).where(SchoolRoll.unit_id == unit_id))


def teachers_of(unit_id: int) -> list[PsychologyTeacher]:
    """A school's psychology teachers: those who are there first."""
    table = PsychologyTeacher
    found = select(table).where(table.unit_id == unit_id)
    return list(db.session.scalars(found.order_by(table.until.is_not(None), table.since, table.id)))


def visits_of(unit_id: int) -> list[ExpertVisit]:
    """Visits of experts to a school, newest first."""
    found = select(ExpertVisit).where(ExpertVisit.unit_id == unit_id)
    return list(
        db.session.scalars(found.order_by(ExpertVisit.on_day.desc(), ExpertVisit.id.desc()))
    )
