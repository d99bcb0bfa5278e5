"""Invented pairings at each step of their lives, brought there by the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.children.actions import ConsentSaid
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.helpers import queries as helpers
from jiedui.needs import queries as needs
from jiedui.pairings.actions import answers, approvals, life
from jiedui.pairings.actions.answers import Heard
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life as find
from tests import people
from tests.builders.children import director
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import SATURDAY_MORNING, open_need
from tests.people import Person

OWNER = Office.womens_federation  # companionship, by the table of offices


@dataclass(frozen=True)
class Pair:
    """A pairing and the people round it."""

    id: int
    helper: Person
    helper_id: int
    need_id: int
    director: Person
    officer: Person

    def read(self) -> Pairing:
        """The pairing as it stands (inside a transaction)."""
        return find.get(self.id)


def officer(office: Office = OWNER, **over: Any) -> Person:
    """A coordinator of the county."""
    return people.appoint(Role.coordinator, office=office, **over)


def propose(
    need_id: int,
    helper_id: int,
    *,
    slot: int | None = SATURDAY_MORNING,
    proposers: list[int] | None = None,
) -> int:
    """Put a pair before its office as an untouched pair of the timer's (opens its own write)."""
    with db.write():
        pairing = life.propose(
            needs.get(need_id),
            helpers.get(helper_id),
            slot=slot,
            proposers=proposers or [],
            by=SYSTEM,
        )
        return pairing.id


def proposed(helper_of: tuple[Person, int] | None = None, **over: Any) -> Pair:
    """A proposal that waits for its office, with director, helper and officer."""
    village_director = over.pop("director", None) or director()
    person, helper_id = helper_of or cleared_volunteer()
    proposers = over.pop("proposers", None)
    slot = over.pop("slot", SATURDAY_MORNING)
    need_id = over.pop("need_id", None) or open_need(village_director, **over)
    number = propose(need_id, helper_id, slot=slot, proposers=proposers)
    return Pair(number, person, helper_id, need_id, village_director, officer())


def approved(**over: Any) -> Pair:
    """An approved pairing: the clock runs, nobody has answered."""
    pair = proposed(**over)
    with db.write():
        approvals.approve(pair.id, by=pair.officer.actor())
    return pair


def accept(pair: Pair) -> None:
    """The helper says yes (opens its own write)."""
    with db.write():
        answers.accept(pair.id, by=pair.helper.actor())


def paper(answer: Answer, pairing_id: int) -> ConsentSaid:
    """A guardian's answer on paper."""
    kept = {"holder": "石例女", "where": "村委会文件柜"}
    return ConsentSaid(answer, Means.paper, Purpose.pairing, pairing_id, kept)


def family_says(
    pair: Pair, guardian: Answer | None = Answer.yes, child: Answer | None = Answer.yes
) -> None:
    """Guardian and children answer at the director's visit (opens its own write)."""
    with db.write():
        need = pair.read().need
        first = next(g for g in need.household.guardians if g.is_guardian)
        said = (first.id, paper(guardian, pair.id)) if guardian else None
        kids = [children.get(one.id) for one in need.children]
        heard = [Heard(one, child, AskedHow.alone) for one in kids] if child else []
        answers.record(pair.id, said, heard, by=pair.director.actor())


def ready(**over: Any) -> Pair:
    """Everybody has agreed; the two have not met."""
    pair = approved(**over)
    accept(pair)
    family_says(pair)
    return pair


def trial(**over: Any) -> Pair:
    """The two have met today, accompanied."""
    pair = ready(**over)
    with db.write():
        life.meet(pair.id, clock.today(), "石例女", by=pair.director.actor())
    return pair


def active(**over: Any) -> Pair:
    """The trial is over (the month is let pass for the job alone)."""
    pair = trial(**over)
    with clock.moved_to(clock.now() + timedelta(days=31)), db.write():
        assert life.finish_trial(pair.id)
    return pair


def proposed_pairing(**over: Any) -> int:
    """The id of a proposal."""
    return proposed(**over).id


def approved_pairing(**over: Any) -> int:
    """The id of an approved pairing."""
    return approved(**over).id


def ready_pairing(**over: Any) -> int:
    """The id of a pairing to whom all have said yes."""
    return ready(**over).id


def active_pairing(**over: Any) -> int:
    """The id of an active pairing."""
    return active(**over).id
