"""Somebody stands in for a colleague between two days (代某某)."""

from __future__ import annotations

from datetime import date

from jiedui.access.models import Deputy, RoleHolding
from jiedui.access.rules import AccessRefusal, Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal


def name_deputy(
    holding_id: int, deputy: RoleHolding, first: date, last: date, *, by: Actor
) -> Deputy:
    """Let a colleague of the same office act in one's place (代某某) between two days."""
    if deputy.account_id == by.account_id:
        raise Refusal(AccessRefusal.deputy_is_self, "deputy")
    if deputy.office is not by.office:
        raise Refusal(AccessRefusal.deputy_other_office, "deputy")
    if last < first:
        raise Refusal(AccessRefusal.deputy_dates, "last")
    named = Deputy(
        county_id=by.county_id,
        holding_id=holding_id,
        principal_id=by.account_id,
        deputy_id=deputy.account_id,
        starts=first,
        ends=last,
    )
    db.session.add(named)
    audit.record(Act.deputy_named, named, by=by)
    return named


def end_deputy(named: Deputy, *, by: Actor) -> None:
    """End a deputy's time today."""
    named.ended_at = clock.now()
    audit.record(Act.deputy_ended, named, by=by)
