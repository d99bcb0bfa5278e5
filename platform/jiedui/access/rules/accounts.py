"""States of an account, and who may give which role where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from jiedui.access.rules.actor import Actor
from jiedui.access.rules.refusals import AccessRefusal
from jiedui.access.rules.roles import (
    LEVELS_OF,
    SCOPE_OF,
    TOWNSHIP_MAY_INVITE,
    TOWNSHIP_MAY_MANAGE,
    Role,
    ScopeKind,
)
from jiedui.core.states import Transitions
from jiedui.regions.rules import Level


class AccountState(StrEnum):
    """Where an account stands."""

    invited = "invited"
    active = "active"
    disabled = "disabled"


ACCOUNT_MOVES = Transitions(
    {
        AccountState.invited: {AccountState.active, AccountState.disabled},
        AccountState.active: {AccountState.disabled, AccountState.invited},
        AccountState.disabled: {AccountState.active, AccountState.invited},
    }
)


def may_invite(actor: Actor, role: Role, region_path: str) -> AccessRefusal | None:
    """Whether this person may make an account with this role in that region."""
    if not region_path.startswith(actor.scope):
        return AccessRefusal.outside_scope
    if actor.role is Role.account_admin:
        return None
    if actor.role is Role.township_supervisor and role in TOWNSHIP_MAY_INVITE:
        return None
    return AccessRefusal.role_not_yours_to_give


def may_manage(actor: Actor, posts: Iterable[tuple[Role, str]]) -> bool:
    """Whether this person looks after an account, by every role it ever had and where. A
    township never reaches an account that is more than a village's: a new link opens it."""
    known = list(posts)
    if not all(path.startswith(actor.scope) for _, path in known):
        return False
    if actor.role is Role.account_admin:
        return True
    return (
        actor.role is Role.township_supervisor
        and bool(known)
        and all(role in TOWNSHIP_MAY_MANAGE for role, _ in known)
    )


_LEVEL_MISSING = {
    frozenset({Level.village}): AccessRefusal.village_missing,
    frozenset({Level.township}): AccessRefusal.township_missing,
    frozenset({Level.county}): AccessRefusal.county_missing,
    frozenset({Level.county, Level.township}): AccessRefusal.county_or_township,
}


def level_fault(role: Role, level: Level) -> AccessRefusal | None:
    """Whether a role can be held at this level."""
    levels = LEVELS_OF.get(role)
    return None if levels is None or level in levels else _LEVEL_MISSING[levels]


def post_fault(
    role: Role, level: Level, *, office: bool, unit: bool, ends: date | None, today: date
) -> tuple[AccessRefusal, str] | None:
    """What is wrong with a role and its place, and the field it belongs to."""
    in_unit = SCOPE_OF[role] is ScopeKind.unit
    low = level_fault(role, level)
    checks = (
        (role is Role.coordinator and not office, AccessRefusal.office_missing, "office"),
        (role is not Role.coordinator and office, AccessRefusal.office_not_needed, "office"),
        (in_unit and not unit, AccessRefusal.unit_missing, "unit"),
        (not in_unit and unit, AccessRefusal.unit_not_needed, "unit"),
        (low is not None, low or AccessRefusal.village_missing, "region"),
        (ends is not None and ends < today, AccessRefusal.ends_in_past, "ends"),
    )
    return next(((code, name) for wrong, code, name in checks if wrong), None)
