"""Pupils reported absent: of a school, of a region; and finding a pupil of one's own school."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.care.models.absences import Absence
from jiedui.care.rules.absences import AbsenceState
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.partners.models import Place
from jiedui.regions.models import Region
from jiedui.regions.queries import ids_within

LATEST = 60


def _whole() -> Select[Any]:
    child = joinedload(Absence.child)
    return select(Absence).options(child.joinedload(Child.village).joinedload(Region.parent))


def get_absence(absence_id: int) -> Absence:
    """The absence with this id; raise Missing."""
    one: Absence | None = db.session.scalar(_whole().where(Absence.id == absence_id))
    if one is None:
        raise Missing
    return one


def of_unit(unit_id: int | None) -> list[Absence]:
    """What a school has reported: those still away first, then the latest."""
    found = _whole().where(Absence.unit_id == unit_id)
    found = found.order_by(Absence.state.desc(), Absence.since.desc(), Absence.id.desc())
    return list(db.session.scalars(found.limit(LATEST)))


def _within(actor: Actor) -> ColumnElement[bool]:
    return Absence.child_id.in_(
        select(Child.id).where(Child.village_id.in_(ids_within(actor.scope)))
    )


def away(actor: Actor) -> list[Absence]:
    """Pupils of a region who are still away, what is due first."""
    found = _whole().where(Absence.state == AbsenceState.open, _within(actor))
    return list(db.session.scalars(found.order_by(Absence.due, Absence.id)))


def back_of_late(actor: Actor, limit: int = 20) -> list[Absence]:
    """The latest absences of a region that are over."""
    found = _whole().where(Absence.state == AbsenceState.closed, _within(actor))
    return list(db.session.scalars(found.order_by(Absence.ended_at.desc()).limit(limit)))


def count_away(actor: Actor) -> int:
    """How many pupils of a region are still away."""
    found = select(func.count()).select_from(Absence)
    found = found.where(Absence.state == AbsenceState.open, _within(actor))
    return db.session.scalar(found) or 0


def absences_of(child_id: int) -> list[Absence]:
    """A child's absences, oldest first."""
    found = select(Absence).where(Absence.child_id == child_id).order_by(Absence.id)
    return list(db.session.scalars(found))


def pupils_called(name: str, unit_id: int | None, birth: date | None) -> list[Child]:
    """Open files of a school's pupils by exact name (and birth date, when it is said). Names lie
    sealed: those of the one school are opened and compared."""
    places = select(Place.id).where(Place.unit_id == unit_id)
    found = select(Child).where(Child.school_id.in_(places), Child.state == ChildState.open)
    if birth is not None:
        found = found.where(Child.birth_date == birth)
    return [child for child in db.session.scalars(found.order_by(Child.id)) if child.name == name]


def open_of(child_id: int) -> Absence | None:
    """The absence of a child that is not over."""
    found = _whole().where(Absence.child_id == child_id, Absence.state == AbsenceState.open)
    one: Absence | None = db.session.scalar(found)
    return one


def open_among(child_ids: Collection[int]) -> set[int]:
    """Which of these children a school says are not there."""
    found = select(Absence.child_id).where(
        Absence.child_id.in_(list(child_ids)), Absence.state == AbsenceState.open
    )
    return set(db.session.scalars(found))
