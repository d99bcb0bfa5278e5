"""Injuries are recorded as figures, and struck out when they were entered by mistake."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.activities.models import Injury
from jiedui.activities.queries import injuries as queries
from jiedui.activities.rules.injuries import InjuryRefusal, InjurySaid, injury_fault
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.partners.queries import reach
from jiedui.regions import queries as regions


def record_injury(said: InjurySaid, *, by: Actor) -> Injury:
    """Record that a child was hurt. Refuses a day to come or long past, a village outside the
    actor's reach, and one that seems to stand there already, unless it is said to be another."""
    village = regions.village(said.region_id, reach(by))
    if village is None:
        raise Refusal(InjuryRefusal.elsewhere, "region")
    fault = injury_fault(said, queries.alike(said), clock.today())
    if fault is not None:
        raise Refusal(*fault)
    one = Injury(
        county_id=by.county_id, region=village, on=said.on, cause=said.cause, spot=said.spot,
        outcome=said.outcome, band=said.band, recorded_by=by.account_id, recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    audit.record(Act.injury_recorded, one, by=by)
    return one


def strike_injury(one: Injury, *, by: Actor) -> None:
    """It was entered by mistake: it counts no longer. Refuses a second time."""
    db.lock(Injury, one.id)
    if one.struck_at is not None:
        raise Refusal(InjuryRefusal.struck_already)
    one.struck_by, one.struck_at = by.account_id, clock.now()
    audit.record(Act.injury_struck, one, by=by)
