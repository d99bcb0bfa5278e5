"""Two helpers, five wishes: proposed, approved, met, paused, ended, and more or less room, in any
order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import delete, select

from jiedui.access.models import Grant
from jiedui.children.models import ChildView, Consent
from jiedui.children.rules import Purpose
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import NotNow, Refusal
from jiedui.helpers import actions as helper_actions
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import HelperSeat
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import answers, approvals, ending, life
from jiedui.pairings.models import Pairing, PairingMove, Verdict
from jiedui.pairings.rules import LIVING, CloseReason, NeedAfter, PairingState, PauseReason
from jiedui.pairings.rules import RejectReason as Why
from tests import people
from tests.builders import children as kids
from tests.builders import helpers as build
from tests.builders import pairings as pairs
from tests.builders.needs import open_need
from tests.builders.pairings import Pair
from tests.people import Person

SLOTS = (15, 16, 18)
MOST = 3
ROOM = (2, MOST)  # of the two helpers, at the beginning


@dataclass(frozen=True)
class House:
    """Who is there."""

    director: Person
    officer: Person
    helpers: tuple[tuple[Person, int], ...]
    needs: tuple[int, ...]


def full_house() -> House:
    """Two helpers with room for two and for three; five wishes, of one child each."""
    director = kids.director()
    slots = frozenset(SLOTS)
    return House(
        director,
        pairs.officer(),
        tuple(build.cleared_volunteer(slots=slots, capacity=n) for n in ROOM),
        tuple(open_need(director, slots=slots) for _ in range(5)),
    )


ANY = st.integers(0, 99)


class Capacity(RuleBasedStateMachine):
    """What people do with pairs and room; a refusal is an answer."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        with db.write():
            for table in (Grant, PairingMove, Pairing, Verdict):
                db.session.execute(delete(table))
            for said in (Consent, ChildView):  # of pairs whose numbers are given once more
                db.session.execute(delete(said).where(said.purpose == Purpose.pairing))
            for number in self.house.needs:
                needs.get(number).state = NeedState.open

    @initialize(full=st.booleans())
    def begin(self, full: bool) -> None:
        """Nobody is paired; or both helpers have all they can."""
        for who, room in enumerate(ROOM):
            self.have_room(who, room)
        for n in range(5 if full else 0):
            self.propose(0 if n < 2 else 1, n, SLOTS[n % 2 if n < 2 else n - 2])

    def act(self, what: Callable[[], Any]) -> None:
        """Try it."""
        try:
            with db.write():
                what()
        except (Refusal, NotNow):
            pass

    def pair(self, n: int, *states: PairingState) -> Pair | None:
        """Any pair there is (in one of these states), with its people."""
        with db.read():
            found = select(Pairing).order_by(Pairing.id)
            rows = [p for p in db.session.scalars(found) if not states or p.state in states]
            if not rows:
                return None
            one = rows[n % len(rows)]
            person = next(who for who, number in self.house.helpers if number == one.helper_id)
            return Pair(
                one.id, person, one.helper_id, one.need_id, self.house.director, self.house.officer
            )

    @rule(who=ANY, wish=ANY, slot=st.sampled_from([None, *SLOTS]))
    def propose(self, who: int, wish: int, slot: int | None) -> None:
        """Anybody for any wish."""
        _person, helper = self.house.helpers[who % 2]
        number = self.house.needs[wish % 5]
        self.act(
            lambda: life.propose(
                needs.get(number), helpers.get(helper), slot=slot, proposers=[], by=SYSTEM
            )
        )

    @rule(n=ANY, yes=st.booleans())
    def decide(self, n: int, yes: bool) -> None:
        """The office."""
        one = self.pair(n, PairingState.proposed)
        if one is not None and yes:
            self.act(lambda: approvals.approve(one.id, by=one.officer.actor()))
        elif one is not None:
            why = next(iter(Why))
            self.act(lambda: approvals.reject(one.id, why, by=one.officer.actor()))

    @rule(n=ANY)
    def all_agree_and_meet(self, n: int) -> None:
        """From approval to the first meeting."""
        one = self.pair(n, PairingState.approved)
        if one is None:
            return
        self.act(lambda: answers.accept(one.id, by=one.helper.actor()))
        pairs.family_says(one)
        self.act(lambda: life.meet(one.id, clock.today(), "石例女", by=one.director.actor()))

    @rule(n=ANY)
    def step_back(self, n: int) -> None:
        """The helper, before the meeting."""
        one = self.pair(n)
        if one is not None:
            self.act(lambda: answers.decline(one.id, by=one.helper.actor()))

    @rule(n=ANY)
    def pause(self, n: int) -> None:
        """The family's wish."""
        one = self.pair(n)
        if one is not None:
            by = one.director
            self.act(lambda: ending.pause(one.id, PauseReason.child_away, by=by.actor()))

    @rule(n=ANY)
    def resume(self, n: int) -> None:
        """Going on."""
        one = self.pair(n)
        if one is not None:
            self.act(lambda: ending.resume(one.id, by=one.director.actor()))

    @rule(n=ANY, reason=st.sampled_from([CloseReason.helper_time, CloseReason.safety]))
    def end(self, n: int, reason: CloseReason) -> None:
        """With a goodbye, or at once."""
        one = self.pair(n)
        if one is not None:
            day, by = clock.today(), one.officer
            self.act(lambda: ending.plan_end(one.id, reason, day, by=by.actor()))

    @rule(n=ANY)
    def say_goodbye(self, n: int) -> None:
        """The end of a pair that has begun to end."""
        one = self.pair(n, PairingState.closing)
        if one is not None:
            day, by = clock.today(), one.director
            self.act(lambda: ending.close(one.id, day, NeedAfter.reopen, by=by.actor()))

    @rule(who=ANY)
    def have_room_for_one(self, who: int) -> None:
        """The helper wishes for one child only."""
        self.have_room(who, 1)

    @rule(who=ANY, room=st.integers(1, MOST))
    def have_room(self, who: int, room: int) -> None:
        """The helper wishes for more or fewer children."""
        person, number = self.house.helpers[who % 2]

        def change() -> None:
            said = replace(build.offer(slots=frozenset(SLOTS)), capacity=room)
            helper_actions.update(helpers.get(number), said, by=person.actor())

        self.act(change)

    @invariant()
    def nobody_has_more_than_room(self) -> None:
        """A seat and a weekly time are held by one living pair, and by no more than there are."""
        with db.read():
            for _person, number in self.house.helpers:
                held = select(Pairing).where(Pairing.helper_id == number, Pairing.state.in_(LIVING))
                own = list(db.session.scalars(held))
                seats = set(
                    db.session.scalars(
                        select(HelperSeat.seat).where(HelperSeat.helper_id == number)
                    )
                )
                assert len(own) <= helpers.get(number).capacity <= len(seats)
                assert {p.seat for p in own} <= seats
                assert len({p.seat for p in own}) == len(own)
                slots = Counter(p.slot for p in own if p.slot is not None)
                assert not slots or max(slots.values()) == 1

    @invariant()
    def no_wish_has_more_than_it_asked_for(self) -> None:
        """A wish that is open has a place; one that is met has somebody."""
        with db.read():
            for need in db.session.scalars(select(Need).where(Need.id.in_(self.house.needs))):
                held = select(Pairing.need_seat).where(
                    Pairing.need_id == need.id, Pairing.state.in_(LIVING)
                )
                places = list(db.session.scalars(held))
                assert len(places) == len(set(places)) <= need.demand
                assert need.state is not NeedState.met or places

    def teardown(self) -> None:
        """The record is whole."""
        with db.read():
            assert audit.verify(people.region(people.COUNTY).id) == []
