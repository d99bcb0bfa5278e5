"""Referrals: the desk's list, a school's own, a child's; who works at the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access import queries as access
from jiedui.access.rules import Actor, GrantLevel, Office, Role
from jiedui.care.queries.absences import pupils_called
from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.core.errors import Missing, Refusal
from jiedui.counselling.models import Counsellor, Referral
from jiedui.counselling.rules.referrals import ReferralRefusal, ReferralState
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

OLD = 50


def counsels(actor: Actor) -> bool:
    """Whether somebody was named to the counselling desk of their county."""
    return actor.has_grant("region", actor.county_id, GrantLevel.notes)


def counsellors(county_id: int) -> list[Counsellor]:
    """Who works at the desk of a county, by id."""
    found = select(Counsellor).where(
        Counsellor.county_id == county_id, Counsellor.ended_at.is_(None)
    )
    return list(db.session.scalars(found.options(joinedload(Counsellor.helper)).order_by("id")))


def counsellor(counsellor_id: int) -> Counsellor:
    """One who works at a desk or did; raise Missing."""
    one = db.session.get(Counsellor, counsellor_id)
    if one is None:
        raise Missing
    return one


def living_counsellor(helper_id: int) -> Counsellor | None:
    """The place of a helper at the desk, if they have one."""
    found = select(Counsellor).where(
        Counsellor.helper_id == helper_id, Counsellor.ended_at.is_(None)
    )
    return db.session.scalar(found)


def _whole() -> Select[Any]:
    child = joinedload(Referral.child)
    return select(Referral).options(
        child.joinedload(Child.village).joinedload(Region.parent),
        joinedload(Referral.school),
        joinedload(Referral.hospital),
        selectinload(Referral.steps),
    )


def get(referral_id: int) -> Referral:
    """The referral with this id; raise Missing."""
    one: Referral | None = db.session.scalar(_whole().where(Referral.id == referral_id))
    if one is None:
        raise Missing
    return one


def _reach(actor: Actor) -> ColumnElement[bool]:
    """A counsellor's whole county; an office's region."""
    if counsels(actor):
        return Referral.county_id == actor.county_id
    inside = select(Child.id).where(Child.village_id.in_(regions.ids_within(actor.scope)))
    return Referral.child_id.in_(inside)


def waiting(actor: Actor) -> list[Referral]:
    """Referrals that are not closed, what is due first."""
    found = _whole().where(Referral.state != ReferralState.closed, _reach(actor))
    return list(db.session.scalars(found.order_by(Referral.due, Referral.id)))


def closed(actor: Actor) -> list[Referral]:
    """The latest that are closed."""
    found = _whole().where(Referral.state == ReferralState.closed, _reach(actor))
    return list(db.session.scalars(found.order_by(Referral.id.desc()).limit(OLD)))


def of_school(unit_id: int | None) -> list[Referral]:
    """What a school has sent, newest first."""
    found = _whole().where(Referral.unit_id == unit_id).order_by(Referral.id.desc())
    return list(db.session.scalars(found.limit(OLD)))


def of_child(child_id: int) -> list[Referral]:
    """A child's referrals, oldest first."""
    found = _whole().where(Referral.child_id == child_id).order_by(Referral.id)
    return list(db.session.scalars(found))


def open_of(child_id: int) -> Referral | None:
    """The referral of a child that is not closed."""
    mine = Referral.child_id == child_id, Referral.state != ReferralState.closed
    one: Referral | None = db.session.scalar(_whole().where(*mine))
    return one


def overdue(county_id: int) -> list[int]:
    """Referrals whose next step has not come, and of which nobody was told yet."""
    late = (
        Referral.county_id == county_id,
        Referral.due < clock.today(),
        Referral.overdue_told_at.is_(None),
    )
    return list(db.session.scalars(select(Referral.id).where(*late).order_by(Referral.id)))


def owning(county_id: int, path: str, *, heads: bool = False) -> list[int]:
    """Accounts of the owning office (civil affairs) whose area covers a place; its heads alone,
    or everybody where it has none."""
    office = Office.civil_affairs
    found = access.holders(county_id, Role.coordinator, office=office, region_path=path)
    chosen = [one for one in found if one.head] if heads else found
    return sorted({one.account_id for one in chosen or found})


def at_desk(county_id: int) -> list[int]:
    """Accounts of those who work at the desk."""
    accounts = {one.helper.account_id for one in counsellors(county_id)}
    return sorted(number for number in accounts if number is not None)


def pupil(name: str, birth: date | None, actor: Actor) -> Child:
    """A pupil of the actor's own school by name, and by birth date where two have it. Refuses a
    name that is not there or stands for several."""
    found = pupils_called(name, actor.unit_id, birth) if actor.unit_id is not None else []
    if not found:
        raise Refusal(ReferralRefusal.unknown_pupil, "pupil")
    if len(found) > 1:
        raise Refusal(ReferralRefusal.several_pupils, "birth_date")
    return found[0]
