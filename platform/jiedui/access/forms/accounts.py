"""Forms by which accounts are made and looked after."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField

from jiedui.access import queries
from jiedui.access.actions import Post
from jiedui.access.guard import actor
from jiedui.access.models import RoleHolding
from jiedui.access.rules import (
    INVITED,
    SCOPE_OF,
    AccessRefusal,
    AccountState,
    Office,
    Role,
    ScopeKind,
    may_invite,
)
from jiedui.core import words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Choice, Day, Form, Phone, Text, required
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions import queries as regions
from jiedui.regions.forms import DivisionField


def offered_roles() -> list[tuple[str, Any]]:
    """The roles that whoever is signed in may give."""
    who = actor()
    return words.choices(Role, *(r for r in INVITED if may_invite(who, r, who.scope) is None))


def offices() -> list[tuple[str, Any]]:
    """Every office, and none."""
    return [("", _l("no office")), *words.choices(Office)]


class OwnDivisionField(DivisionField):
    """A division within the region of whoever is signed in."""

    @property
    def scope(self) -> str:  # type: ignore[override]
        """The region of the role."""
        return actor().scope


class WhoForm(Form):
    """Whose account it is."""

    name = Text(_l("Name"), missing=_l("Please give the name"))
    phone = Phone(_l("Mobile number"), description=_l("With it they sign in"))


class PostForm(Form):
    """A role with its place; what only some roles need stands behind "more"."""

    role = Choice(_l("Role"), Role, choices=offered_roles)
    region = OwnDivisionField(
        _l("Where"), description=_l("Village, township or the whole county: type its name")
    )
    office = SelectField(
        _l("Office (for coordinators)"), choices=offices, coerce=member_or_none(Office), default=""
    )
    head = BooleanField(
        _l("Heads the office"), description=_l("May decide when colleagues have not for five days")
    )
    unit = SelectField(_l("Unit (for schools, companies, agencies)"), coerce=int, default=0)
    ends = Day(
        _l("Last day"), needed=False, description=_l("Empty: until somebody ends it; 2026-12-31")
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        units = queries.units_of(actor().county_id)
        none = [(0, str(_l("no unit")))]
        self.unit.choices = none + [(number, name) for number, name, _region in units]
        self._seats = {number: region for number, _name, region in units}
        if self.village_only:
            del self.office, self.head, self.unit, self.ends
        else:
            self.region.start_with(regions.get(actor().county_id))

    @property
    def village_only(self) -> bool:
        """Whether whoever is signed in gives roles in villages only."""
        return actor().role is Role.township_supervisor

    def post(self) -> Post:
        """The role as an action takes it. A role within a unit is held where the unit lies."""
        if self.village_only:
            return Post(self.role.data, self.region.data)
        unit_id = self.unit.data or None
        region: Any = self.region.data
        if SCOPE_OF[self.role.data] is ScopeKind.unit:
            if unit_id is None:
                raise Refusal(AccessRefusal.unit_missing, "unit")
            region = regions.get(self._seats[unit_id])
        return Post(
            role=self.role.data,
            region=region,
            office=self.office.data or None,
            head=bool(self.head.data),
            unit_id=unit_id,
            ends=self.ends.data,
        )


class InviteForm(PostForm, WhoForm):
    """A new account: whose, and their first role."""


class PhoneForm(Form):
    """Another mobile number."""

    phone = Phone(_l("New mobile number"))


class HandOverForm(Form):
    """Who takes over: somebody with the same role in the same place."""

    to = RadioField(_l("Who takes over?"), [required(_l("Please choose one"))], coerce=int)

    def __init__(self, holding: RoleHolding, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.others = {other.id: other for other in queries.successors(holding)}
        self.to.choices = [(number, other.account.name) for number, other in self.others.items()]


class SheetForm(Form):
    """A sheet of accounts."""

    file = FileField(_l("Excel file (xlsx)"))


def states() -> list[tuple[str, Any]]:
    """Every state, and any."""
    return [("", _l("any")), *words.choices(AccountState)]


def roles() -> list[tuple[str, Any]]:
    """Every role, and any."""
    return [("", _l("any")), *words.choices(Role)]


class SearchForm(Form):
    """Whom to show. A name or number is sent, never put into an address."""

    q = Text(_l("Name or mobile number"), needed=False)
    role = SelectField(_l("Role"), choices=roles)
    state = SelectField(_l("State"), choices=states)

    def wanted(self) -> tuple[Role | None, AccountState | None]:
        """The role and the state that were chosen."""
        role, state = self.role.data, self.state.data
        return (
            Role(role) if role in set(Role) else None,
            AccountState(state) if state in set(AccountState) else None,
        )
