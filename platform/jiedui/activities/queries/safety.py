"""Schools with what is to be put right there, findings with the overdue first, patrols and
equipment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.models import RoleHolding
from jiedui.access.rules import Actor, Role
from jiedui.activities.models.safety import (
    SafetyFinding,
    SafetyGear,
    SafetyInspection,
    SafetyItemOff,
    SafetyPatrol,
    SafetyPhoto,
)
from jiedui.activities.rules.safety import OF_AREA, Area, FindingState, Item, Rung
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.partners import queries as partners
from jiedui.partners.models import Unit
from jiedui.partners.rules import UnitKind
from jiedui.regions import queries as regions

PATROLS_FOR = timedelta(days=30)


def school(unit_id: int) -> Unit:
    """A school by its number; raise Missing for any other unit."""
    unit = partners.get_unit(unit_id)
    if unit.kind is not UnitKind.school:
        raise Missing
    return unit


def inspection(inspection_id: int) -> SafetyInspection:
    """An inspection; raise Missing."""
    found = db.session.get(SafetyInspection, inspection_id)
    if found is None:
        raise Missing
    return found


def finding(finding_id: int) -> SafetyFinding:
    """A finding; raise Missing."""
    found: SafetyFinding | None = db.session.scalar(
        _findings().where(SafetyFinding.id == finding_id)
    )
    if found is None:
        raise Missing
    return found


def _findings() -> Select[Any]:
    unit = joinedload(SafetyFinding.unit).joinedload(Unit.region)
    return select(SafetyFinding).options(unit, joinedload(SafetyFinding.inspection))


def photo(safety_photo_id: int) -> SafetyPhoto:
    """A picture of what was put right; raise Missing."""
    found = db.session.get(SafetyPhoto, safety_photo_id)
    if found is None:
        raise Missing
    return found


def photos_of(finding_id: int) -> list[SafetyPhoto]:
    """The pictures of a finding, oldest first."""
    found = select(SafetyPhoto).where(SafetyPhoto.finding_id == finding_id)
    return list(db.session.scalars(found.order_by(SafetyPhoto.id)))


def looked_at(county_id: int) -> dict[Area, list[Item]]:
    """What a county's inspections look at, area by area; areas without an item are left out."""
    off = off_in(county_id)
    kept = {area: [one for one in items if one not in off] for area, items in OF_AREA.items()}
    return {area: items for area, items in kept.items() if items}


def off_in(county_id: int) -> set[Item]:
    """What a county does not look at."""
    found = select(SafetyItemOff.item).where(SafetyItemOff.county_id == county_id)
    return set(db.session.scalars(found))


def unsettled(scope: str) -> list[SafetyFinding]:
    """What is not closed in a scope, by the last day: the longest overdue first."""
    here = select(Unit.id).where(Unit.region_id.in_(regions.ids_within(scope)))
    found = _findings().where(
        SafetyFinding.unit_id.in_(here), SafetyFinding.state != FindingState.closed
    )
    return list(db.session.scalars(found.order_by(SafetyFinding.due, SafetyFinding.id)))


def unsettled_at(unit_id: int) -> list[SafetyFinding]:
    """The same of one school."""
    found = _findings().where(
        SafetyFinding.unit_id == unit_id, SafetyFinding.state != FindingState.closed
    )
    return list(db.session.scalars(found.order_by(SafetyFinding.due, SafetyFinding.id)))


def inspections_of(unit_id: int, most: int = 20) -> list[SafetyInspection]:
    """The latest inspections of a school, with what they found."""
    found = select(SafetyInspection).where(SafetyInspection.unit_id == unit_id)
    parts = selectinload(SafetyInspection.findings), selectinload(SafetyInspection.marks)
    order = SafetyInspection.on_day.desc(), SafetyInspection.id.desc()
    return list(db.session.scalars(found.options(*parts).order_by(*order).limit(most)))


def patrols_of(unit_id: int) -> list[SafetyPatrol]:
    """Patrols of the last thirty days, newest first."""
    since = clock.now() - PATROLS_FOR
    mine = SafetyPatrol.unit_id == unit_id, SafetyPatrol.began_at >= since
    order = SafetyPatrol.began_at.desc(), SafetyPatrol.id.desc()
    return list(db.session.scalars(select(SafetyPatrol).where(*mine).order_by(*order)))


def gear_of(unit_id: int) -> list[SafetyGear]:
    """What a school has, by the day until which it is checked."""
    found = select(SafetyGear).where(SafetyGear.unit_id == unit_id)
    return list(db.session.scalars(found.order_by(SafetyGear.checked_until, SafetyGear.id)))


@dataclass(frozen=True)
class SchoolStands:
    """A school in the list of an office: findings open, overdue, waiting for a second look; the day
    of the last inspection."""

    unit: Unit
    open: int
    overdue: int
    to_check: int
    last: date | None


def schools(scope: str, county_id: int) -> list[SchoolStands]:
    """The schools of a scope, those with most overdue first."""
    today, by_unit = clock.today(), {}  # type: ignore[var-annotated]
    for one in unsettled(scope):
        by_unit.setdefault(one.unit_id, []).append(one)
    here = select(Unit.id).where(Unit.region_id.in_(regions.ids_within(scope)))
    dates = select(SafetyInspection.unit_id, SafetyInspection.on_day)
    last: dict[int, date] = {}
    for number, day in db.session.execute(dates.where(SafetyInspection.unit_id.in_(here))):
        last[number] = max(day, last.get(number, day))
    found = []
    for unit in partners.units(county_id, UnitKind.school):
        if not unit.region.path.startswith(scope):
            continue
        mine = by_unit.get(unit.id, [])
        opened = [one for one in mine if one.state is FindingState.open]
        late = sum(one.due < today for one in opened)
        stands = SchoolStands(unit, len(opened), late, len(mine) - len(opened), last.get(unit.id))
        found.append(stands)
    return sorted(found, key=lambda one: (-one.overdue, -one.open, one.last or date.min))


def workers(unit_id: int) -> list[int]:
    """The accounts of a school's own people today."""
    mine = RoleHolding.unit_id == unit_id, RoleHolding.role == Role.school_worker
    rows = db.session.scalars(select(RoleHolding).where(*mine))
    return [one.account_id for one in rows if one.lives(clock.today())]


def overdue(county_id: int) -> list[int]:
    """Open findings whose last day is past."""
    late = SafetyFinding.state == FindingState.open, SafetyFinding.due < clock.today()
    found = select(SafetyFinding.id).where(SafetyFinding.county_id == county_id, *late)
    return list(db.session.scalars(found.order_by(SafetyFinding.id)))


def to_do(actor: Actor) -> list[SafetyFinding]:
    """What waits for somebody: a school's own faults to be put right."""
    if actor.unit_id is None:
        return []
    mine = unsettled_at(actor.unit_id)
    return [one for one in mine if one.state is FindingState.open]


def to_check(actor: Actor) -> list[SafetyFinding]:
    """What was put right and waits for somebody's look: of a school the own people's faults that
    another has put right; of an office what it found."""
    if actor.unit_id is not None:
        mine = [one for one in unsettled_at(actor.unit_id) if one.inspection.office is None]
    else:
        found = unsettled(actor.scope)
        mine = [one for one in found if one.inspection.office is actor.office]
    fixed = (one for one in mine if one.state is FindingState.fixed)
    return [one for one in fixed if one.fixed_by != actor.account_id]


def raised(actor: Actor) -> list[SafetyFinding]:
    """What schools have left undone so long that the education office was told."""
    return [one for one in unsettled(actor.scope) if one.rung is Rung.office]
