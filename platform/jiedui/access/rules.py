"""Roles, offices, states of an account, and the rules of sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from jiedui.core.states import Transitions


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
# Roles that see what one person's word should not open: a second factor at sign-in.
SECOND_FACTOR = frozenset(
    {Role.coordinator, Role.account_admin, Role.auditor, Role.duty_officer, Role.leader}
)


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


class GrantLevel(StrEnum):
    """How much of an object somebody may see, least first."""

    card = "card"
    visit = "visit"
    file = "file"
    notes = "notes"


class AccessRefusal(StrEnum):
    """Why an account's act is refused."""

    wrong_sign_in = "wrong sign-in"
    too_many_tries = "too many tries"
    wrong_code = "wrong code"
    link_gone = "link gone"
    phone_taken = "phone taken"
    password_short = "password short"  # noqa: S105
    password_common = "password common"  # noqa: S105
    password_has_name = "password has name"  # noqa: S105
    outside_scope = "outside scope"
    role_not_yours_to_give = "role not yours to give"
    office_missing = "office missing"
    last_admin = "last admin"
    self_disable = "self disable"
    deputy_is_self = "deputy is self"
    deputy_dates = "deputy dates"
    deputy_other_office = "deputy other office"
    hand_over_other_role = "hand over other role"


LINK_HOURS = 72
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)
TRIES_PER_ADDRESS = 50
PASSWORD_LEAST = 10  # OWASP ASVS 5, 6.2.1: at least 8, better 15; no composition rules
COMMON = frozenset(
    [
        "1234567890",
        "0123456789",
        "12345678901",
        "123456789a",
        "a123456789",
        "qwertyuiop",
        "1q2w3e4r5t",
        "password123",
        "password1234",
        "woaini1314",
        "woaini5201314",
        "11111111111",
        "1111111111",
        "0000000000",
        "8888888888",
        "6666666666",
        "aa123456789",
        "asd123456789",
        "q123456789",
        "qq123456789",
        "1qaz2wsx3edc",
        "5201314520",
        "1314520520",
        "iloveyou123",
        "abcd123456",
        "abc1234567",
        "123456abcd",
        "1234567891",
    ]
)


def password_fault(password: str, personal: Iterable[str]) -> AccessRefusal | None:
    """What is wrong with a new password: length, list of common ones, own number (ASVS 6.2)."""
    if len(password) < PASSWORD_LEAST:
        return AccessRefusal.password_short
    if password.lower() in COMMON or len(set(password)) < 4:
        return AccessRefusal.password_common
    if any(p and p in password for p in personal):
        return AccessRefusal.password_has_name
    return None


@dataclass(frozen=True)
class Holding:
    """One role a person holds, with its scope. `acting_for` is the account a deputy stands in
    for; `principal` is that person's name."""

    id: int
    role: Role
    office: Office | None
    head: bool
    region_id: int
    region_path: str
    region_name: str
    unit_id: int | None = None
    unit_name: str | None = None
    acting_for: int | None = None
    principal: str | None = None
    deputy_id: int | None = None

    @property
    def key(self) -> str:
        """How this holding is named in a session."""
        return f"d{self.deputy_id}" if self.deputy_id else f"h{self.id}"


@dataclass(frozen=True)
class Actor:
    """Whoever is signed in, in the one role they have chosen."""

    account_id: int
    county_id: int
    name: str
    holding: Holding | None
    holdings: tuple[Holding, ...] = ()
    granted: frozenset[tuple[str, int, str]] = field(default=frozenset(), repr=False)
    via: str = "portal"

    @property
    def acting_for(self) -> int | None:
        """The account a deputy stands in for."""
        return self.holding.acting_for if self.holding else None

    @property
    def acts_as(self) -> int:
        """The account whose place is taken: one's own, or the principal's for a deputy."""
        return self.acting_for or self.account_id

    @property
    def role(self) -> Role | None:
        """The chosen role."""
        return self.holding.role if self.holding else None

    @property
    def office(self) -> Office | None:
        """The office acted for."""
        return self.holding.office if self.holding else None

    @property
    def head(self) -> bool:
        """Whether this person heads the office."""
        return bool(self.holding and self.holding.head)

    @property
    def scope(self) -> str:
        """The path of the region the role reaches; "-" (no region) for roles without one."""
        if self.holding is None or SCOPE_OF[self.holding.role] is not ScopeKind.region:
            return "-"
        return self.holding.region_path

    @property
    def unit_id(self) -> int | None:
        """The unit the role belongs to."""
        return self.holding.unit_id if self.holding else None

    def has_grant(self, kind: str, object_id: int, *levels: GrantLevel) -> bool:
        """Whether a living grant opens this object at one of these levels."""
        return any((kind, object_id, level.value) in self.granted for level in levels)


def blocked(failures: int, at_address: int) -> bool:
    """Whether sign-in must wait: too many failures of this name here, or of this address at all.
    Failures are counted per name and address, so that nobody can lock another person out."""
    return failures >= TRIES or at_address >= TRIES_PER_ADDRESS


def link_lives(expires: datetime, used: datetime | None, now: datetime) -> bool:
    """Whether a single-use link can still be used."""
    return used is None and now < expires


def holds(starts: date, ends: date | None, today: date) -> bool:
    """Whether a role or a deputy's time has begun and not ended (the end day still counts)."""
    return starts <= today and (ends is None or today <= ends)


def may_invite(actor: Actor, role: Role, region_path: str) -> AccessRefusal | None:
    """Whether this person may make an account with this role in that region."""
    if not region_path.startswith(actor.scope):
        return AccessRefusal.outside_scope
    if actor.role is Role.account_admin:
        return None
    if actor.role is Role.township_supervisor and role in TOWNSHIP_MAY_INVITE:
        return None
    return AccessRefusal.role_not_yours_to_give
