"""The counselling desk of the tests: counsellors, a school with pupils, a hospital, referrals."""

from __future__ import annotations

from typing import Any

from jiedui.children import queries as ledger
from jiedui.children.rules import Means
from jiedui.core import clock, db
from jiedui.core.actors import ANYBODY
from jiedui.counselling.actions import desk, referrals
from jiedui.counselling.actions.referrals import MoveSaid, ReferralSaid
from jiedui.counselling.queries import referrals as queries
from jiedui.counselling.rules.referrals import Move, Source
from jiedui.helpers.rules import CredentialKind, HelpKind, Paper
from jiedui.partners import actions as partners
from jiedui.partners.models import Place
from jiedui.partners.rules import NewUnit, PlaceKind, UnitKind
from tests import people
from tests.builders.helpers import cleared_volunteer
from tests.people import Person

OFFERS = frozenset({HelpKind.companionship, HelpKind.counselling})


def counsellor_of(**over: Any) -> tuple[Person, int]:
    """A cleared volunteer whose paper allows counselling, not named to the desk yet."""
    paper = Paper(CredentialKind.counsellor, "A1", None)
    return cleared_volunteer(offers=OFFERS, papers=(paper,), **over)


def counsellor(by: Person, **over: Any) -> Person:
    """One who is named to the desk (opens its own write)."""
    person, number = counsellor_of(**over)
    with db.write():
        desk.name_counsellor(number, by=by.actor())
    return person


def unit(kind: UnitKind, name: str, code: str = people.VILLAGE) -> int:
    """A unit of a kind (opens its own write); a school has a place of its name."""
    with db.write():
        village = people.region(code)
        one = partners.register_unit(NewUnit(kind, name, village.id), by=ANYBODY)
        db.session.flush()
        if kind is UnitKind.school:
            place = Place(county_id=village.county_id, region=village, kind=PlaceKind.school,
                          name=name, unit_id=one.id)  # fmt: skip
            db.session.add(place)
        return one.id


def referred(child_id: int, by: Person, words: str = "夜里常哭", **said: Any) -> int:
    """A referral from the village (opens its own write)."""
    said.setdefault("consent", Means.paper)
    with db.write():
        one = ReferralSaid(words, consented_on=clock.today(), **said)
        return referrals.refer(ledger.get(child_id), one, Source.village, by=by.actor()).id


def goes(referral_id: int, *moves: Move, by: Person, words: str = "看过", **more: Any) -> None:
    """These steps, one after another (each its own write)."""
    for move in moves:
        with db.write():
            said = MoveSaid(move, words, **more)
            referrals.move(queries.get(referral_id), said, by=by.actor())
