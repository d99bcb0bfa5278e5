"""What pairings do when something happens below them: papers, consents, needs, files, reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.models import Grant
from jiedui.children import actions as children
from jiedui.children import queries as child_queries
from jiedui.children.actions import ConsentSaid
from jiedui.children.rules import Answer, Means, Purpose
from jiedui.children.rules import CloseReason as FileCloseReason
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.happenings import HelperLostClearance, HelperReported, happen
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers import actions as helper_actions
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import Finding, Gate, Outcome
from jiedui.needs import actions as need_actions
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedCloseReason, NeedState
from jiedui.pairings.actions import answers, ending, life, listeners
from jiedui.pairings.rules import CloseReason, PairingRefusal, PairingState, PauseReason
from tests.builders import pairings as build
from tests.builders.children import household_child, say_yes
from tests.builders.needs import open_need
from tests.builders.pairings import Pair

P = PairingState
EXPIRED = clock.now() + timedelta(days=400)


def state(pair: Pair) -> tuple[PairingState, PauseReason | None]:
    """How it stands, and why it pauses."""
    with db.read():
        one = pair.read()
        return one.state, one.pause_reason


def sees(pair: Pair) -> bool:
    """Whether anything of the child is open to the helper."""
    with db.read():
        rows = select(Grant.id).where(Grant.source_id == pair.id, Grant.ended_at.is_(None))
        return db.session.scalars(rows.where(Grant.source_kind == "pairing")).first() is not None


def lose(pair: Pair, *, bad: bool) -> None:
    """The helper's clearance is lost (opens its own write)."""
    with db.write():
        happen(HelperLostClearance(pair.helper_id, bad=bad))


def renew(pair: Pair) -> None:
    """A fresh record check is found good."""
    with db.write():
        found = Finding(Gate.record_check, Outcome.good, clock.today(), authority="北试县公安局")
        helper_actions.record_finding(helpers.get(pair.helper_id), found, by=pair.officer.actor())


def test_an_expired_check_pauses_and_its_renewal_lets_go_on(app: Flask) -> None:
    pair = build.active()
    with clock.moved_to(EXPIRED):
        lose(pair, bad=False)
        assert state(pair) == (P.paused, PauseReason.record_check_expired)
        assert not sees(pair)
        with db.write(), pytest.raises(Refusal):
            ending.resume(pair.id, by=pair.officer.actor())
        renew(pair)
        assert (state(pair), sees(pair)) == ((P.active, None), True)


def test_an_expired_check_keeps_a_proposal_waiting_and_opens_nothing(app: Flask) -> None:
    pair = build.approved()
    build.accept(pair)
    with clock.moved_to(EXPIRED):
        lose(pair, bad=False)
        build.family_says(pair)
        assert state(pair) == (P.approved, None)
        assert not sees(pair)
        renew(pair)
        assert state(pair) == (P.ready, None)


def test_a_goodbye_under_way_pauses_too_and_keeps_its_reason(app: Flask) -> None:
    pair = build.active()
    with db.write():
        day = clock.today() + timedelta(days=500)
        ending.plan_end(pair.id, CloseReason.helper_moved, day, by=pair.director.actor())
    with clock.moved_to(EXPIRED):
        lose(pair, bad=False)
        assert (state(pair)[0], sees(pair)) == (P.paused, False)
        renew(pair)
    assert (state(pair)[0], sees(pair)) == (P.closing, True)
    with db.read():
        assert pair.read().close_reason is CloseReason.helper_moved


def test_a_bad_finding_pauses_who_knows_a_child_and_lets_the_others_go(app: Flask) -> None:
    known, met = build.active(), build.ready()
    for pair in (known, met):
        with db.write():
            found = Finding(Gate.record_check, Outcome.bad, clock.today(), authority="北试县公安局")
            helper = helpers.get(pair.helper_id)
            helper_actions.record_finding(helper, found, by=pair.officer.actor())
        assert state(pair) == (P.paused, PauseReason.paper_bad)
        assert not sees(pair)


def test_a_bad_paper_is_the_graver_reason(app: Flask) -> None:
    pair = build.active()
    with db.write():
        ending.pause(pair.id, PauseReason.helper_away, by=pair.helper.actor())
    assert sees(pair)
    lose(pair, bad=True)
    assert (state(pair)[1], sees(pair)) == (PauseReason.paper_bad, False)
    lose(pair, bad=False)
    assert state(pair)[1] is PauseReason.paper_bad


def test_a_suspended_helper_sees_nobody(app: Flask) -> None:
    pair = build.active()
    with db.write():
        helper_actions.suspend(helpers.get(pair.helper_id), by=pair.officer.actor())
    assert (state(pair)[0], sees(pair)) == (P.paused, False)


def consent(pair: Pair, purpose: Purpose) -> None:
    """The guardian takes consent back (opens its own write)."""
    with db.write():
        child = child_queries.get(needs.get(pair.need_id).children[0].id)
        about = pair.id if purpose is Purpose.pairing else None
        given = child_queries.latest_consent(child, purpose, about)
        assert given is not None
        children.withdraw_consent(given, Means.telephone, by=pair.director.actor())


def test_consent_to_this_person_taken_back_ends_the_pairing_at_once(app: Flask) -> None:
    pair, other = build.active(), build.active()
    consent(pair, Purpose.pairing)
    assert (state(pair)[0], sees(pair)) == (P.closed, False)
    assert state(other)[0] is P.active
    with db.read():
        assert pair.read().close_reason is CloseReason.guardian_withdrew
        assert needs.get(pair.need_id).state is NeedState.open


def test_consent_to_help_at_all_taken_back_pauses_until_it_is_given_again(app: Flask) -> None:
    pair = build.active()
    consent(pair, Purpose.matching)
    assert state(pair) == (P.paused, PauseReason.consent_withdrawn)
    assert not sees(pair)
    with db.write(), pytest.raises(Refusal) as caught:
        ending.resume(pair.id, by=pair.officer.actor())
    assert caught.value.code is PairingRefusal.consent_missing
    with db.write():
        child = needs.get(pair.need_id).children[0].id
        say_yes(child, by=pair.director.actor())
    assert (state(pair)[0], sees(pair)) == (P.active, True)


def test_a_no_said_later_stops_what_a_yes_has_opened(app: Flask) -> None:
    """A guardian need not know that there is something to take back."""
    pair = build.trial()
    with db.write():
        child = child_queries.get(pair.read().need.children[0].id)
        said = ConsentSaid(Answer.no, Means.telephone)
        children.record_consent(child, child.guardians[0].id, said, by=pair.director.actor())
    assert state(pair) == (P.paused, PauseReason.consent_withdrawn)
    assert not sees(pair)
    with db.write():
        say_yes(child.id, by=pair.director.actor(), view=False)
    assert state(pair) == (P.trial, None)


def test_a_no_by_a_link_that_lay_about_ends_the_pairing(app: Flask) -> None:
    """The father had a link; the mother said yes on paper; now he says no to this person."""
    pair = build.approved()
    with db.write():
        one = pair.read()
        guardian = one.need.children[0].guardians[0].id
        ((_child, token, code),) = answers.make_links(one, guardian, by=pair.director.actor())
    build.accept(pair)
    build.family_says(pair)
    with db.write():
        life.meet(pair.id, clock.today(), "石例女", by=pair.director.actor())
    with db.write():
        children.answer_link(token, code, Answer.no)
    assert state(pair)[0] is P.closed
    assert not sees(pair)


def test_a_need_that_is_fulfilled_gives_the_two_a_goodbye(app: Flask) -> None:
    pair = build.active()
    with db.write():
        need = needs.get(pair.need_id)
        need_actions.close_need(need, NeedCloseReason.fulfilled, by=pair.director.actor())
    assert (state(pair)[0], sees(pair)) == (P.closing, True)


@pytest.mark.parametrize("make", [build.proposed, build.approved])
def test_a_need_that_ends_takes_its_proposal_with_it(app: Flask, make: object) -> None:
    pair: Pair = make()  # type: ignore[operator]
    with db.write():
        need = needs.get(pair.need_id)
        need_actions.close_need(need, NeedCloseReason.no_longer_wished, by=pair.director.actor())
    assert state(pair)[0] is P.expired
    with db.read():
        assert needs.get(pair.need_id).state is NeedState.closed


def test_a_child_who_left_is_not_visited_any_more(app: Flask) -> None:
    pair = build.active()
    with db.write():
        child = child_queries.get(needs.get(pair.need_id).children[0].id)
        children.close_child(child, FileCloseReason.moved_away, by=pair.director.actor())
    assert (state(pair)[0], sees(pair)) == (P.closed, False)


def test_of_brothers_and_sisters_the_one_who_left_is_closed_to_the_helper(app: Flask) -> None:
    director = build.director()
    need = open_need(director)
    with db.read():
        first = needs.get(need).children[0].id
    second = household_child(director, sibling_of=first)
    with db.write():
        need_actions.join_need(needs.get(need), child_queries.get(second), by=director.actor())
    pair = build.active(need_id=need, director=director)
    with db.write():
        gone = child_queries.get(second)
        children.close_child(gone, FileCloseReason.moved_away, by=director.actor())
    assert state(pair)[0] in (P.trial, P.active)
    with db.read():
        living = select(Grant.object_id).where(Grant.kind == "child", Grant.ended_at.is_(None))
        assert list(db.session.scalars(living)) == [first]


def test_a_report_about_a_helper_stops_all_they_do_and_may_be_heard_twice(app: Flask) -> None:
    pair = build.active()
    for _ in range(2):
        with db.write():
            happen(HelperReported(pair.helper_id))
    assert state(pair) == (P.paused, PauseReason.being_looked_into)
    assert not sees(pair)
    with db.read():
        kinds = select(Letter.kind).where(Letter.to_account_id == pair.helper.account_id)
        assert list(db.session.scalars(kinds)).count(LetterKind.pairing_paused) == 1


def test_a_report_lets_what_was_only_proposed_go(app: Flask) -> None:
    pair = build.approved()
    with db.write():
        assert listeners.pause_for_report(pair.helper_id, by=SYSTEM) == 1
        assert listeners.pause_for_report(pair.helper_id, by=SYSTEM) == 0
    assert state(pair)[0] is P.expired


def test_a_paused_pairing_that_was_never_met_ends_without_a_goodbye(app: Flask) -> None:
    pair = build.ready()
    lose(pair, bad=True)
    with db.write():
        by = pair.officer.actor()
        ending.plan_end(pair.id, CloseReason.clearance_lost, None, by=by)
    assert (state(pair)[0], sees(pair)) == (P.closed, False)


def test_nobody_meets_while_a_check_has_run_out(app: Flask) -> None:
    pair = build.ready()
    with clock.moved_to(EXPIRED), db.write():
        by = pair.director.actor()
        with pytest.raises(Refusal) as caught:
            life.meet(pair.id, clock.today(), "石例女", by=by)
    assert caught.value.code is PairingRefusal.not_cleared


def test_an_answer_twice_from_the_helper_is_refused(app: Flask) -> None:
    pair = build.approved()
    build.accept(pair)
    with db.write(), pytest.raises(Refusal) as caught:
        answers.accept(pair.id, by=pair.helper.actor())
    assert caught.value.code is PairingRefusal.decided_already
