"""Water hazards: of a region by township, those nobody has looked at in time, who may keep one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Role
from jiedui.activities.models import WaterHazard
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.queries import ids_within

KEEPERS = (Role.child_director, Role.township_supervisor)


def get_hazard(hazard_id: int) -> WaterHazard:
    """The hazard with this id; raise Missing."""
    found = db.session.get(WaterHazard, hazard_id)
    if found is None:
        raise Missing
    return found


def hazards(path: str) -> list[WaterHazard]:
    """Hazards of a region that are there, by township and village, the one due first first."""
    village = joinedload(WaterHazard.region).joinedload(Region.parent)
    found = (
        select(WaterHazard)
        .where(WaterHazard.region_id.in_(ids_within(path)), WaterHazard.gone_at.is_(None))
        .options(village, joinedload(WaterHazard.keeper))
    )
    rows = db.session.scalars(found.order_by(WaterHazard.checked_on, WaterHazard.id))
    return sorted(rows, key=lambda one: (not one.overdue, one.region.path))


@dataclass(frozen=True)
class Town:
    """A township on the sketch: a ring for hazards nobody has looked at in time, a cross where a
    sign is missing."""

    name: str
    lat: float
    lon: float
    needs: int
    unmet: int
    helpers: int = 0


def towns(rows: Sequence[WaterHazard], path: str) -> list[Town]:
    """The townships of a region on the sketch, those with a known point."""
    late = Counter(one.region.parent_id for one in rows if one.overdue)
    bare = Counter(one.region.parent_id for one in rows if not one.sign)
    return [
        Town(one.name, *one.point, late[one.id], bare[one.id])
        for one in regions.townships(path)
        if one.point is not None
    ]


def waiting_for(actor: Actor) -> list[WaterHazard]:
    """Hazards the actor looks after and has not looked at in time, the oldest look first."""
    found = select(WaterHazard).where(
        WaterHazard.keeper_id == actor.account_id, WaterHazard.gone_at.is_(None)
    )
    rows = db.session.scalars(found.order_by(WaterHazard.checked_on))
    return [one for one in rows if one.overdue]


def keepers(village: Region) -> dict[int, str]:
    """Accounts of those responsible where a village lies, with names: its director, then the
    township's supervisor."""
    county = village.county_id or village.id
    found: dict[int, str] = {}
    for role in KEEPERS:
        for held in access.holders(county, role, region_path=village.path):
            found.setdefault(held.account_id, held.account.name)
    return found


def keepers_within(actor: Actor) -> dict[int, str]:
    """Who could keep a hazard somewhere in the actor's region, with their own region; a director's
    own township is among them."""
    rows = [one for role in KEEPERS for one in access.holders(actor.county_id, role)]
    near = [
        one
        for one in rows
        if one.region.path.startswith(actor.scope) or actor.scope.startswith(one.region.path)
    ]
    named = {one.account_id: f"{one.region.name} · {one.account.name}" for one in near}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))
