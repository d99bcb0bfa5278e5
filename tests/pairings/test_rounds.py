"""A round on both databases: claimed, solved, saved, changed by hand, handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.children.rules import Answer
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal, Stale
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import Period
from jiedui.needs import queries as needs
from jiedui.pairings.actions import drafts, publishing, rounds
from jiedui.pairings.models import Pairing, Round, RoundClaim, Unmet, Verdict
from jiedui.pairings.queries import facts
from jiedui.pairings.queries import rounds as find
from jiedui.pairings.rules import PairingRefusal, PairingState
from jiedui.pairings.rules.reasons import Reason
from jiedui.pairings.rules.rounds import (
    RemoveReason,
    RoundKind,
    RoundRefusal,
    RoundState,
    SuggestionState,
)
from tests import people
from tests.builders import pairings as build
from tests.builders.helpers import cleared_volunteer, volunteer
from tests.builders.needs import forget, open_need
from tests.people import Person


def boss(office: Office = Office.youth_league) -> Person:
    """A coordinator of the county."""
    return people.appoint(Role.coordinator, office=office)


def started(by: Person | None, code: str = people.COUNTY) -> int:
    """A round that has been started, by a person or by the timer."""
    with db.write():
        region = people.region(code)
        round_ = (
            rounds.start(region, by=by.actor())
            if by
            else rounds.start(region, by=SYSTEM, kind=RoundKind.timer)
        )
        db.session.flush()
        return round_.id


def drafted(by: Person | None, code: str = people.COUNTY) -> int:
    """A round whose draft is there."""
    number = started(by, code)
    jobs.work_off()
    with db.read():
        assert find.get(number).state is RoundState.draft
    return number


def put_in(round_id: int, need_id: int, helper_id: int, by: Person) -> None:
    """A person puts a pair into a draft."""
    with db.write():
        need, helper = needs.get(need_id), helpers.get(helper_id)
        drafts.put_in(round_id, need, helper, by=by.actor())


def pairs_of(round_id: int) -> dict[tuple[int, int], SuggestionState]:
    """Need and helper of every pair of a draft, with its state."""
    with db.read():
        return {(s.need_id, s.helper_id): s.state for s in find.get(round_id).suggestions}


def only(round_id: int) -> int:
    """The id of the draft's only standing pair."""
    with db.read():
        (one,) = find.standing(find.get(round_id))
        return one.id


def test_a_round_goes_from_its_start_to_proposals(either_app: Flask) -> None:
    """The main path, on both databases."""
    person = boss()
    need_id = open_need()
    _, helper_id = cleared_volunteer()
    _, next_id = cleared_volunteer(people.NEXT_VILLAGE)
    number = drafted(person)
    with db.read():
        (one,) = find.standing(find.get(number))
        round_ = one.round
        assert (one.need_id, one.helper_id, one.slot) == (need_id, helper_id, 15)
        assert sum(one.reasons["parts"].values()) == one.score
        assert one.reasons["line"][0] == ["same_village"]
        assert one.reasons["other_helpers"][0][0] == next_id
        assert round_.figures["met"] == [0, 0, 1]
        assert set(round_.figures["seconds"]) == {
            "load", "candidates", "solve", "reasons", "greedy", "changes", "recruits", "save",
        }  # fmt: skip
        letter = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.round_ready))
        assert letter.one().to_account_id == person.account_id
    with db.write():
        publishing.publish(number, by=person.actor(), version=find.get(number).version)
    with db.read():
        pairing = db.session.scalars(select(Pairing)).one()
        assert pairing.state is PairingState.proposed
        assert pairing.proposers == [person.account_id]
        assert (pairing.slot, pairing.suggestion.state) == (15, SuggestionState.published)
        assert db.session.scalars(select(RoundClaim)).all() == []


def test_an_untouched_pair_of_a_timer_round_has_no_human_proposer(app: Flask) -> None:
    """Handing in makes nobody a proposer; settling a pair does."""
    person = boss()
    open_need()
    cleared_volunteer()
    open_need(slots=frozenset({18}))
    cleared_volunteer(slots=frozenset({18}))
    number = drafted(None)
    with db.write():
        first = find.standing(find.get(number))[0]
        drafts.pin(first, by=person.actor())
        touched = first.need_id
    with db.write():
        publishing.publish(number, by=person.actor())
    with db.read():
        hands = {p.need_id: p.proposers for p in db.session.scalars(select(Pairing))}
        assert hands.pop(touched) == [person.account_id]
        assert list(hands.values()) == [[]]


def test_two_open_rounds_never_share_a_need_or_a_helper(either_app: Flask) -> None:
    """A township's list takes its own; the county's list gets the rest."""
    person = boss()
    near, far = open_need(), open_need(code=people.FAR_VILLAGE)
    _, near_helper = cleared_volunteer()
    _, far_helper = cleared_volunteer(people.FAR_VILLAGE)
    township = drafted(person, people.TOWNSHIP)
    county = drafted(person)
    assert list(pairs_of(township)) == [(near, near_helper)]
    assert list(pairs_of(county)) == [(far, far_helper)]
    with db.read():
        claims = db.session.scalars(select(RoundClaim)).all()
        assert len({(c.kind, c.object_id) for c in claims}) == len(claims) == 4
    with pytest.raises(Refusal) as refused:
        put_in(county, near, far_helper, person)
    assert refused.value.code is RoundRefusal.need_in_other_list
    with pytest.raises(Refusal) as twice:
        started(person)
    assert twice.value.code is RoundRefusal.round_open


def test_a_job_that_runs_twice_changes_nothing(app: Flask) -> None:
    """The sweep may send a job again; the draft stays as it is."""
    open_need()
    cleared_volunteer()
    number = drafted(boss())
    with db.write():
        one = only(number)
        job = find.get(number).job
        job.state = jobs.JobState.queued
    jobs.work_off()
    assert only(number) == one


def test_handing_in_checks_every_barrier_again(either_app: Flask) -> None:
    """A record check has run out, a need has been closed: both are left out and named."""
    person = boss()
    open_need()
    cleared_volunteer()
    open_need(slots=frozenset({18}))
    now = clock.now()
    long = (Period(clock.today(), None),)
    with clock.moved_to(now - timedelta(days=360)):
        _, expired = cleared_volunteer(slots=frozenset({18}), periods=long)
    open_need(slots=frozenset({3}))
    cleared_volunteer(slots=frozenset({3}))
    number = drafted(person)
    with db.read():
        by_helper = {s.helper_id: s.id for s in find.standing(find.get(number))}
        closing, need_id = next(
            (s.id, s.need_id) for s in find.standing(find.get(number)) if s.slot == 3
        )
    forget(need_id)
    with clock.moved_to(now + timedelta(days=10)), db.write():
        publishing.publish(number, by=person.actor())
    with db.read():
        assert len(db.session.scalars(select(Pairing)).all()) == 1
        left_out = {row[0]: row[1:] for row in find.get(number).figures["left_out"]}
        assert left_out[by_helper[expired]] == [["clearance"], None]
        assert left_out[closing] == [[], PairingRefusal.need_not_open.value]


def test_nothing_is_handed_in_when_nothing_holds(app: Flask) -> None:
    """The list stays a draft."""
    person = boss()
    need_id = open_need()
    cleared_volunteer()
    number = drafted(person)
    forget(need_id)
    with db.write(), pytest.raises(Refusal) as refused:
        publishing.publish(number, by=person.actor())
    assert refused.value.code is RoundRefusal.nothing_to_publish
    with db.read():
        assert find.get(number).state is RoundState.draft


def test_a_removed_pair_does_not_come_back(either_app: Flask) -> None:
    """The next run knows it, and takes the next best."""
    person = boss()
    need_id = open_need()
    _, best = cleared_volunteer()
    _, other = cleared_volunteer(people.NEXT_VILLAGE)
    number = drafted(person)
    assert pairs_of(number) == {(need_id, best): SuggestionState.kept}
    with db.write():
        one = find.suggestion(only(number))
        drafts.remove(one, RemoveReason.known_conflict, by=person.actor())
    with db.read():
        assert db.session.scalars(select(Unmet)).one().barriers["freed"] is True
        verdict = db.session.scalars(select(Verdict)).one()
        assert (verdict.reason, verdict.until) == ("known_conflict", None)
    with db.write():
        rounds.again(number, by=person.actor())
    jobs.work_off()
    assert pairs_of(number) == {
        (need_id, best): SuggestionState.removed,
        (need_id, other): SuggestionState.kept,
    }


def test_a_removal_can_be_taken_back(app: Flask) -> None:
    """One press too many is not for good."""
    person = boss()
    need_id = open_need()
    _, best = cleared_volunteer()
    number = drafted(person)
    with db.write():
        one = find.suggestion(only(number))
        drafts.remove(one, RemoveReason.not_suitable, by=person.actor())
    with db.write():
        drafts.put_back(find.suggestion(one.id), by=person.actor())
    assert pairs_of(number) == {(need_id, best): SuggestionState.pinned}
    with db.read():
        assert db.session.scalars(select(Verdict)).all() == []
        assert db.session.scalars(select(Unmet)).all() == []


def test_a_settled_pair_stays_when_the_list_is_made_again(app: Flask) -> None:
    """Even where another would be better; its number is worked out afresh."""
    person = boss()
    need_id = open_need()
    _, best = cleared_volunteer()
    _, known = cleared_volunteer(people.NEXT_VILLAGE)
    number = drafted(person)
    put_in(number, need_id, known, person)
    assert pairs_of(number) == {(need_id, known): SuggestionState.pinned}
    with db.write():
        rounds.again(number, by=person.actor())
    jobs.work_off()
    assert pairs_of(number) == {(need_id, known): SuggestionState.pinned}


def test_a_settled_pair_that_is_not_possible_any_more_is_named(app: Flask) -> None:
    """It does not vanish without a word."""
    person = boss()
    need_id = open_need()
    _, helper_id = cleared_volunteer()
    number = drafted(person)
    with db.write():
        drafts.pin(find.suggestion(only(number)), by=person.actor())
    forget(need_id)
    with db.write():
        rounds.again(number, by=person.actor())
    jobs.work_off()
    with db.read():
        assert find.get(number).figures["lost_pins"] == [[need_id, helper_id, []]]
        assert find.standing(find.get(number)) == []


def test_a_nominated_pair_passes_the_same_gates(app: Flask) -> None:
    """Somebody not cleared, or without a common time, is refused with what stands against it."""
    person = boss()
    need_id = open_need()
    _, uncleared = volunteer()
    _, other_time = cleared_volunteer(slots=frozenset({3}))
    number = drafted(person)
    for helper_id, barrier in ((uncleared, "clearance"), (other_time, "no_common_slot")):
        with pytest.raises(Refusal) as refused:
            put_in(number, need_id, helper_id, person)
        assert refused.value.code is RoundRefusal.barrier
        assert refused.value.facts["barriers"] == [barrier]


def test_a_replaced_pair_gives_way_and_is_known_to_the_next_list(app: Flask) -> None:
    """Replacing is taking out with a reason and putting in, in one act."""
    person = boss()
    need_id = open_need()
    _, best = cleared_volunteer()
    _, other = cleared_volunteer(people.NEXT_VILLAGE)
    number = drafted(person)
    with db.write():
        one = find.suggestion(only(number))
        helper = helpers.get(other)
        drafts.replace(one, helper, RemoveReason.not_suitable, by=person.actor())
    assert pairs_of(number) == {
        (need_id, best): SuggestionState.removed,
        (need_id, other): SuggestionState.pinned,
    }


def test_a_known_pair_without_a_list_goes_straight_to_its_office(app: Flask) -> None:
    """And whoever named it is its proposer."""
    person = boss()
    need_id = open_need()
    _, helper_id = cleared_volunteer()
    with db.write():
        publishing.nominate(needs.get(need_id), helpers.get(helper_id), by=person.actor())
    with db.read():
        pairing = db.session.scalars(select(Pairing)).one()
        assert (pairing.need_id, pairing.helper_id) == (need_id, helper_id)
        assert pairing.proposers == [person.account_id]


def test_an_older_page_cannot_hand_in(app: Flask) -> None:
    """Somebody has taken a pair out since."""
    person = boss()
    open_need()
    cleared_volunteer()
    number = drafted(person)
    with db.write():
        version = find.get(number).version
        drafts.pin(find.suggestion(only(number)), by=person.actor())
    with db.write(), pytest.raises(Stale):
        publishing.publish(number, by=person.actor(), version=version)


def test_the_timer_starts_one_round_a_day_and_renews_an_untouched_draft(app: Flask) -> None:
    """A draft nobody has looked at is made afresh a week later; one with a person's hand stays."""
    person = boss()
    open_need()
    cleared_volunteer()
    with db.write():
        county = people.region(people.COUNTY)
        first = rounds.start_by_timer(county)
        assert first is not None
        assert rounds.start_by_timer(county) is None
    jobs.work_off()
    week = clock.now() + timedelta(days=7)
    with clock.moved_to(week), db.write():
        renewed = rounds.start_by_timer(people.region(people.COUNTY))
        assert renewed is not None
        assert renewed.id == first.id
        assert renewed.kind is RoundKind.timer
    jobs.work_off()
    with db.write():
        drafts.pin(find.suggestion(only(first.id)), by=person.actor())
    with clock.moved_to(week + timedelta(days=7)), db.write():
        assert rounds.start_by_timer(people.region(people.COUNTY)) is None


def test_the_timer_asks_by_a_job_of_its_own(app: Flask) -> None:
    """And not where the county has switched it off."""
    with db.write():
        county = people.region(people.COUNTY)
        jobs.ask("round.timer", by=SYSTEM, county_id=county.id, county=county.id)
    jobs.work_off()
    with db.read():
        round_ = db.session.scalars(select(Round)).one()
        assert (round_.kind, round_.state) == (RoundKind.timer, RoundState.draft)


def test_a_list_made_again_by_hand_has_a_starter(app: Flask) -> None:
    """Running again steers the list: the timer's round becomes this person's."""
    person = boss()
    open_need()
    cleared_volunteer()
    number = drafted(None)
    with db.write():
        rounds.again(number, by=person.actor())
    with db.read():
        round_ = find.get(number)
        assert (round_.kind, round_.started_by) == (RoundKind.by_hand, person.account_id)


def test_a_round_that_fails_shows_and_can_be_started_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last try it is marked failed, holds nobody, and tells who started it."""
    person = boss()
    open_need()
    cleared_volunteer()

    def broken(*_: object) -> None:
        raise OSError("no memory")

    with monkeypatch.context() as patched:
        patched.setattr("jiedui.pairings.candidates.solve", broken)
        number = started(person)
        jobs.work_off()
    with db.read():
        assert find.get(number).state is RoundState.failed
        assert db.session.scalars(select(RoundClaim)).all() == []
        letter = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.round_failed))
        assert letter.one().to_account_id == person.account_id
    with db.write():
        rounds.again(number, by=person.actor())
    jobs.work_off()
    assert len(pairs_of(number)) == 1


def test_a_dropped_list_sets_everybody_free(app: Flask) -> None:
    """For the next one."""
    person = boss()
    open_need()
    cleared_volunteer()
    number = drafted(person)
    with db.write():
        rounds.drop(number, by=person.actor())
    again = drafted(person)
    assert again != number
    assert len(pairs_of(again)) == 1


def test_a_long_list_is_handed_in_piece_by_piece(
    either_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a worker, in the name of whoever pressed; a second run changes nothing."""
    person = boss()
    for slot in (3, 9, 15):
        open_need(slots=frozenset({slot}))
        cleared_volunteer(slots=frozenset({slot}))
    number = drafted(person)
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    with db.write():
        publishing.hand_in(number, by=person.actor())
    with db.read():
        assert find.get(number).state is RoundState.publishing
        assert db.session.scalars(select(Pairing)).all() == []
    jobs.work_off()
    with db.write():
        assert publishing.hand_in_some(number, by=person.actor()) is False
    with db.read():
        round_ = find.get(number)
        assert (round_.state, round_.published_by) == (RoundState.published, person.account_id)
        assert len(db.session.scalars(select(Pairing)).all()) == 3
        moves = {p.moves[0].by_account for p in db.session.scalars(select(Pairing))}
        assert moves == {person.account_id}
        assert db.session.scalars(select(RoundClaim)).all() == []


def test_the_timers_draft_learns_the_smallest_changes(app: Flask) -> None:
    """Half an hour later, before anybody looks."""
    open_need(slots=frozenset({3}))
    cleared_volunteer(slots=frozenset({9}))
    number = drafted(None)
    with db.write():
        county = people.region(people.COUNTY)
        jobs.ask("round.changes", by=SYSTEM, county_id=county.id, county=county.id)
    jobs.work_off()
    with db.read():
        (one,), _total = find.unmet_page(find.get(number))
        assert (one.change["code"], one.change["slot"]) == ("child_slot", 9)


def test_who_said_yes_and_was_turned_away_comes_first_with_the_next_card(app: Flask) -> None:
    """Of two who are alike, the one a family did not take; once, and never for that family.
    Seen to fail without the bonus (the other one was taken), and when the first family counted."""
    _other, other_id = cleared_volunteer(name="贾从前", phone="13900000071")
    pair = build.approved(helper_of=cleared_volunteer(name="贾后来", phone="13900000072"))
    build.accept(pair)
    build.family_says(pair, Answer.no)
    forget(pair.need_id)
    another = open_need(pair.director)
    round_id = drafted(None)
    assert set(pairs_of(round_id)) == {(another, pair.helper_id)}
    assert other_id != pair.helper_id
    with db.read():
        (one,) = find.standing(find.get(round_id))
        assert [Reason.their_turn.value] in one.reasons["line"]
        county = people.region(people.COUNTY).id
        assert facts.turned_away(county, clock.today() - timedelta(days=90)) == {pair.helper_id}
        assert facts.turned_away(county, clock.today() + timedelta(days=1)) == set()
    proposed = build.propose(another, pair.helper_id)
    with db.read():
        assert facts.turned_away(county, clock.today() - timedelta(days=90)) == set()
        assert proposed
