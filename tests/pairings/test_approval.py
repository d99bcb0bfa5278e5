"""Who decides on a proposal, when others may, and that one decision is enough."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from enum import StrEnum

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.rules import Office, Role
from jiedui.children import actions as children
from jiedui.children import queries as child_queries
from jiedui.children.rules import Means, Purpose
from jiedui.core import clock, db
from jiedui.core.errors import Refusal, Stale
from jiedui.helpers import actions as helper_actions
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import Finding, Gate, Outcome
from jiedui.needs import queries as needs
from jiedui.pairings.actions import approvals
from jiedui.pairings.models import PairingMove
from jiedui.pairings.queries import approval
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import PairingRefusal, PairingState, RejectReason
from jiedui.pairings.rules.decisions import Approval, approval_fault
from tests import people
from tests.builders import pairings as build
from tests.builders.needs import forget
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
R = PairingRefusal


def decide(pair: Pair, by: Person, version: int | None = None) -> StrEnum | None:
    """Try to approve; the reason when it is refused."""
    try:
        with db.write():
            approvals.approve(pair.id, by=by.actor(), version=version)
    except Refusal as refusal:
        return refusal.code
    return None


def state(pair: Pair) -> PairingState:
    """How it stands."""
    with db.read():
        return pair.read().state


def after_working_days(count: int) -> datetime:
    """The noon of the day on which so many working days have passed."""
    return clock.at(clock.working_days_after(clock.today(), count), 12)


offices = st.sampled_from([None, *Office])
accounts_drawn = st.integers(1, 6)


@given(
    st.builds(
        Approval,
        owning=st.sampled_from(
            [Office.youth_league, Office.womens_federation, Office.civil_affairs]
        ),
        office=offices,
        head=st.booleans(),
        account_id=accounts_drawn,
        acts_as=accounts_drawn,
        helper_account=st.none() | accounts_drawn,
        proposers=st.frozensets(accounts_drawn, max_size=3),
        working_days_waiting=st.integers(0, 20),
        head_after=st.integers(1, 9),
        civil_affairs_after=st.integers(1, 15),
    )
)
def test_the_helper_and_the_proposers_never_decide_and_others_only_in_their_time(
    a: Approval,
) -> None:
    fault = approval_fault(a)
    persons = {a.account_id, a.acts_as}
    concerned = a.helper_account in persons or bool(persons & a.proposers)
    own = a.office is a.owning
    late_head = a.head and a.working_days_waiting >= a.head_after
    late_civil = (
        a.office is Office.civil_affairs and a.working_days_waiting >= a.civil_affairs_after
    )
    assert (fault is None) == (not concerned and (own or late_head or late_civil))


def test_the_owning_office_decides_and_another_does_not(app: Flask) -> None:
    pair, other = build.proposed(), build.officer(Office.youth_league)
    assert decide(pair, other) is R.not_your_office
    with db.read():
        assert approval.awaiting_approval(other.actor()) == []
        assert [p.id for p in approval.awaiting_approval(pair.officer.actor())] == [pair.id]
    assert decide(pair, pair.officer) is None


def test_a_pair_of_the_timer_is_approved_by_the_only_officer(app: Flask) -> None:
    """Publishing an untouched pair makes nobody its proposer."""
    pair = build.proposed(proposers=[])
    assert decide(pair, pair.officer) is None


def test_whoever_proposed_a_pair_does_not_approve_it(app: Flask) -> None:
    officer = build.officer()
    pair = build.proposed(proposers=[officer.account_id])
    assert decide(pair, officer) is R.proposer
    assert decide(pair, pair.officer) is None


def test_a_coordinator_who_helps_does_not_approve_the_own_pairing(app: Flask) -> None:
    pair = build.proposed()
    with db.write():
        account = people.account_of(pair.helper)
        post = access.Post(Role.coordinator, people.region(people.COUNTY), office=build.OWNER)
        access.give_role(account, post, by=pair.officer.actor())
    with db.write():
        account = people.account_of(pair.helper)
        as_officer = next(h for h in accounts.holdings_of(account.id) if h.office)
        actor = accounts.actor_for(account, as_officer.key)
        with pytest.raises(Refusal) as caught:
            approvals.approve(pair.id, by=actor)
    assert caught.value.code is R.is_the_helper


def test_a_deputy_approves_and_the_record_says_for_whom(app: Flask) -> None:
    away, deputy = build.officer(name="钱主任"), build.officer(name="孙同事")
    pair = build.proposed()
    with db.write():
        actor = away.actor()
        holding = next(h for h in accounts.colleagues(actor) if h.account_id == deputy.account_id)
        today = clock.today()
        assert actor.holding is not None
        access.name_deputy(actor.holding.id, holding, today, today, by=actor)
    with db.write():
        account = people.account_of(deputy)
        stands_in = next(h for h in accounts.holdings_of(account.id) if h.acting_for)
        approvals.approve(pair.id, by=accounts.actor_for(account, stands_in.key))
    with db.read():
        pairing = find.with_moves(pair.id)
        assert (pairing.approved_by, pairing.approved_for) == (
            deputy.account_id,
            away.account_id,
        )
        last: PairingMove = pairing.moves[-1]
        assert (last.by_account, last.acting_for) == (deputy.account_id, away.account_id)


def test_a_deputy_of_the_proposer_does_not_approve_either(app: Flask) -> None:
    away, deputy = build.officer(), build.officer()
    pair = build.proposed(proposers=[away.account_id])
    with db.write():
        actor = away.actor()
        holding = next(h for h in accounts.colleagues(actor) if h.account_id == deputy.account_id)
        assert actor.holding is not None
        access.name_deputy(actor.holding.id, holding, clock.today(), clock.today(), by=actor)
    with db.write():
        account = people.account_of(deputy)
        stands_in = next(h for h in accounts.holdings_of(account.id) if h.acting_for)
        with pytest.raises(Refusal) as caught:
            approvals.approve(pair.id, by=accounts.actor_for(account, stands_in.key))
    assert caught.value.code is R.proposer


def test_with_the_only_coordinator_away_a_head_may_decide_after_five_working_days(
    app: Flask,
) -> None:
    pair = build.proposed()
    head = build.officer(Office.youth_league, head=True)
    plain = build.officer(Office.youth_league)
    with clock.moved_to(after_working_days(4)):
        assert decide(pair, head) is R.not_your_office
    with clock.moved_to(after_working_days(5)):
        assert decide(pair, plain) is R.not_your_office
        with db.read():
            assert [p.id for p in approval.awaiting_approval(head.actor())] == [pair.id]
        assert decide(pair, head) is None


def test_civil_affairs_may_decide_after_ten_working_days(app: Flask) -> None:
    pair, civil = build.proposed(), build.officer(Office.civil_affairs)
    with clock.moved_to(after_working_days(9)):
        assert decide(pair, civil) is R.not_your_office
    with clock.moved_to(after_working_days(10)):
        assert decide(pair, civil) is None


def test_of_two_who_decide_the_second_is_told_so(app: Flask) -> None:
    pair, second = build.proposed(), build.officer()
    with db.read():
        version = pair.read().version
    assert decide(pair, pair.officer, version) is None
    assert decide(pair, second, version) is R.decided_already


def test_a_page_older_than_the_proposal_decides_nothing(app: Flask) -> None:
    pair = build.proposed()
    with db.write(), pytest.raises(Stale):
        approvals.approve(pair.id, by=pair.officer.actor(), version=99)
    assert state(pair) is PairingState.proposed


def test_of_twenty_who_approve_at_once_exactly_one_does(either_app: Flask) -> None:
    pair = build.proposed()
    crowd = [build.officer() for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda one: decide(pair, one), crowd))
    assert answers.count(None) == 1
    assert answers.count(R.decided_already) == 19
    with db.read():
        moves = find.with_moves(pair.id).moves
        assert [m.new for m in moves] == [PairingState.proposed, PairingState.approved]


def test_approving_and_rejecting_at_once_leaves_one_decision(either_app: Flask) -> None:
    pair = build.proposed()
    crowd = [build.officer() for _ in range(10)]

    def act(number: int) -> bool:
        try:
            with db.write():
                by = crowd[number].actor()
                if number % 2:
                    approvals.reject(pair.id, RejectReason.need_changed, by=by)
                else:
                    approvals.approve(pair.id, by=by)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(act, range(10))) == 1
    with db.read():
        freed = needs.get(pair.need_id).state.value
        assert (pair.read().state.value, freed) in {("approved", "met"), ("rejected", "open")}


def test_a_paper_that_turned_bad_since_stops_the_approval(app: Flask) -> None:
    pair = build.proposed()
    with clock.moved_to(clock.now() + timedelta(days=400)):
        assert decide(pair, pair.officer) is R.not_cleared


def test_a_bad_finding_lets_the_proposal_go(app: Flask) -> None:
    pair = build.proposed()
    with db.write():
        helper = helpers.get(pair.helper_id)
        bad = Finding(Gate.record_check, Outcome.bad, clock.today(), authority="北试县公安局")
        helper_actions.record_finding(helper, bad, by=pair.officer.actor())
    assert state(pair) is PairingState.expired
    assert decide(pair, pair.officer) is R.decided_already


def test_consent_taken_back_lets_the_proposal_go(app: Flask) -> None:
    pair = build.proposed()
    with db.write():
        child = child_queries.get(needs.get(pair.need_id).children[0].id)
        consent = child_queries.latest_consent(child, Purpose.matching)
        assert consent is not None
        children.withdraw_consent(consent, Means.telephone, by=pair.director.actor())
    assert state(pair) is PairingState.expired
    with db.read():
        assert needs.get(pair.need_id).state.value == "waiting"


def test_a_need_closed_while_its_proposal_is_open_ends_the_proposal_with_words(
    app: Flask, device: Device
) -> None:
    pair = build.proposed()
    officer = device()
    officer.sign_in(pair.officer.phone)
    officer.get(f"/pairings/{pair.id}/decide")
    forget(pair.need_id)
    officer.send(f"/pairings/{pair.id}/decide", fresh=False, decision="approve")
    assert officer.page is not None
    assert officer.page.status_code == 422
    assert "已经有人决定了" in officer.words
    officer.get(f"/pairings/{pair.id}")
    assert "需求已结束" in officer.words


def test_many_are_approved_with_one_button_and_what_cannot_be_is_named(
    app: Flask, device: Device
) -> None:
    pairs = [build.proposed() for _ in range(3)]
    officer, other = device(), pairs[1].officer
    officer.sign_in(pairs[0].officer.phone)
    officer.get("/pairings/approve")
    assert "3 对等您审批" in officer.words
    with db.write():
        approvals.approve(pairs[1].id, by=other.actor())
    officer.send("/pairings/approve", fresh=False, pairing=[str(p.id) for p in pairs])
    assert "2 对审核通过" in officer.words
    assert f"P-{pairs[1].id:04d} 没有通过：已经有人决定了" in officer.words
    assert {state(p) for p in pairs} == {PairingState.approved}


def test_nothing_ticked_says_so(app: Flask, device: Device) -> None:
    pair, officer = build.proposed(), device()
    officer.sign_in(pair.officer.phone)
    officer.send("/pairings/approve")
    assert officer.page is not None
    assert officer.page.status_code == 422
    assert "请至少勾一对" in officer.words


def test_a_pair_of_another_county_cannot_be_ticked(app: Flask, device: Device) -> None:
    pair = build.proposed()
    stranger = people.appoint(Role.coordinator, people.OTHER_COUNTY, office=build.OWNER)
    with db.read():
        assert find.among(stranger.actor(), [pair.id]) == []
    browser = device()
    browser.sign_in(stranger.phone)
    browser.get("/pairings/approve")
    assert browser.get(f"/pairings/{pair.id}").status_code == 404
    browser.send("/pairings/approve", pairing=[str(pair.id)])
    assert state(pair) is PairingState.proposed


def test_a_rejection_without_a_reason_asks_for_one_and_keeps_the_choice(
    app: Flask, device: Device
) -> None:
    pair, officer = build.proposed(), device()
    officer.sign_in(pair.officer.phone)
    officer.send(f"/pairings/{pair.id}/decide", decision="reject")
    assert "请选择" in officer.words
    assert 'value="reject" id="decision-1" checked' in officer.text
    officer.send(f"/pairings/{pair.id}/decide", decision="reject", reason="not_suitable")
    assert state(pair) is PairingState.rejected


def test_the_page_says_who_decides_and_until_when(app: Flask, device: Device) -> None:
    pair = build.proposed()
    reader = device().english()
    reader.sign_in(pair.director.phone)
    reader.get("/pairings?phase=deciding")
    head = clock.working_days_after(clock.today(), 5)
    assert "Women's Federation" in reader.words.replace("&#39;", "'")
    assert f"{head.day} {head:%b %Y} also the head of another office" in reader.words
