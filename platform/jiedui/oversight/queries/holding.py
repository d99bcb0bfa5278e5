"""How much a county holds of each kind of data today, and how long it keeps each class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from jiedui.access.models import Account
from jiedui.access.rules import AccountState
from jiedui.care.models import Entrustment, Visit
from jiedui.children.models import Child, Consent, Guardian
from jiedui.children.rules import ChildState
from jiedui.core import clock, db
from jiedui.files.models import DataRequest
from jiedui.helpers.models import Helper
from jiedui.hours.models import ServiceSession
from jiedui.needs.models import Need
from jiedui.oversight.queries.standing import terms
from jiedui.oversight.rules import TERMS, DataClass
from jiedui.oversight.rules.impact import Kind
from jiedui.oversight.rules.yearly import FOURTEEN
from jiedui.pairings.models import Pairing
from jiedui.protection.models import Report
from jiedui.regions.models import Region

NAMED = Child.deidentified_at.is_(None)
OPEN = Child.state == ChildState.open
TABLES: dict[Kind, tuple[Any, tuple[ColumnElement[bool], ...]]] = {
    Kind.children_open: (Child, (OPEN,)),
    Kind.children_closed: (Child, (Child.state == ChildState.closed, NAMED)),
    Kind.cleared: (Child, (Child.deidentified_at.is_not(None),)),
    Kind.grown_ups: (Guardian, ()),
    Kind.consents: (Consent, ()),
    Kind.visits: (Visit, ()),
    Kind.agreements: (Entrustment, ()),
    Kind.needs: (Need, ()),
    Kind.pairings: (Pairing, ()),
    Kind.sessions: (ServiceSession, ()),
    Kind.helpers: (Helper, (Helper.deidentified_at.is_(None),)),
    Kind.reports: (Report, (Report.drill.is_(False),)),
    Kind.requests: (DataRequest, ()),
    Kind.accounts: (Account, (Account.state == AccountState.active,)),
}


@dataclass(frozen=True)
class Held:
    """The facts of an assessment: amounts by kind; months or days (the class's own unit) that each
    class is kept."""

    county: Region
    amounts: Mapping[Kind, int]
    terms: Mapping[DataClass, int]


def held_of(county: Region) -> Held:
    """What a county holds today."""
    amounts = {kind: _count(table, county, more) for kind, (table, more) in TABLES.items()}
    today = clock.today()
    # Who was born on 29 February turns fourteen on 1 March.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    born_after = Child.birth_date > today.replace(year=today.year - FOURTEEN, day=day)
    amounts[Kind.under_14] = _count(Child, county, (OPEN, born_after))
    known = terms(county.id)
    kept = {data: known[data].amount if data in known else TERMS[data].amount for data in DataClass}
    return Held(county, amounts, kept)


def _count(table: Any, county: Region, more: tuple[ColumnElement[bool], ...]) -> int:
    found = select(func.count()).where(table.county_id == county.id, *more)
    return db.session.scalar(found) or 0
