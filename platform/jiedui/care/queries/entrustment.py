"""Finding agreements by which children are entrusted: by id, by house, and what they allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.care.models import EntrustedChild, Entrustment, EntrustmentMove, EntrustmentScan
from jiedui.care.rules.entrustment import EXPIRING, OPEN, PaperState
from jiedui.children.models import Child, Household
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.core.pages import PAGE
from jiedui.helpers.rules import HelpKind
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def whole(found: Select[Any]) -> Select[Any]:
    """An agreement with everything its pages and its paper ask for."""
    home = joinedload(Entrustment.household)
    return found.options(
        home.joinedload(Household.village).joinedload(Region.parent),
        home.selectinload(Household.guardians),
        joinedload(Entrustment.principal),
        joinedload(Entrustment.second),
        joinedload(Entrustment.carer),
        selectinload(Entrustment.of)
        .joinedload(EntrustedChild.child)
        .options(joinedload(Child.school), joinedload(Child.village).joinedload(Region.parent)),
        selectinload(Entrustment.scans),
    )


def get_entrustment(entrustment_id: int) -> Entrustment:
    """The agreement with this id; raise Missing."""
    found: Entrustment | None = db.session.scalar(
        whole(select(Entrustment).where(Entrustment.id == entrustment_id))
    )
    if found is None:
        raise Missing
    return found


def scan(scan_id: int) -> EntrustmentScan:
    """The scan of a signed agreement with this id; raise Missing."""
    found = db.session.get(EntrustmentScan, scan_id)
    if found is None:
        raise Missing
    return found


def standing(household_id: int, *states: PaperState) -> list[Entrustment]:
    """The agreements of a house in these states, bare: for an act on them."""
    found = select(Entrustment).where(
        Entrustment.household_id == household_id, Entrustment.state.in_(states)
    )
    return list(db.session.scalars(found.order_by(Entrustment.id)))


def of_child(child_id: int) -> list[Entrustment]:
    """All agreements a child is or was on, newest first."""
    mine = select(EntrustedChild.entrustment_id).where(EntrustedChild.child_id == child_id)
    found = whole(select(Entrustment).where(Entrustment.id.in_(mine)))
    return list(db.session.scalars(found.order_by(Entrustment.id.desc())))


def entrustment_of(child_id: int, day: date) -> Entrustment | None:
    """The signed agreement in force for a child on a day."""
    mine = select(EntrustedChild.entrustment_id).where(
        EntrustedChild.child_id == child_id, EntrustedChild.living
    )
    found: Entrustment | None = db.session.scalar(
        whole(select(Entrustment).where(Entrustment.id.in_(mine), *_in_force(day)))
    )
    return found


def _in_force(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Entrustment.state == PaperState.signed,
        Entrustment.starts <= day,
        Entrustment.ends >= day,
    )


@dataclass(frozen=True)
class MayConsent:
    """By an agreement in force: who may say yes for a child's parents, and to which help. The
    parents hear of it within 24 hours."""

    carer_id: int
    kinds: frozenset[HelpKind]


def carer_may_consent(household_id: int, day: date) -> Mapping[int, MayConsent]:
    """For each child of a house with an agreement in force on a day, what its clause allows; a
    child that is not in it has nobody who may say yes but its guardians."""
    found = (
        select(EntrustedChild.child_id, Entrustment.carer_id, Entrustment.services)
        .join(Entrustment, Entrustment.id == EntrustedChild.entrustment_id)
        .where(Entrustment.household_id == household_id, EntrustedChild.living, *_in_force(day))
    )
    return {
        child: MayConsent(carer, frozenset(HelpKind(kind) for kind in services))
        for child, carer, services in db.session.execute(found)
        if services
    }


def paper_moves(entrustment_ids: list[int]) -> list[EntrustmentMove]:
    """How these agreements came into their states, oldest first."""
    found = select(EntrustmentMove).where(EntrustmentMove.entrustment_id.in_(entrustment_ids))
    return list(db.session.scalars(found.order_by(EntrustmentMove.at, EntrustmentMove.id)))


def _within(path: str) -> ColumnElement[bool]:
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    return Entrustment.household_id.in_(inside)


def running_out(actor: Actor, today: date) -> list[Entrustment]:
    """Agreements of a scope that run out within 60 days, soonest first."""
    soon = (Entrustment.ends >= today, Entrustment.ends <= today + EXPIRING)
    return _listed(actor, Entrustment.state == PaperState.signed, *soon, by=Entrustment.ends)


def unsigned(actor: Actor) -> list[Entrustment]:
    """Agreements of a scope that were drafted or printed and wait for signatures, oldest first."""
    return _listed(actor, Entrustment.state.in_(OPEN), by=Entrustment.made_at)


def _listed(actor: Actor, *conditions: ColumnElement[bool], by: Any) -> list[Entrustment]:
    found = whole(select(Entrustment).where(_within(actor.scope), *conditions))
    return list(db.session.scalars(found.order_by(by, Entrustment.id)))


def in_force(actor: Actor, today: date, number: int) -> tuple[list[Entrustment], int]:
    """One page of the agreements of a scope that are in force or begin later, by their last day,
    and how many there are."""
    conditions = (
        _within(actor.scope),
        Entrustment.state == PaperState.signed,
        Entrustment.ends >= today,
    )
    total = db.session.scalar(select(func.count()).select_from(Entrustment).where(*conditions))
    found = whole(select(Entrustment).where(*conditions)).order_by(Entrustment.ends, Entrustment.id)
    page = found.limit(PAGE).offset((number - 1) * PAGE)
    return list(db.session.scalars(page)), total or 0


def count_running_out(actor: Actor, today: date) -> tuple[int, date | None]:
    """How many agreements of a scope run out within 60 days, and on which day the first does."""
    found = select(func.count(), func.min(Entrustment.ends)).where(
        _within(actor.scope),
        Entrustment.state == PaperState.signed,
        Entrustment.ends >= today,
        Entrustment.ends <= today + EXPIRING,
    )
    count, first = db.session.execute(found).one()
    return count, first


def past_their_day(county_id: int, today: date) -> list[Entrustment]:
    """Signed agreements of a county whose last day is past."""
    found = whole(
        select(Entrustment).where(
            Entrustment.county_id == county_id,
            Entrustment.state == PaperState.signed,
            Entrustment.ends < today,
        )
    )
    return list(db.session.scalars(found))
