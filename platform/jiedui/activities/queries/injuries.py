"""Injuries: one by id, what looks like one, whoever's own, and figures of a year in a region."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.activities.models import Injury
from jiedui.activities.rules.injuries import Counted, Figures, InjurySaid, figures
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.regions.models import Region
from jiedui.regions.queries import ids_within

OWN_FOR = timedelta(days=60)


def get_injury(injury_id: int) -> Injury:
    """The injury with this id; raise Missing."""
    found = db.session.get(Injury, injury_id)
    if found is None:
        raise Missing
    return found


def alike(said: InjurySaid) -> int:
    """How many of that day, village, cause and age there are."""
    found = select(func.count()).where(
        Injury.region_id == said.region_id, Injury.on == said.on, Injury.cause == said.cause,
        Injury.band == said.band, Injury.struck_at.is_(None),
    )  # fmt: skip
    return db.session.scalar(found.select_from(Injury)) or 0


def own(actor: Actor) -> list[Injury]:
    """What somebody has recorded in the last two months, the latest first."""
    found = select(Injury).where(
        Injury.recorded_by == actor.account_id,
        Injury.struck_at.is_(None),
        Injury.recorded_at > clock.now() - OWN_FOR,
    )
    found = found.options(joinedload(Injury.region).joinedload(Region.parent))
    return list(db.session.scalars(found.order_by(Injury.id.desc())))


def of_year(path: str, year: int) -> Figures:
    """The figures of a calendar year in a region."""
    found = (
        select(Injury.on, Injury.cause, Injury.spot, Injury.outcome, Region.parent_id)
        .join(Region, Region.id == Injury.region_id)
        .where(Injury.region_id.in_(ids_within(path)), Injury.struck_at.is_(None))
        .where(Injury.on >= date(year, 1, 1), Injury.on <= date(year, 12, 31))
    )
    rows = db.session.execute(found)
    return figures(
        Counted(on, cause, spot, outcome, town or 0) for on, cause, spot, outcome, town in rows
    )


def years(county_id: int) -> list[int]:
    """The years of which there is an injury, newest first; the present one is always there."""
    found = select(func.min(Injury.on)).where(Injury.county_id == county_id)
    first, now = db.session.scalar(found), clock.today().year
    return list(range(now, min(first.year if first else now, now) - 1, -1))
