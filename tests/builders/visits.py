"""Visits to a house: how it was found, as a director tells it."""

from __future__ import annotations

from typing import Any

from jiedui.care.actions import visits as actions
from jiedui.care.actions.visits import VisitSaid
from jiedui.care.forms.visits import open_children
from jiedui.care.models.visits import Visit
from jiedui.care.queries import visits as queries
from jiedui.care.rules.visits import CaredBy, Contact, Doing, HomeFound, Noticed, Said
from jiedui.children import queries as children
from jiedui.children.models import Household
from jiedui.children.rules import RiskLevel
from jiedui.core import clock, db
from tests.people import Person


def well(home: Household, *noticed: Noticed, **over: Any) -> VisitSaid:
    """All children met today, all well but for what was noticed."""
    said = Said(
        found=HomeFound.seen,
        doing=Doing.well,
        carer=CaredBy.grandparent,
        contact=Contact.weekly,
        noticed=frozenset(noticed),
    )
    facts = {
        "said": said,
        "on_day": clock.today(),
        "seen": frozenset(child.id for child in open_children(home)),
        "told": "走访发现异常" if said.failing else "",
    }
    return VisitSaid(**(facts | over))


def nobody(home: Household, **over: Any) -> VisitSaid:
    """Nobody was at home today."""
    return VisitSaid(said=Said(HomeFound.nobody_home), on_day=clock.today(), **over)


def house_of(child_id: int) -> Household:
    """The house of a child (inside a transaction)."""
    return queries.home(children.get(child_id).household_id)


def visited(child_id: int, by: Person, *noticed: Noticed, **over: Any) -> int:
    """A visit to the child's house (opens its own write); returns its number."""
    with db.write():
        home = house_of(child_id)
        kept: Visit = actions.record_visit(home, well(home, *noticed, **over), by=by.actor())
        db.session.flush()
        return kept.id


def level_of(child_id: int) -> RiskLevel:
    """A child's level now (opens its own look)."""
    with db.read():
        return children.get(child_id).risk
