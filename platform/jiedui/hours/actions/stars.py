"""Star levels: applying, reviewing, the days of publicity, granting."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.hours.models import StarAward
from jiedui.hours.queries import stars
from jiedui.hours.rules import HoursRefusal, is_own
from jiedui.hours.rules.stars import (
    PUBLIC_DAYS,
    STAR_MOVES,
    StarReason,
    StarState,
    level_for,
)


def apply_for_star(helper: Helper, *, by: Actor) -> StarAward:
    """Apply for the highest level that the checked-in hours reach. Refuses one that was granted
    already, and a second application beside an open one."""
    db.lock(Helper, helper.id)
    found = stars.standing(helper.id)
    if not found.may_apply:
        raise Refusal(HoursRefusal.no_star)
    award = StarAward(
        county_id=helper.county_id,
        helper_id=helper.id,
        level=found.reached,
        minutes=stars.star_minutes(helper.id),
        state=StarState.applied,
        applied_by=by.account_id,
        applied_at=clock.now(),
    )
    db.session.add(award)
    audit.record(Act.star_applied, award, by=by)
    return award


def publish_star(award: StarAward, *, by: Actor, version: int | None = None) -> None:
    """The review is passed: the name (masked) is public for five working days. Refuses one's own
    application, and one whose hours are no longer there."""
    _locked(award, version)
    _not_own(award, by)
    if _short(award):
        raise Refusal(HoursRefusal.no_star)
    _move(award, StarState.public)
    award.reviewed_by = by.account_id
    award.public_from = clock.today()
    award.public_until = clock.working_days_after(clock.today(), PUBLIC_DAYS)
    audit.record(Act.star_published, award, by=by)


def refuse_star(
    award: StarAward, reason: StarReason, *, by: Actor, version: int | None = None
) -> None:
    """Not granted, in the review or for what somebody said in the days of publicity. Refuses one's
    own, and one that is over."""
    _locked(award, version)
    _not_own(award, by)
    _end(award, StarState.refused, by, reason)
    audit.record(Act.star_refused, award, by=by, reason=reason.value)


def grant_star(award_id: int) -> bool:
    """The days of publicity are over: granted, unless hours were reversed meanwhile. What the
    calendar does; says whether it was granted."""
    award = stars.get_star(award_id)
    _locked(award, None)
    if award.state is not StarState.public:
        return False
    if _short(award):
        _end(award, StarState.refused, SYSTEM, StarReason.too_few)
        audit.record(Act.star_refused, award, by=SYSTEM, reason=StarReason.too_few.value)
        return False
    _end(award, StarState.granted, SYSTEM)
    audit.record(Act.star_granted, award, by=SYSTEM)
    return True


def _locked(award: StarAward, version: int | None) -> None:
    db.lock(Helper, award.helper_id)
    db.session.refresh(award)
    fresh(award.version, version)


def _not_own(award: StarAward, by: Actor) -> None:
    persons = frozenset({by.account_id, by.acts_as})
    if is_own(persons, award.helper.account_id, award.applied_by):
        raise Refusal(HoursRefusal.own_star)


def _short(award: StarAward) -> bool:
    return level_for(stars.star_minutes(award.helper_id)) < award.level


def _move(award: StarAward, state: StarState) -> None:
    if not STAR_MOVES.allows(award.state, state):
        raise Refusal(HoursRefusal.settled_already)
    award.state = state


def _end(award: StarAward, state: StarState, by: By, reason: StarReason | None = None) -> None:
    _move(award, state)
    award.reason, award.ended_by, award.ended_at = reason, by.account_id, clock.now()
