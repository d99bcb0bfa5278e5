"""When a helper is cleared, who may vet, and what everybody hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, happenings, jobs
from jiedui.core.errors import Refusal
from jiedui.core.happenings import Happening, HelperCleared, HelperLostClearance
from jiedui.core.outbox import Letter, LetterKind
from jiedui.factory.wiring import LISTENERS
from jiedui.helpers import actions, queries
from jiedui.helpers.rules import (
    CredentialKind,
    Finding,
    Gate,
    GateState,
    HelperRefusal,
    HelperState,
    HelpKind,
    Outcome,
    Paper,
)
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders import helpers as built
from tests.people import Person


@pytest.fixture
def heard() -> Iterator[list[Happening]]:
    """Everything the upper rooms are told, in order."""
    told: list[Happening] = []
    kinds = (HelperCleared, HelperLostClearance)
    happenings.listen(dict.fromkeys(kinds, (told.append,)))
    yield told
    happenings.listen(LISTENERS)


def find(helper_id: int, gate: Gate, outcome: Outcome, by: Person, days_ago: int = 0) -> None:
    """Record one finding (opens its own write)."""
    on = clock.today() - timedelta(days=days_ago)
    authority = "北试县公安局" if gate is Gate.record_check else ""
    with db.write():
        found = Finding(gate, outcome, on, authority=authority)
        actions.record_finding(queries.get(helper_id), found, by=by.actor())


def states(helper_id: int) -> dict[Gate, GateState]:
    """How the gates stand (opens its own read)."""
    with db.read():
        return queries.gate_states(queries.get(helper_id))


def letters(kind: LetterKind, to: Person) -> int:
    """How many letters of a kind somebody got."""
    with db.read():
        found = select(Letter).where(Letter.kind == kind, Letter.to_account_id == to.account_id)
        return len(db.session.scalars(found).all())


def test_a_volunteer_is_cleared_once_every_gate_is_good(
    either_app: Flask, heard: list[Happening]
) -> None:
    """Registered is not cleared; all gates good is; the engine's list says the same, and helper
    and upper rooms hear of it once."""
    _person, waiting = built.volunteer()
    person, cleared = built.cleared_volunteer()
    with db.read():
        assert not queries.is_cleared(queries.get(waiting))
        county_id = queries.get(cleared).county_id
        assert [h.id for h in queries.cleared(county_id)] == [cleared]
    assert heard == [HelperCleared(cleared)]
    assert letters(LetterKind.helper_cleared, person) == 1


def test_the_light_view_and_the_whole_view_agree(app: Flask) -> None:
    """Lists compute standings without opening anybody; the page of one must say the same."""
    coordinator = built.vetter()
    ids = [built.volunteer()[1], built.cleared_volunteer()[1], built.tutor()[1]]
    find(ids[0], Gate.identity, Outcome.good, coordinator)
    find(ids[2], Gate.training, Outcome.bad, coordinator)
    with db.read():
        standings = queries.standings(queries.visible_to(coordinator.actor()))
        assert [s.id for s in standings] == sorted(ids)
        for one in standings:
            whole = queries.get(one.id)
            assert one.gates == queries.gate_states(whole)
            assert one.cleared is queries.is_cleared(whole)


def test_a_bad_finding_ends_clearance_at_once(app: Flask, heard: list[Happening]) -> None:
    """The helper gets a letter, the upper rooms hear that it is bad; a later good one opens it."""
    person, helper_id = built.cleared_volunteer()
    coordinator = built.vetter()
    find(helper_id, Gate.record_check, Outcome.bad, coordinator)
    assert heard[-1] == HelperLostClearance(helper_id, bad=True)
    assert states(helper_id)[Gate.record_check] is GateState.bad
    assert letters(LetterKind.helper_gate_bad, person) == 1
    find(helper_id, Gate.record_check, Outcome.good, coordinator, days_ago=3)
    assert states(helper_id)[Gate.record_check] is GateState.bad, "an older paper changes nothing"
    find(helper_id, Gate.record_check, Outcome.good, coordinator)
    assert heard[-1] == HelperCleared(helper_id)


@pytest.mark.parametrize("entered", [False, True])
def test_nobody_vets_themselves_or_whom_they_entered(app: Flask, entered: bool) -> None:
    """Neither in their own name nor as somebody's deputy."""
    coordinator = built.vetter()
    if entered:
        helper_id, expected = built.on_paper(coordinator), HelperRefusal.vetted_by_enterer
    else:
        _person, helper_id = built.volunteer()
        expected = HelperRefusal.vetted_by_self
        with db.write():
            queries.get(helper_id).account_id = coordinator.account_id
    with pytest.raises(Refusal) as refused:
        find(helper_id, Gate.identity, Outcome.good, coordinator)
    assert refused.value.code is expected
    find(helper_id, Gate.identity, Outcome.good, built.vetter(office=Office.civil_affairs))
    assert states(helper_id)[Gate.identity] is GateState.good


@pytest.mark.parametrize(
    ("finding", "code", "field"),
    [
        (Finding(Gate.training, Outcome.good, clock.today() + timedelta(days=1)),
         HelperRefusal.date_in_future, "done_on"),
        (Finding(Gate.record_check, Outcome.good, clock.today()),
         HelperRefusal.authority_missing, "authority"),
        (Finding(Gate.record_check, Outcome.good, clock.today() - timedelta(days=400),
                 authority="x"), HelperRefusal.check_too_old, "done_on"),
        (Finding(Gate.conduct, Outcome.good, clock.today()),
         HelperRefusal.conduct_is_own, "gate"),
        (Finding(Gate.credential, Outcome.good, clock.today()),
         HelperRefusal.credential_by_paper, "gate"),
    ],
)  # fmt: skip
def test_a_finding_that_cannot_be_is_refused(
    app: Flask, finding: Finding, code: HelperRefusal, field: str
) -> None:
    """Each with its reason and its field."""
    _person, helper_id = built.volunteer()
    coordinator = built.vetter()
    with pytest.raises(Refusal) as refused, db.write():
        actions.record_finding(queries.get(helper_id), finding, by=coordinator.actor())
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_check_counts_as_long_as_the_county_says(app: Flask) -> None:
    """A year by default; a county that wants it sooner gets it sooner."""
    _person, helper_id = built.volunteer()
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.record_check_months, 3, by=built.ANYBODY)
    find(helper_id, Gate.record_check, Outcome.good, built.vetter(), days_ago=10)
    with db.read():
        fact = queries.get(helper_id).facts[-1]
        assert fact.valid_until is not None
        assert 79 <= (fact.valid_until - clock.today()).days <= 82


def test_an_expired_check_is_told_every_morning(app: Flask, heard: list[Happening]) -> None:
    """The job tells the upper rooms, and may run twice; who is cleared is left alone."""
    _person, helper_id = built.cleared_volunteer()
    with clock.moved_to(clock.now() + timedelta(days=370)):
        _person, fresh = built.cleared_volunteer()
        heard.clear()
        with db.read():
            county_id = queries.get(helper_id).county_id
            assert [h.id for h in queries.cleared(county_id)] == [fresh]
        for _twice in range(2):
            with db.write():
                jobs.ask("helpers.run_out", by=built.ANYBODY, county_id=county_id, county=county_id)
            jobs.work_off()
        assert heard == [HelperLostClearance(helper_id, bad=False)] * 2


def test_counselling_alone_waits_for_its_paper(app: Flask) -> None:
    """Beside other help it bars counselling only; alone, and for a social worker, everything."""
    coordinator = built.vetter()
    both = {HelpKind.companionship, HelpKind.counselling}
    papers = (Paper(CredentialKind.counsellor, "X-1"),)
    _p, helper_id = built.volunteer(offers=frozenset(both), papers=papers)
    with db.write():
        helper = queries.get(helper_id)
        for gate in (Gate.identity, Gate.training):
            actions.record_finding(
                helper, Finding(gate, Outcome.good, clock.today()), by=coordinator.actor()
            )
        check = Finding(Gate.record_check, Outcome.good, clock.today(), authority="公安局")
        actions.record_finding(helper, check, by=coordinator.actor())
        actions.sign_conduct(helper, by=_p.actor())
    with db.read():
        helper = queries.get(helper_id)
        assert queries.is_cleared(helper)
        assert queries.offers_open(helper) == {HelpKind.companionship}
        assert queries.gate_states(helper)[Gate.credential] is GateState.missing
    with db.write():
        helper = queries.get(helper_id)
        paper = helper.credentials[0]
        actions.see_credential(helper, paper, Outcome.good, None, by=coordinator.actor())
        assert queries.offers_open(helper) == both


def see_papers_of(other: int, helper_id: int, by: Person) -> None:
    """Record one helper's paper as another's (opens its own write)."""
    with db.write():
        helper, paper = queries.get(helper_id), queries.get(other).credentials[0]
        actions.see_credential(helper, paper, Outcome.good, None, by=by.actor())


def test_another_persons_paper_cannot_be_seen_here(app: Flask) -> None:
    """A paper belongs to one helper."""
    papers = (Paper(CredentialKind.teacher),)
    _p, one = built.volunteer(papers=papers)
    _p, other = built.volunteer(papers=papers)
    with pytest.raises(Refusal) as refused:
        see_papers_of(other, one, built.vetter())
    assert refused.value.code is HelperRefusal.no_such_credential


def test_only_the_helper_signs_the_code_of_conduct(app: Flask) -> None:
    """Nobody signs for another."""
    _person, helper_id = built.volunteer()
    coordinator = built.vetter()
    with pytest.raises(Refusal) as refused, db.write():
        actions.sign_conduct(queries.get(helper_id), by=coordinator.actor())
    assert refused.value.code is HelperRefusal.conduct_is_own


def test_suspending_and_withdrawing_are_heard(app: Flask, heard: list[Happening]) -> None:
    """A suspension is red; leaving is not; nobody ends their own suspension."""
    person, helper_id = built.cleared_volunteer()
    coordinator = built.vetter()
    with db.write():
        actions.suspend(queries.get(helper_id), by=coordinator.actor())
    assert heard[-1] == HelperLostClearance(helper_id, bad=True)
    with pytest.raises(Refusal), db.write():
        actions.restore(queries.get(helper_id), by=person.actor())
    with db.write():
        actions.restore(queries.get(helper_id), by=coordinator.actor())
    assert heard[-1] == HelperCleared(helper_id)
    with db.write():
        actions.withdraw(queries.get(helper_id), by=person.actor())
    assert heard[-1] == HelperLostClearance(helper_id, bad=False)
    with db.read():
        assert queries.get(helper_id).state is HelperState.withdrawn


def test_the_office_hears_only_of_whom_it_can_vet(app: Flask) -> None:
    """Waiting for the helper's own signature is not the office's work; nor is whom one entered."""
    coordinator = built.vetter()
    _p, fresh = built.volunteer()
    _p, _cleared = built.cleared_volunteer()
    mine = built.on_paper(coordinator)
    signing_missing = built.volunteer()[1]
    with db.write():
        helper = queries.get(signing_missing)
        found = Finding(Gate.record_check, Outcome.good, clock.today(), authority="公安局")
        for one in (
            Finding(Gate.identity, Outcome.good, clock.today()),
            Finding(Gate.training, Outcome.good, clock.today()),
            found,
        ):
            actions.record_finding(helper, one, by=coordinator.actor())
    colleague = built.vetter(office=Office.womens_federation)
    with db.read():
        assert [s.id for s in queries.awaiting_vetting(coordinator.actor())] == [fresh]
        assert [s.id for s in queries.awaiting_vetting(colleague.actor())] == [fresh, mine]


def test_who_sees_whom(app: Flask) -> None:
    """A coordinator the region, a township its own, a helper themselves, a director nobody."""
    near_person, near = built.volunteer(people.VILLAGE)
    _p, far = built.volunteer(people.FAR_VILLAGE)
    _p, _abroad = built.volunteer(people.OTHER_COUNTY_VILLAGE)
    seen = {
        built.vetter(): [near, far],
        people.appoint(Role.township_supervisor, people.TOWNSHIP): [near],
        people.appoint(Role.child_director, people.VILLAGE): [],
        near_person: [near],
    }
    with db.read():
        for who, expected in seen.items():
            found = queries.standings(queries.visible_to(who.actor()))
            assert [s.id for s in found] == expected
