"""Invented teams: more helpers beside a pairing that goes on, asked and brought in by actions."""

from __future__ import annotations

from dataclasses import replace

from jiedui.core import clock, db
from jiedui.helpers import queries as helpers
from jiedui.pairings.actions import approvals, life, teams
from tests.builders import pairings as build
from tests.builders.helpers import cleared_volunteer
from tests.builders.pairings import Pair
from tests.people import Person


def asked(lead: Pair, helper_of: tuple[Person, int] | None = None) -> Pair:
    """One more helper, put before the office by the coordinator of the first (opens its own
    write)."""
    person, number = helper_of or cleared_volunteer()
    with db.write():
        made = teams.ask(lead.id, helpers.get(number), by=lead.officer.actor())
        return replace(lead, id=made.id, helper=person, helper_id=number)


def approved(member: Pair) -> None:
    """Somebody else than who asked approves (opens its own writes)."""
    other = build.officer()
    with db.write():
        approvals.approve(member.id, by=other.actor())


def agreed(member: Pair) -> Pair:
    """Somebody else has approved, helper and family have said yes (opens its own writes)."""
    approved(member)
    build.accept(member)
    build.family_says(member)
    return member


def joined(lead: Pair, helper_of: tuple[Person, int] | None = None) -> Pair:
    """One more helper who has met the child today."""
    member = agreed(asked(lead, helper_of))
    with db.write():
        life.meet(member.id, clock.today(), "石例女", by=lead.director.actor())
    return member
