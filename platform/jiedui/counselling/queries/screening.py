"""Screenings and what they say: for counsellors alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.counselling.models import PupilScreening, ScreeningResult
from jiedui.counselling.rules.screening import MUST_ANSWER, Line, LineFault, code_number


def _whole() -> Select[Any]:
    results = selectinload(PupilScreening.results)
    return select(PupilScreening).options(
        joinedload(PupilScreening.school),
        results.joinedload(ScreeningResult.child).joinedload(Child.school),
    )


def get(screening_id: int) -> PupilScreening:
    """The screening with this id; raise Missing."""
    one: PupilScreening | None = db.session.scalar(
        _whole().where(PupilScreening.id == screening_id)
    )
    if one is None:
        raise Missing
    return one


def result(result_id: int) -> ScreeningResult:
    """One result; raise Missing."""
    one = db.session.get(ScreeningResult, result_id)
    if one is None:
        raise Missing
    return one


def of_county(county_id: int) -> list[PupilScreening]:
    """A county's screenings, newest first."""
    found = _whole().where(PupilScreening.county_id == county_id)
    newest = (PupilScreening.on_day.desc(), PupilScreening.id.desc())
    return list(db.session.scalars(found.order_by(*newest)))


def unanswered(county_id: int) -> list[ScreeningResult]:
    """Urgent results that neither a referral nor a crisis flag has answered, oldest first. What
    was found lies sealed: the open ones are looked at one by one."""
    mine = ScreeningResult.county_id == county_id, ScreeningResult.answered_at.is_(None)
    found = select(ScreeningResult).where(*mine).options(joinedload(ScreeningResult.child))
    rows = db.session.scalars(found.order_by(ScreeningResult.id))
    return [one for one in rows if one.finding in MUST_ANSWER]


def held_already(unit_id: int, on_day: Any, instrument: str) -> bool:
    """Whether this screening was entered before."""
    same = (
        PupilScreening.unit_id == unit_id,
        PupilScreening.on_day == on_day,
        PupilScreening.instrument == instrument,
    )
    return db.session.scalar(select(PupilScreening.id).where(*same)) is not None


def meant(line: Line, county_id: int) -> Child | None:
    """The open file that a line of a list means: by its code or by an identity number."""
    number = code_number(line.who)
    if number is not None:
        child = db.session.get(Child, number)
    else:
        child = children.by_id_number(county_id, line.who.upper())
    if child is None or child.county_id != county_id or child.state is not ChildState.open:
        return None
    return child


def faults(lines: list[Line], found: list[Child | None]) -> list[tuple[int, LineFault]]:
    """What is wrong with a list, by line; a child that stands in it twice as well."""
    seen: set[int] = set()
    wrong = []
    for line, child in zip(lines, found, strict=True):
        fault = line.fault or (LineFault.child_unknown if child is None else None)
        if fault is None and child is not None and child.id in seen:
            fault = LineFault.twice
        if fault is not None:
            wrong.append((line.number, fault))
        elif child is not None:
            seen.add(child.id)
    return wrong
