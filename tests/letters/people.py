"""People with choices, and letters to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.core import db, outbox
from jiedui.core.carriers.ways import Way
from jiedui.core.outbox import LetterKind
from jiedui.letters import actions, queries
from jiedui.letters.models import Delivery
from jiedui.letters.rules import Pace
from tests import people
from tests.people import Person

MAIL = "xiao@village.example"


def reader(way: Way = Way.email, pace: Pace = Pace.at_once, language: str = "zh_CN") -> Person:
    """A village director who has chosen a way; by e-mail with an address that was confirmed."""
    person = people.appoint(Role.child_director, people.VILLAGE, name="程小满")
    with db.write():
        account = people.account_of(person)
        if way is Way.email:
            actions.choose(account, Way.portal, pace, language, by=person.actor())
            choice = queries.choice_of(account.id)
            assert choice is not None
            choice.email = MAIL
            db.session.flush()
        actions.choose(account, way, pace, language, by=person.actor())
    return person


def write(person: Person, kind: LetterKind = LetterKind.pairing_paused, about: int = 7) -> None:
    """Leave somebody a letter (opens its own write)."""
    with db.write():
        post(person, kind, about)


def post(person: Person, kind: LetterKind = LetterKind.pairing_paused, about: int = 7) -> None:
    """The same in an open write."""
    county_id = people.account_of(person).county_id
    outbox.post(kind, to=person.account_id, county_id=county_id, about=("pairing", about))


def deliveries() -> list[Any]:
    """Every delivery: state, tries and why, oldest first."""
    with db.read():
        rows = db.session.scalars(select(Delivery).order_by(Delivery.id))
        return [(one.state.value, one.tries, one.error and one.error.value) for one in rows]


def states() -> list[str]:
    """Every delivery's state."""
    return [state for state, _tries, _why in deliveries()]
