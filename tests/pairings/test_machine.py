"""Whatever people do in whatever order, a pairing only moves as the table allows, and what hangs on
it follows: grants, the need, seat and slot, the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from jiedui.access.models import Grant
from jiedui.children import actions as children
from jiedui.children import queries as child_queries
from jiedui.children.rules import Answer, Means, Purpose
from jiedui.core import audit, clock, db
from jiedui.core.errors import NotNow, Refusal
from jiedui.core.happenings import HelperLostClearance, HelperReported, happen
from jiedui.needs import actions as needs
from jiedui.needs import queries as need_queries
from jiedui.needs.rules import NeedCloseReason, NeedState
from jiedui.pairings.actions import answers, approvals, ending, life
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import (
    LIVING,
    PAIRING_MOVES,
    CloseReason,
    NeedAfter,
    PairingState,
    PauseReason,
    RejectReason,
)
from jiedui.pairings.rules.decisions import knows
from tests.builders import pairings as build

STAFF_REASONS = st.sampled_from([r for r in CloseReason if r is not CloseReason.need_closed])
SAID = st.sampled_from([None, Answer.yes, Answer.yes, Answer.no])


def test_every_state_can_be_reached_and_every_end_is_an_end() -> None:
    reached, new = {PairingState.proposed, PairingState.legacy}, {PairingState.proposed}
    while new:
        new = {n for s in new for n in PAIRING_MOVES.table.get(s, ())} - reached
        reached |= new
    assert reached == set(PairingState)
    assert set(PAIRING_MOVES.ends()) == set(PairingState) - LIVING


class Life(RuleBasedStateMachine):
    """One pairing, and everybody who may do something to it."""

    pair: build.Pair

    @initialize()
    def begin(self) -> None:
        """A proposal of the timer's."""
        self.pair = build.proposed()

    def act(self, what: Callable[[], Any]) -> None:
        """Try it; a refusal is an answer, and changes nothing."""
        before = self.snapshot()
        try:
            with db.write():
                what()
        except (Refusal, NotNow):
            assert self.snapshot() == before

    def snapshot(self) -> tuple[Any, ...]:
        """What could change."""
        with db.read():
            one = find.with_moves(self.pair.id)
            return one.state, one.pause_reason, one.version, len(one.moves)

    @rule()
    def approve(self) -> None:
        self.act(lambda: approvals.approve(self.pair.id, by=self.pair.officer.actor()))

    @rule(reason=st.sampled_from(RejectReason))
    def reject(self, reason: RejectReason) -> None:
        self.act(lambda: approvals.reject(self.pair.id, reason, by=self.pair.officer.actor()))

    @rule()
    def accept(self) -> None:
        self.act(lambda: answers.accept(self.pair.id, by=self.pair.helper.actor()))

    @rule()
    def decline(self) -> None:
        self.act(lambda: answers.decline(self.pair.id, by=self.pair.helper.actor()))

    @rule(guardian=SAID, child=SAID)
    def family(self, guardian: Answer | None, child: Answer | None) -> None:
        before = self.snapshot()
        try:
            build.family_says(self.pair, guardian, child)
        except Refusal:
            assert self.snapshot() == before

    @rule()
    def all_say_yes(self) -> None:
        self.approve()
        self.accept()
        self.family(Answer.yes, Answer.yes)

    @rule()
    def meet(self) -> None:
        by = self.pair.director
        self.act(lambda: life.meet(self.pair.id, clock.today(), "石例女", by=by.actor()))

    @rule(days=st.sampled_from([1, 15, 40]))
    def nights(self, days: int) -> None:
        with clock.moved_to(clock.now() + timedelta(days=days)):
            self.act(lambda: life.finish_trial(self.pair.id))
            self.act(lambda: answers.run_out(self.pair.id))

    @rule(reason=st.sampled_from(PauseReason), who=st.sampled_from(["helper", "director"]))
    def pause(self, reason: PauseReason, who: str) -> None:
        by = getattr(self.pair, who)
        self.act(lambda: ending.pause(self.pair.id, reason, by=by.actor()))

    @rule(who=st.sampled_from(["helper", "director", "officer"]))
    def resume(self, who: str) -> None:
        by = getattr(self.pair, who)
        self.act(lambda: ending.resume(self.pair.id, by=by.actor()))

    @rule(reason=STAFF_REASONS, planned=st.booleans())
    def plan_end(self, reason: CloseReason, planned: bool) -> None:
        day = clock.today() if planned else None
        by = self.pair.officer
        self.act(lambda: ending.plan_end(self.pair.id, reason, day, by=by.actor()))

    @rule(after=st.sampled_from(NeedAfter))
    def close(self, after: NeedAfter) -> None:
        by = self.pair.director
        self.act(lambda: ending.close(self.pair.id, clock.today(), after, by=by.actor()))

    @rule(bad=st.booleans())
    def lose_clearance(self, bad: bool) -> None:
        self.act(lambda: happen(HelperLostClearance(self.pair.helper_id, bad=bad)))

    @rule()
    def report(self) -> None:
        self.act(lambda: happen(HelperReported(self.pair.helper_id)))

    @rule(purpose=st.sampled_from(Purpose))
    def take_consent_back(self, purpose: Purpose) -> None:
        self.act(lambda: self._take_back(purpose))

    def _take_back(self, purpose: Purpose) -> None:
        child = child_queries.get(need_queries.get(self.pair.need_id).children[0].id)
        about = self.pair.id if purpose is Purpose.pairing else None
        given = child_queries.latest_consent(child, purpose, about)
        if given is not None:
            children.withdraw_consent(given, Means.telephone, by=self.pair.director.actor())

    @rule(reason=st.sampled_from(NeedCloseReason))
    def close_need(self, reason: NeedCloseReason) -> None:
        by = self.pair.director
        self.act(
            lambda: needs.close_need(need_queries.get(self.pair.need_id), reason, by=by.actor())
        )

    @invariant()
    def moves_are_as_the_table_allows(self) -> None:
        with db.read():
            one = find.with_moves(self.pair.id)
            at: PairingState | None = None
            for move in one.moves:
                assert move.old == (at.value if at else None)
                assert at is None or move.new is at or PAIRING_MOVES.allows(at, move.new)
                at = move.new
            assert at is one.state

    @invariant()
    def the_helper_sees_the_child_only_while_they_know_each_other(self) -> None:
        with db.read():
            one = self.pair.read()
            open_now = select(Grant.kind).where(
                Grant.source_kind == "pairing", Grant.source_id == one.id, Grant.ended_at.is_(None)
            )
            wanted = knows(one.state, one.pause_reason, one.ready_at is not None)
            kinds = sorted(db.session.scalars(open_now))
            assert kinds == (["child", "pairing"] if wanted else [])

    @invariant()
    def the_need_has_somebody_as_long_as_the_pairing_lives(self) -> None:
        with db.read():
            one = self.pair.read()
            state = one.need.state
            if one.state in LIVING:
                assert state is NeedState.met or one.state in (
                    PairingState.closing,
                    PairingState.paused,
                )
            else:
                assert state is not NeedState.met

    @invariant()
    def an_unmet_pairing_of_an_ended_need_is_gone(self) -> None:
        with db.read():
            one: Pairing = self.pair.read()
            if one.need.state is NeedState.closed:
                assert one.state not in (
                    PairingState.proposed,
                    PairingState.approved,
                    PairingState.ready,
                )

    def teardown(self) -> None:
        with db.read():
            assert audit.verify(self.pair.read().county_id) == []


@pytest.mark.usefixtures("app")
def test_a_pairing_lives_by_the_table_whatever_is_done_to_it() -> None:
    quick = settings(
        max_examples=12,
        stateful_step_count=14,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=quick)
