"""Water hazards: entered, changed, looked at, gone."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.activities.models import WaterHazard
from jiedui.activities.queries import hazards as queries
from jiedui.activities.rules.hazards import HazardRefusal, HazardSaid, hazard_fault
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def enter_hazard(said: HazardSaid, *, by: Actor) -> WaterHazard:
    """Enter a hazard, looked at today. Refuses a village outside the actor's region, half a point
    or one that is not there, and a keeper who is not responsible where it lies."""
    village = _village(said, by)
    one = WaterHazard(
        county_id=by.county_id, region=village, kind=said.kind, name=said.name,
        latitude=said.latitude, longitude=said.longitude, sign=said.sign, fence=said.fence,
        keeper_id=said.keeper_id, checked_on=clock.today(), checked_by=by.account_id,
        entered_by=by.account_id, entered_at=clock.now(),
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    audit.record(Act.hazard_written, one, by=by)
    return one


def change_hazard(
    one: WaterHazard, said: HazardSaid, *, by: Actor, version: int | None = None
) -> None:
    """Say anew what a hazard is. Refuses what entering refuses, an older page, and one that is
    gone."""
    _living(one, version)
    one.region = _village(said, by)
    one.kind, one.name, one.keeper_id = said.kind, said.name, said.keeper_id
    one.latitude, one.longitude = said.latitude, said.longitude
    one.sign, one.fence = said.sign, said.fence
    audit.record(Act.hazard_written, one, by=by)


def check_hazard(
    one: WaterHazard, *, sign: bool, fence: bool, by: Actor, version: int | None = None
) -> None:
    """Somebody was there today and saw whether sign and fence stand. Refuses one that is gone."""
    _living(one, version)
    one.sign, one.fence = sign, fence
    one.checked_on, one.checked_by = clock.today(), by.account_id
    audit.record(Act.hazard_checked, one, by=by)


def remove_hazard(one: WaterHazard, *, by: Actor, version: int | None = None) -> None:
    """It was filled in or covered: nobody looks at it any more. Refuses a second time."""
    _living(one, version)
    one.gone_by, one.gone_at = by.account_id, clock.now()
    audit.record(Act.hazard_gone, one, by=by)


def _living(one: WaterHazard, version: int | None) -> None:
    fresh(one.version, version)
    db.lock(WaterHazard, one.id)
    if one.gone_at is not None:
        raise Refusal(HazardRefusal.gone_already)


def _village(said: HazardSaid, by: Actor) -> Region:
    village = regions.village(said.region_id, by.scope)
    if village is None:
        raise Refusal(HazardRefusal.elsewhere, "region")
    fault = hazard_fault(said, village.point)
    if fault is not None:
        raise Refusal(*fault)
    if said.keeper_id not in queries.keepers(village):
        raise Refusal(HazardRefusal.no_keeper, "keeper")
    return village
