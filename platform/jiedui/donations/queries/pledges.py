"""Finding promises: by id, those of a county, those of a unit, the jobs a village may speak of."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.donations.models import Pledge
from jiedui.donations.rules.pledges import PledgeKind, PledgeState

AT_ONCE = 100


def get(pledge_id: int) -> Pledge:
    """The promise with this id; raise Missing."""
    one = db.session.get(Pledge, pledge_id)
    if one is None:
        raise Missing
    return one


def _found(*mine: ColumnElement[bool]) -> list[Pledge]:
    found = select(Pledge).where(*mine).options(joinedload(Pledge.unit))
    return list(db.session.scalars(found.order_by(Pledge.id.desc()).limit(AT_ONCE)))


def of_county(county_id: int) -> list[Pledge]:
    """The newest promises of a county."""
    return _found(Pledge.county_id == county_id)


def of_unit(unit_id: int) -> list[Pledge]:
    """The newest promises of a unit."""
    return _found(Pledge.unit_id == unit_id)


def unanswered(actor: Actor) -> list[Pledge]:
    """Promises that no office has answered."""
    return _found(Pledge.county_id == actor.county_id, Pledge.state == PledgeState.offered)


def work(actor: Actor) -> list[Pledge]:
    """Jobs that an office has taken up and that are to be had today or later."""
    lasts = or_(Pledge.until.is_(None), Pledge.until >= clock.today())
    taken = Pledge.kind == PledgeKind.jobs, Pledge.state == PledgeState.taken_up
    return _found(Pledge.county_id == actor.county_id, *taken, lasts)
