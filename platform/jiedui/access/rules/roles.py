"""Roles, the offices people act for, and what the scope of a role is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from jiedui.regions.rules import Level


class Role(StrEnum):
    """What a person is here for; each role carries a scope."""

    volunteer = "volunteer"
    social_worker = "social_worker"
    unit_manager = "unit_manager"
    partner_member = "partner_member"
    donor = "donor"
    child_director = "child_director"
    grid_worker = "grid_worker"
    school_worker = "school_worker"
    township_supervisor = "township_supervisor"
    coordinator = "coordinator"
    duty_officer = "duty_officer"
    leader = "leader"
    auditor = "auditor"
    account_admin = "account_admin"


class Office(StrEnum):
    """Departments of the county; coordinators act for one."""

    youth_league = "youth_league"
    womens_federation = "womens_federation"
    civil_affairs = "civil_affairs"
    industry_federation = "industry_federation"
    education = "education"
    health = "health"
    culture = "culture"
    emergency = "emergency"
    medical_insurance = "medical_insurance"
    police = "police"
    finance = "finance"


class ScopeKind(StrEnum):
    """What a role's scope is."""

    region = "region"
    unit = "unit"
    self = "self"


SCOPE_OF: dict[Role, ScopeKind] = {
    Role.volunteer: ScopeKind.self,
    Role.social_worker: ScopeKind.self,
    Role.unit_manager: ScopeKind.unit,
    Role.partner_member: ScopeKind.unit,
    Role.donor: ScopeKind.self,
    Role.child_director: ScopeKind.region,
    Role.grid_worker: ScopeKind.region,
    Role.school_worker: ScopeKind.unit,
    Role.township_supervisor: ScopeKind.region,
    Role.coordinator: ScopeKind.region,
    Role.duty_officer: ScopeKind.region,
    Role.leader: ScopeKind.region,
    Role.auditor: ScopeKind.region,
    Role.account_admin: ScopeKind.region,
}
# Who a township may make an account for, in its own villages.
TOWNSHIP_MAY_INVITE = frozenset({Role.child_director, Role.grid_worker})
# Whose account a township looks after: theirs, and those of the people who help there.
TOWNSHIP_MAY_MANAGE = TOWNSHIP_MAY_INVITE | {Role.volunteer, Role.social_worker, Role.donor}
# Who is invited; volunteers, social workers and donors register themselves.
INVITED = (
    Role.child_director,
    Role.grid_worker,
    Role.township_supervisor,
    Role.school_worker,
    Role.unit_manager,
    Role.partner_member,
    Role.coordinator,
    Role.duty_officer,
    Role.leader,
    Role.auditor,
    Role.account_admin,
)
# Where a role with a region is held; a role within a unit is held where the unit lies.
LEVELS_OF: dict[Role, frozenset[Level]] = {
    Role.child_director: frozenset({Level.village}),
    Role.grid_worker: frozenset({Level.village}),
    Role.township_supervisor: frozenset({Level.township}),
    Role.coordinator: frozenset({Level.county, Level.township}),
    Role.duty_officer: frozenset({Level.county}),
    Role.leader: frozenset({Level.county, Level.township}),
    Role.auditor: frozenset({Level.county}),
    Role.account_admin: frozenset({Level.county}),
}
# Roles that a sheet of accounts can give: they need a place and nothing else.
BY_SHEET = tuple(
    role for role in INVITED if SCOPE_OF[role] is ScopeKind.region and role is not Role.coordinator
)
# Roles of the county and of townships, who see what one person's word should not open: a second
# factor at sign-in.
SECOND_FACTOR = frozenset(
    {
        Role.coordinator,
        Role.account_admin,
        Role.auditor,
        Role.duty_officer,
        Role.leader,
        Role.township_supervisor,
    }
)
# Who works in a village or helps, often on the way: their own phone may be remembered.
MAY_REMEMBER = frozenset(
    {Role.child_director, Role.grid_worker, Role.volunteer, Role.social_worker}
)


def holds(starts: date, ends: date | None, today: date) -> bool:
    """Whether a role or a deputy's time has begun and not ended (the end day still counts)."""
    return starts <= today and (ends is None or today <= ends)
