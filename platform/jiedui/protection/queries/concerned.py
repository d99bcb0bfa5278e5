"""Which files a case concerns, and what of that a township may know."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.protection.models import CaseChild, ProtectionCase
from jiedui.protection.rules.case import Stage
from jiedui.regions.models import Region


def files_of(case_id: int) -> list[CaseChild]:
    """The files that a case concerns, in the order in which they were named."""
    home = joinedload(CaseChild.child).joinedload(Child.village).joinedload(Region.parent)
    found = select(CaseChild).where(CaseChild.case_id == case_id).options(home)
    return list(db.session.scalars(found.order_by(CaseChild.id)))


def file_in(number: int, county_id: int) -> Child | None:
    """The file with this number in a county, unless its identity is cleared."""
    mine = Child.id == number, Child.county_id == county_id, Child.deidentified_at.is_(None)
    one: Child | None = db.session.scalar(select(Child).where(*mine))
    return one


def known_of(ids: Collection[int], fresh: timedelta) -> dict[int, date | None]:
    """Of these children those whom a case concerns of which their township knows: None while it
    runs, else the day on which it was closed, if that is not longer ago than `fresh`. Never one
    that is sealed; of one about a worker of village or township the township is never told."""
    found = (
        select(CaseChild.child_id, ProtectionCase.closed_at)
        .join(ProtectionCase, ProtectionCase.id == CaseChild.case_id)
        .where(
            CaseChild.child_id.in_(list(ids)),
            ProtectionCase.township_told_at.is_not(None),
            ProtectionCase.sealed.is_(False),
            (ProtectionCase.stage != Stage.closed)
            | (ProtectionCase.closed_at >= clock.now() - fresh),
        )
    )
    days: dict[int, date | None] = {}
    for child_id, closed_at in db.session.execute(found.order_by(ProtectionCase.closed_at)):
        day = clock.local(closed_at).date() if closed_at else None
        if day is None or days.get(child_id, day) is not None:
            days[child_id] = day  # one that runs weighs more than any that ended
    return days
