"""What a pairing takes up: a seat, a weekly time, a place of the need, a stranger for a child; and
that the database itself refuses a second holder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.helpers import actions as helper_actions
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import HelperRefusal, HelpKind, Subject
from jiedui.needs import queries as needs
from jiedui.pairings.actions import answers, life
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import places
from jiedui.pairings.rules import PairingRefusal, PairingState
from jiedui.pairings.rules.decisions import Offer, offer_fault
from tests.builders import helpers as helper_build
from tests.builders import pairings as build
from tests.builders.helpers import cleared_volunteer, volunteer
from tests.builders.needs import forget, open_need

R = PairingRefusal
SUNDAY_MORNING = 18


def refusal_of(need_id: int, helper_id: int, slot: int | None = build.SATURDAY_MORNING) -> Any:
    """Why a pair cannot be proposed now; None when it was."""
    try:
        build.propose(need_id, helper_id, slot=slot)
    except Refusal as refusal:
        return refusal.code
    return None


@given(
    st.builds(
        Offer,
        need_open=st.booleans(),
        cleared=st.booleans(),
        seat=st.none() | st.integers(1, 5),
        place=st.none() | st.integers(1, 3),
        slot_free=st.booleans(),
        pair_lives=st.booleans(),
        helpers_of_child=st.integers(1, 4),
        helpers_most=st.integers(1, 3),
    )
)
def test_a_pair_is_proposed_only_where_there_is_room_on_all_sides(o: Offer) -> None:
    room = (
        o.need_open
        and o.cleared
        and o.seat is not None
        and o.place is not None
        and o.slot_free
        and not o.pair_lives
        and o.helpers_of_child <= o.helpers_most
    )
    assert (offer_fault(o) is None) == room


def test_a_helper_at_capacity_is_not_proposed_again(app: Flask) -> None:
    helper = cleared_volunteer(capacity=1)
    assert refusal_of(open_need(), helper[1]) is None
    assert refusal_of(open_need(), helper[1], SUNDAY_MORNING) is R.helper_full


def test_a_weekly_time_is_held_by_one_child_and_a_monthly_one_by_none(app: Flask) -> None:
    helper = cleared_volunteer(capacity=3)
    assert refusal_of(open_need(), helper[1]) is None
    second = open_need()
    assert refusal_of(second, helper[1]) is R.slot_taken
    assert refusal_of(second, helper[1], None) is None


def test_a_helper_who_is_not_cleared_is_not_proposed(app: Flask) -> None:
    assert refusal_of(open_need(), volunteer()[1]) is R.not_cleared


def test_a_need_that_ended_or_has_somebody_is_not_proposed(app: Flask) -> None:
    ended, taken = open_need(), open_need()
    forget(ended)
    build.propose(taken, cleared_volunteer()[1])
    assert refusal_of(ended, cleared_volunteer()[1]) is R.need_not_open
    assert refusal_of(taken, cleared_volunteer()[1]) is R.need_not_open


def test_a_child_knows_at_most_two_helpers_over_all_its_needs(app: Flask) -> None:
    first = build.proposed(helper_of=cleared_volunteer(capacity=2))
    with db.read():
        child = needs.get(first.need_id).children[0].id
    reading = open_need(child_id=child, kind=HelpKind.reading)
    maths = open_need(
        child_id=child, kind=HelpKind.tutoring, subjects=frozenset({Subject.mathematics})
    )
    assert refusal_of(reading, cleared_volunteer()[1]) is None
    assert refusal_of(maths, cleared_volunteer()[1]) is R.child_has_enough
    assert refusal_of(maths, first.helper_id, SUNDAY_MORNING) is None


def test_a_helper_cannot_wish_for_fewer_children_than_they_have(app: Flask) -> None:
    person, helper_id = cleared_volunteer(capacity=2)
    for slot in (build.SATURDAY_MORNING, SUNDAY_MORNING):
        build.propose(open_need(), helper_id, slot=slot)
    with db.write():
        fewer, helper, by = helper_build.offer(capacity=1), helpers.get(helper_id), person.actor()
        with pytest.raises(Refusal) as caught:
            helper_actions.update(helper, fewer, by=by)
    assert caught.value.code is HelperRefusal.capacity_below_pairings


def test_a_seat_written_on_by_the_past_can_be_taken_again(app: Flask) -> None:
    """The seats of a helper are not always numbered from one."""
    person, helper_id = cleared_volunteer(capacity=2)
    build.propose(open_need(), helper_id)
    both = frozenset({build.SATURDAY_MORNING, SUNDAY_MORNING})
    ended = build.approved(helper_of=(person, helper_id), slot=SUNDAY_MORNING, slots=both)
    with db.write():
        answers.decline(ended.id, by=person.actor())
    with db.read():
        free = places.free_seat(helpers.get(helper_id))
    assert free == 2
    assert refusal_of(open_need(), helper_id, SUNDAY_MORNING) is None


def _second(pair: build.Pair, **over: Any) -> Pairing:
    """A row that takes what a living pairing holds already, unless told otherwise."""
    one = pair.read()
    facts: dict[str, Any] = {
        "county_id": one.county_id,
        "need_id": over.pop("need_id", one.need_id),
        "need_seat": 2,
        "helper_id": one.helper_id,
        "seat": 2,
        "slot": None,
        "state": PairingState.proposed,
        "office": Office.womens_federation,
        "proposed_at": clock.now(),
        "proposers": [],
    }
    return Pairing(**(facts | over))


@pytest.mark.parametrize(
    "holds",
    [{"seat": 1}, {"slot": build.SATURDAY_MORNING}, {"need_seat": 1}, {}],
    ids=["seat", "slot", "place of the need", "the same two"],
)
def test_the_database_refuses_a_second_holder(either_app: Flask, holds: dict[str, Any]) -> None:
    pair = build.proposed(helper_of=cleared_volunteer(capacity=2), demand=2)
    other_need, other_helper = open_need(), cleared_volunteer(capacity=2)[1]
    if "need_seat" in holds:
        holds = {**holds, "helper_id": other_helper}
    elif holds:
        holds = {**holds, "need_id": other_need, "need_seat": 1}
    with pytest.raises(IntegrityError), db.write():
        db.session.add(_second(pair, **holds))


def test_what_an_ended_pairing_held_may_be_taken(either_app: Flask) -> None:
    pair = build.approved()
    with db.write():
        answers.decline(pair.id, by=pair.helper.actor())
    assert refusal_of(pair.need_id, pair.helper_id) is None


@pytest.mark.parametrize(
    "row",
    [
        {"state": PairingState.approved},
        {"state": PairingState.closed},
        {"state": PairingState.paused},
        {"state": PairingState.rejected},
        {"seat": 5},
    ],
    ids=["approved by nobody", "closed for no reason", "paused", "rejected", "no such seat"],
)
def test_the_database_refuses_an_incoherent_row(either_app: Flask, row: dict[str, Any]) -> None:
    pair = build.proposed(helper_of=cleared_volunteer(capacity=2), demand=2)
    with pytest.raises(IntegrityError), db.write():
        db.session.add(_second(pair, **row))


def test_of_many_who_propose_at_once_the_need_gets_one_and_the_helper_one(
    either_app: Flask,
) -> None:
    need_ids = [open_need() for _ in range(4)]
    helper_ids = [cleared_volunteer(capacity=1)[1] for _ in range(2)]
    pairs = [(n, h) for n in need_ids for h in helper_ids]

    def act(pair: tuple[int, int]) -> StrEnum | None:
        try:
            with db.write():
                need, helper = needs.get(pair[0]), helpers.get(pair[1])
                life.propose(need, helper, slot=15, proposers=[], by=SYSTEM)
        except Refusal as refusal:
            return refusal.code
        return None

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(act, pairs))
    won = [pair for pair, answer in zip(pairs, said, strict=True) if answer is None]
    assert len(won) == 2
    assert len({n for n, _ in won}) == len({h for _, h in won}) == 2
