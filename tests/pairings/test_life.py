"""A pairing's life step by step, and what follows every step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.models import Grant
from jiedui.access.rules import GrantLevel
from jiedui.children.rules import Answer
from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import NotNow, Refusal, Stale
from jiedui.core.outbox import Letter, LetterKind
from jiedui.needs import actions as need_actions
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedCloseReason, NeedState
from jiedui.pairings.actions import answers, approvals, ending, life
from jiedui.pairings.jobs.life import NIGHTLY
from jiedui.pairings.models import PairingMove, Verdict
from jiedui.pairings.queries import life as find
from jiedui.pairings.queries import places
from jiedui.pairings.rules import (
    CloseReason,
    NeedAfter,
    PairingRefusal,
    PairingState,
    PauseReason,
    RejectReason,
)
from tests.builders import pairings as build
from tests.builders.children import household_child
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.builders.pairings import Pair

P = PairingState


def state(pair: Pair) -> PairingState:
    """How a pairing stands."""
    with db.read():
        return pair.read().state


def need_state(pair: Pair) -> NeedState:
    """How its need stands."""
    with db.read():
        return needs.get(pair.need_id).state


def opened(pair: Pair) -> set[tuple[str, GrantLevel]]:
    """What living grants open to the helper because of this pairing."""
    with db.read():
        rows = select(Grant).where(Grant.source_id == pair.id, Grant.ended_at.is_(None))
        found = db.session.scalars(rows.where(Grant.source_kind == "pairing")).all()
        assert {g.account_id for g in found} <= {pair.helper.account_id}
        return {(g.kind, g.level) for g in found}


VISIT = {("child", GrantLevel.visit), ("pairing", GrantLevel.visit)}


def letters(person: build.Person) -> list[LetterKind]:
    """The letters somebody has, oldest first."""
    with db.read():
        own = select(Letter.kind).where(Letter.to_account_id == person.account_id)
        return list(db.session.scalars(own.order_by(Letter.id)))


def refused(code: PairingRefusal) -> pytest.RaisesExc[Refusal]:
    """The act is refused for this reason."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code is code)


def test_a_pair_goes_from_proposal_to_active_and_ends_with_a_goodbye(either_app: Flask) -> None:
    pair = build.proposed()
    assert (state(pair), need_state(pair)) == (P.proposed, NeedState.met)
    with db.write():
        approvals.approve(pair.id, by=pair.officer.actor())
    build.accept(pair)
    assert state(pair) is P.approved
    assert opened(pair) == set()
    build.family_says(pair)
    assert state(pair) is P.ready
    assert opened(pair) == VISIT
    with db.write():
        life.meet(pair.id, clock.today(), "石例女", by=pair.director.actor())
    with clock.moved_to(clock.now() + timedelta(days=30)):
        with db.write():
            county = pair.read().county_id
            jobs.ask(NIGHTLY, by=SYSTEM, county_id=county, county=county)
        jobs.work_off()
        assert state(pair) is P.active
        with db.write():
            planned = clock.today() + timedelta(days=3)
            reason = CloseReason.goal_reached
            ending.plan_end(pair.id, reason, planned, by=pair.director.actor())
    assert (state(pair), opened(pair)) == (P.closing, VISIT)
    with clock.moved_to(clock.now() + timedelta(days=33)), db.write():
        actor = pair.director.actor()
        ending.close(pair.id, clock.today(), NeedAfter.reopen, by=actor)
    assert (state(pair), need_state(pair), opened(pair)) == (P.closed, NeedState.open, set())
    with db.read():
        moves = [m.new for m in find.with_moves(pair.id).moves]
        assert moves == [
            P.proposed, P.approved, P.approved, P.ready, P.trial, P.active, P.closing, P.closed
        ]  # fmt: skip
        assert audit.verify(pair.read().county_id) == []


def test_each_step_tells_those_concerned_without_a_name(app: Flask) -> None:
    officer = build.officer()
    pair = build.ready()
    assert letters(officer) == [LetterKind.proposal_waiting, LetterKind.pairing_ready]
    assert letters(pair.helper)[-2:] == [LetterKind.pairing_approved, LetterKind.pairing_ready]
    assert LetterKind.helper_accepted in letters(pair.director)


def test_one_no_of_the_helper_ends_it_and_frees_everything(app: Flask) -> None:
    pair = build.approved()
    build.family_says(pair)
    with db.write():
        answers.decline(pair.id, by=pair.helper.actor())
    assert (state(pair), need_state(pair)) == (P.declined, NeedState.open)
    with db.read():
        assert places.free_seat(pair.read().helper) is not None
        assert [v.reason for v in db.session.scalars(select(Verdict))] == ["declined"]


@pytest.mark.parametrize(
    ("guardian", "child"), [(Answer.no, Answer.yes), (Answer.yes, Answer.no), (None, Answer.no)]
)
def test_one_no_of_the_family_ends_it_without_a_reason(
    app: Flask, guardian: Answer | None, child: Answer
) -> None:
    pair = build.approved()
    build.accept(pair)
    build.family_says(pair, guardian, child)
    assert (state(pair), need_state(pair), opened(pair)) == (P.refused, NeedState.open, set())
    assert letters(pair.helper)[-1] is LetterKind.pairing_released


def test_a_clock_that_runs_out_lets_the_pair_go(app: Flask) -> None:
    pair = build.approved()
    with clock.moved_to(clock.now() + timedelta(days=15)):
        with db.write():
            county = pair.read().county_id
            jobs.ask(NIGHTLY, by=SYSTEM, county_id=county, county=county)
        jobs.work_off()
        assert (state(pair), need_state(pair)) == (P.expired, NeedState.open)
        with db.read():
            (kept,) = db.session.scalars(select(Verdict))
            assert kept.until == clock.today() + timedelta(days=60)
        with db.write():
            assert not answers.run_out(pair.id)  # the job may run twice


def test_an_answer_after_the_end_is_refused_in_words(app: Flask) -> None:
    pair = build.approved()
    with db.write():
        answers.decline(pair.id, by=pair.helper.actor())
    with db.write(), refused(PairingRefusal.not_waiting):
        answers.accept(pair.id, by=pair.helper.actor())


def test_the_first_meeting_is_not_in_the_future_nor_before_everybody_agreed(app: Flask) -> None:
    pair = build.ready()
    actor = pair.director
    tomorrow, yesterday = (clock.today() + timedelta(days=n) for n in (1, -1))
    with db.write(), refused(PairingRefusal.meeting_in_future):
        life.meet(pair.id, tomorrow, "石例女", by=actor.actor())
    with db.write(), refused(PairingRefusal.meeting_too_early):
        life.meet(pair.id, yesterday, "石例女", by=actor.actor())
    with db.write(), refused(PairingRefusal.companion_missing):
        life.meet(pair.id, clock.today(), "", by=actor.actor())
    with db.write():
        life.meet(pair.id, clock.today(), "石例女", by=actor.actor())
    with db.write(), refused(PairingRefusal.not_ready):
        life.meet(pair.id, clock.today(), "石例女", by=actor.actor())


def test_nobody_meets_a_child_before_all_have_agreed(app: Flask) -> None:
    pair = build.approved()
    with db.write(), refused(PairingRefusal.not_ready):
        life.meet(pair.id, clock.today(), "石例女", by=pair.director.actor())


def test_a_quiet_pause_keeps_the_acquaintance_and_a_helper_may_end_it(app: Flask) -> None:
    pair = build.active()
    with db.write():
        ending.pause(pair.id, PauseReason.helper_away, by=pair.helper.actor())
    assert (state(pair), opened(pair)) == (P.paused, VISIT)
    with db.write():
        ending.resume(pair.id, by=pair.helper.actor())
    assert (state(pair), opened(pair)) == (P.active, VISIT)


def test_being_looked_into_closes_everything_and_only_an_office_goes_on(app: Flask) -> None:
    pair = build.active()
    with db.write(), pytest.raises(NotNow):
        ending.pause(pair.id, PauseReason.being_looked_into, by=pair.helper.actor())
    with db.write():
        ending.pause(pair.id, PauseReason.being_looked_into, by=pair.director.actor())
    assert opened(pair) == set()
    with db.write(), refused(PairingRefusal.still_looked_into):
        ending.resume(pair.id, by=pair.director.actor())
    with db.write(), refused(PairingRefusal.still_looked_into):
        ending.resume(pair.id, by=pair.helper.actor())
    with db.write():
        ending.resume(pair.id, by=pair.officer.actor())
    assert (state(pair), opened(pair)) == (P.active, VISIT)


def test_an_ending_needs_a_day_for_the_goodbye_but_not_when_safety_is_the_reason(
    app: Flask,
) -> None:
    pair, other = build.active(), build.active()
    with db.write(), refused(PairingRefusal.last_meeting_missing):
        ending.plan_end(pair.id, CloseReason.child_moved, None, by=pair.director.actor())
    with db.write():
        ending.plan_end(other.id, CloseReason.safety, None, by=other.officer.actor())
    assert (state(other), opened(other), need_state(other)) == (P.closed, set(), NeedState.open)
    with db.read():
        assert [v.reason for v in db.session.scalars(select(Verdict))] == ["safety"]


def test_a_helper_gives_only_a_helpers_reasons(app: Flask) -> None:
    pair = build.active()
    with db.write(), pytest.raises(NotNow):
        ending.plan_end(pair.id, CloseReason.safety, None, by=pair.helper.actor())
    with db.write():
        day = clock.today() + timedelta(days=7)
        ending.plan_end(pair.id, CloseReason.helper_time, day, by=pair.helper.actor())
    assert state(pair) is P.closing


def test_a_pairing_can_end_together_with_its_need(app: Flask) -> None:
    pair = build.active()
    with db.write():
        actor = pair.director.actor()
        ending.plan_end(pair.id, CloseReason.goal_reached, clock.today(), by=actor)
        ending.close(pair.id, clock.today(), NeedAfter.close, by=actor)
    with db.read():
        need = needs.get(pair.need_id)
        assert (need.state, need.close_reason) == (NeedState.closed, NeedCloseReason.fulfilled)
    assert state(pair) is P.closed


def test_a_page_that_is_older_than_the_record_changes_nothing(app: Flask) -> None:
    pair = build.active()
    with db.write(), pytest.raises(Stale):
        ending.pause(pair.id, PauseReason.helper_away, by=pair.helper.actor(), version=1)
    assert state(pair) is P.active


def test_a_rejected_pair_is_free_again_and_remembered(app: Flask) -> None:
    pair = build.proposed()
    with db.write(), refused(PairingRefusal.reason_missing):
        approvals.reject(pair.id, None, by=pair.officer.actor())
    with db.write():
        approvals.reject(pair.id, RejectReason.not_suitable, by=pair.officer.actor())
    assert (state(pair), need_state(pair)) == (P.rejected, NeedState.open)
    with db.read():
        assert [v.reason for v in db.session.scalars(select(Verdict))] == ["not_suitable"]
        (last,) = db.session.scalars(select(PairingMove).where(PairingMove.new == P.rejected))
        assert last.reason == "not_suitable"


def test_a_need_for_two_helpers_stays_open_until_both_are_there(app: Flask) -> None:
    first, second = cleared_volunteer(), cleared_volunteer()
    need_id = open_need(demand=2)
    build.propose(need_id, first[1])
    with db.read():
        assert needs.get(need_id).state is NeedState.open
    with db.write(), refused(PairingRefusal.need_taken):
        one = needs.get(need_id)
        helper = build.helpers.get(first[1])
        life.propose(one, helper, slot=18, proposers=[], by=SYSTEM)
    build.propose(need_id, second[1])
    with db.read():
        assert needs.get(need_id).state is NeedState.met


def test_brothers_and_sisters_are_each_asked_and_one_no_counts(app: Flask) -> None:
    person = build.director()
    from_need = open_need(person)
    with db.write():
        need = needs.get(from_need)
        first = need.children[0].id
    sibling = household_child(person, sibling_of=first)
    with db.write():
        child = build.children.get(sibling)
        need_actions.join_need(needs.get(from_need), child, by=person.actor())
    pair = build.approved(need_id=from_need, director=person)
    build.accept(pair)
    with db.write():
        loaded = pair.read().need
        heard = [
            answers.Heard(build.children.get(c.id), said, build.AskedHow.alone)
            for c, said in zip(loaded.children, (Answer.yes, Answer.no), strict=True)
        ]
        answers.record(pair.id, None, heard, by=person.actor())
    assert state(pair) is P.refused
