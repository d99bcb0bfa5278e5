"""Pairs that lived before the portal go on; papers are made up; nothing opens before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access import queries as access
from jiedui.access.rules import Office, Role
from jiedui.children.actions import ConsentSaid
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.helpers import actions as vetting
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import Finding, Gate, GateState, HelperKind, HelpKind, Outcome
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import answers
from jiedui.pairings.actions import legacy as actions
from jiedui.pairings.actions.answers import Heard
from jiedui.pairings.queries import legacy
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import CloseReason, PairingRefusal, PairingState, PauseReason
from jiedui.pairings.rules.legacy import DAYS, LegacyGate, due, missing
from tests import people
from tests.builders import children as kids
from tests.builders import helpers as make
from tests.client import Browser
from tests.people import Person

gates = st.dictionaries(st.sampled_from(Gate), st.sampled_from(GateState))
said = st.none() | st.booleans()


@given(gates, said, said)
def test_nothing_is_missing_only_when_everything_is_there(
    known: dict[Gate, GateState], guardian: bool | None, child: bool | None
) -> None:
    """Each gate of the helper, the guardian's yes and the child's yes."""
    gaps = missing(known, guardian=guardian, child=child)
    passing = all(s in (GateState.good, GateState.expiring) for s in known.values())
    assert (gaps == []) == (passing and guardian is True and child is True)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
def test_deadlines_are_spread_and_none_is_later_than_sixty_days(day: date, first: int) -> None:
    """Four pairs that came in together have four days."""
    days = {due(day, first + n) for n in range(4)}
    assert len(days) == 4
    assert all(timedelta(0) < one - day <= timedelta(days=DAYS) for one in days)


class Known:
    """A mother, a child, and the list they stood on."""

    def __init__(self) -> None:
        self.director = kids.director()
        self.importer, self.approver = self.office(), self.office()
        self.child = kids.household_child(self.director, consent=False, view=False)
        with db.write():
            said = make.registration(kind=HelperKind.caring_mother, form_holder="妇联", capacity=3)
            one = vetting.register(said, by=self.importer.actor())
            self.helper = one.id
        self.pair = self.bring()

    def office(self) -> Person:
        """Somebody of the women's federation."""
        return people.appoint(Role.coordinator, office=Office.womens_federation)

    def bring(self) -> int:
        """The list comes in."""
        with db.write():
            child = kids.queries.get(self.child)
            return actions.bring_in(
                helpers.get(self.helper), [child], HelpKind.companionship,
                clock.today() - timedelta(days=700), by=self.importer.actor(),
            ).id  # fmt: skip

    def clear(self, outcome: Outcome = Outcome.good) -> None:
        """Everything about the mother is found good, or her check is found bad."""
        if outcome is Outcome.good:
            make.clear(self.helper, by=self.approver)
            return
        with db.write():
            bad = Finding(Gate.record_check, outcome, clock.today(), authority="北试县公安局")
            vetting.record_finding(helpers.get(self.helper), bad, by=self.approver.actor())

    def hear(self, guardian: Answer = Answer.yes, child: Answer = Answer.yes) -> None:
        """The director has been at the door."""
        with db.write():
            pairing = find.get(self.pair)
            one = pairing.need.children[0]
            proof = {"holder": "村儿童主任", "where": "村委会"}
            means = Means.paper if guardian is Answer.yes else Means.spoken
            given = ConsentSaid(guardian, means, Purpose.pairing, pairing.id, proof)
            heard = [Heard(one, child, AskedHow.alone)]
            by = self.director.actor()
            answers.record(pairing.id, (one.guardians[0].id, given), heard, by=by)

    def state(self) -> PairingState:
        """Where the pair stands."""
        with db.read():
            return find.get(self.pair).state

    def lacks(self) -> list[LegacyGate]:
        """What is missing."""
        with db.read():
            return legacy.missing(find.get(self.pair))


@pytest.fixture
def known(either_app: Flask) -> Known:
    """A pair from before, just brought in."""
    return Known()


def test_a_pair_goes_on_and_opens_nothing(known: Known) -> None:
    """It holds seat and place, the need is met, nobody sees more than yesterday."""
    assert known.state() is PairingState.legacy
    with db.read():
        pairing = find.get(known.pair)
        assert needs.get(pairing.need_id).state is NeedState.met
        assert access.living_grants("pairing", pairing.id) == []
    assert known.bring() == known.pair
    assert known.lacks() == [
        LegacyGate.conduct, LegacyGate.identity, LegacyGate.training, LegacyGate.record_check,
        LegacyGate.guardian, LegacyGate.child,
    ]  # fmt: skip


def test_it_becomes_a_pairing_when_nothing_is_missing(known: Known) -> None:
    """Refused before, and to whoever brought the list; then identity opens."""
    with db.write(), pytest.raises(Refusal) as early:
        actions.complete(known.pair, by=known.approver.actor())
    assert early.value.code is PairingRefusal.papers_missing
    known.clear()
    known.hear()
    assert known.lacks() == []
    with db.write(), pytest.raises(Refusal) as own:
        actions.complete(known.pair, by=known.importer.actor())
    assert own.value.code is PairingRefusal.proposer
    with db.write():
        actions.complete(known.pair, by=known.approver.actor())
    assert known.state() is PairingState.active


def test_a_bad_finding_stops_it_and_a_missing_one_does_not(known: Known) -> None:
    """Only what speaks against somebody ends the visits."""
    assert known.state() is PairingState.legacy
    known.clear(Outcome.bad)
    with db.read():
        pairing = find.get(known.pair)
        assert (pairing.state, pairing.pause_reason) == (
            PairingState.paused, PauseReason.paper_bad,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("guardian", "child", "why"),
    [
        (Answer.no, Answer.yes, CloseReason.guardian_withdrew),
        (Answer.yes, Answer.no, CloseReason.child_wish),
    ],
)
def test_a_no_ends_it(known: Known, guardian: Answer, child: Answer, why: CloseReason) -> None:
    """Guardian or child may say no to what was never asked."""
    known.hear(guardian, child)
    with db.read():
        pairing = find.get(known.pair)
        assert (pairing.state, pairing.close_reason) == (PairingState.closed, why)


def test_three_mothers_of_one_child(known: Known) -> None:
    """Many to one: one need, a place each; the fourth is refused."""
    for n in range(3):
        with db.write():
            said = make.registration(kind=HelperKind.caring_mother, form_holder="妇联")
            helper = vetting.register(said, by=known.importer.actor())
            child, by = kids.queries.get(known.child), known.importer.actor()
            if n < 2:
                actions.bring_in(helper, [child], HelpKind.companionship, None, by=by)
                continue
            with pytest.raises(Refusal) as full:
                actions.bring_in(helper, [child], HelpKind.companionship, None, by=by)
            assert full.value.code is PairingRefusal.need_taken


def test_the_office_and_the_village_see_what_is_missing(app: Flask) -> None:
    """The list, the desk, the page of the pair; in words."""
    known = Known()
    for person in (known.office(), known.director):
        desk = Browser(app)
        desk.sign_in(person.phone)
        assert "原有结对·补办中" in desk.words
        desk.get("/pairings/from-before")
        assert "违法犯罪记录查询" in desk.words
        desk.get(f"/pairings/{known.pair}")
        assert "结对照常进行" in desk.words
    known.clear()
    known.hear()
    office = Browser(app)
    office.sign_in(known.office().phone)
    office.press(f"/pairings/{known.pair}", f"/pairings/{known.pair}/complete")
    assert "已转为正式结对" in office.words
    assert known.state() is PairingState.active
