"""What a helper has earned, and applications for star levels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.hours.models import StarAward
from jiedui.hours.queries.sums import sums
from jiedui.hours.rules import Book, Evidence
from jiedui.hours.rules.stars import StarState, level_for, minutes_to_next
from jiedui.regions.queries import ids_within


def star_minutes(helper_id: int) -> int:
    """The minutes that earn stars: voluntary service that was checked in, up to today."""
    return sums(helper_id)[Book.voluntary][Evidence.checked_in].minutes


@dataclass(frozen=True)
class Standing:
    """What somebody has, what they may apply for, what is missing for one star more."""

    granted: int
    reached: int
    missing: int | None
    last: StarAward | None

    @property
    def may_apply(self) -> bool:
        """Whether there is a level to apply for and nothing under way."""
        busy = self.last is not None and self.last.state in (StarState.applied, StarState.public)
        return self.reached > self.granted and not busy


def standing(helper_id: int) -> Standing:
    """How somebody stands with the star levels."""
    found = select(StarAward).where(StarAward.helper_id == helper_id).order_by(StarAward.id)
    rows = list(db.session.scalars(found))
    granted = max((r.level for r in rows if r.state is StarState.granted), default=0)
    minutes = star_minutes(helper_id)
    last = rows[-1] if rows else None
    return Standing(granted, level_for(minutes), minutes_to_next(minutes), last)


def get_star(award_id: int) -> StarAward:
    """The application with this id; raise Missing."""
    found = db.session.get(StarAward, award_id)
    if found is None:
        raise Missing
    return found


def stars_in(actor: Actor) -> list[StarAward]:
    """Applications of the actor's region that are under way, the oldest first."""
    found = (
        select(StarAward)
        .join(Helper, Helper.id == StarAward.helper_id)
        .where(Helper.village_id.in_(ids_within(actor.scope)))
        .where(StarAward.state.in_((StarState.applied, StarState.public)))
        .options(joinedload(StarAward.helper))
    )
    return list(db.session.scalars(found.order_by(StarAward.id)))


def stars_public(county_id: int) -> list[StarAward]:
    """What is in publicity now, for whoever knows a reason against it."""
    today = clock.today()
    found = select(StarAward).where(
        StarAward.county_id == county_id,
        StarAward.state == StarState.public,
        StarAward.public_from <= today,
    )
    return list(
        db.session.scalars(found.options(joinedload(StarAward.helper)).order_by(StarAward.id))
    )


def publicity_over(county_id: int, today: date) -> list[int]:
    """Applications whose days of publicity are over."""
    found = select(StarAward.id).where(
        StarAward.county_id == county_id,
        StarAward.state == StarState.public,
        StarAward.public_until < today,
    )
    return list(db.session.scalars(found.order_by(StarAward.id)))
