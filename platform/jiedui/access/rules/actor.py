"""Whoever is signed in, in the one role they have chosen, and what is opened to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jiedui.access.rules.roles import SCOPE_OF, Office, Role, ScopeKind


class GrantLevel(StrEnum):
    """How much of an object somebody may see, least first."""

    card = "card"
    visit = "visit"
    file = "file"
    notes = "notes"
    # One file beyond one's own area, for a time: to look at, and in no list, count or search.
    read = "read"


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
    # A keyed mark of the device the request came from, where it is known.
    device: str | None = field(default=None, repr=False, compare=False)

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
