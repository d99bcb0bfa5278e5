"""A small county in which fifty people reach for the same thing: who they are and what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pyotp

from jiedui.access import actions as access
from jiedui.access.passwords import new_secret
from jiedui.access.rules import Role
from jiedui.children import actions as children
from jiedui.children import queries as files
from jiedui.children.rules import Purpose
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from tests import people
from tests.builders import children as kids
from tests.builders import pairings as build
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.builders.pairings import Pair
from tests.people import Person
from tests.reliability.portal import Device

SLOTS = frozenset(range(15, 21))  # Saturday and Sunday, morning to evening
CAPACITY = 3
DAYS = 10  # since the pair that logs hours has met


@dataclass
class Crowd:
    """Who reaches, and for what."""

    officers: list[Person]
    director: Person
    wishes: list[int]
    wanted: tuple[Person, int]  # a helper of whom there is less than is wished
    wish: int  # a wish with one place
    helpers: list[int]
    proposal: Pair
    serving: Pair
    link: tuple[str, str]
    invited: str
    guarded: tuple[Person, str]
    since: date
    desks: list[Device] = field(default_factory=list)  # the officers, once they are signed in


def gather() -> Crowd:
    """Make the county (opens its own writes)."""
    director = kids.director()
    with clock.moved_to(clock.now() - timedelta(days=DAYS)):
        serving = build.trial(director=director)
        since = clock.today()
    plenty = cleared_volunteer(capacity=CAPACITY, slots=SLOTS)
    return Crowd(
        officers=[build.officer(name=f"钱主任{n}") for n in range(5)],
        director=director,
        wishes=[open_need(director, slots=SLOTS) for _ in range(10)],
        wanted=plenty,
        wish=open_need(director, slots=SLOTS),
        helpers=[cleared_volunteer(slots=SLOTS)[1] for _ in range(5)],
        proposal=build.proposed(director=director),
        serving=serving,
        link=_link(director),
        invited=_invited(),
        guarded=_guarded(),
        since=since,
    )


def _link(director: Person) -> tuple[str, str]:
    """A guardian far away is asked: token and spoken code."""
    number = kids.household_child(director, consent=False)
    with db.write():
        child = files.get(number)
        mother = child.guardians[0].id
        return children.make_consent_link(child, mother, Purpose.matching, by=director.actor())


def _invited() -> str:
    """Somebody is to choose their first password: the link's token."""
    with db.write():
        home = people.region(people.COUNTY)
        account = access.open_account("新同事", people.phone_number(), home.id, by=SYSTEM)
        access.give_role(account, access.Post(Role.leader, home), by=SYSTEM)
        return access.new_link(account, by=SYSTEM)


def _guarded() -> tuple[Person, str]:
    """Somebody with an authenticator, and its secret."""
    person, secret = people.appoint(Role.leader), new_secret()
    with db.write():
        code = pyotp.TOTP(secret).now()
        access.set_second_factor(people.account_of(person), secret, code, by=person.actor())
        people.account_of(person).totp_step = 0  # as if that had been long ago
    return person, secret
