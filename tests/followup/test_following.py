"""Pairings are followed up: three voices, silence, a family's stop; on the real database.

Seen to fail: a helper's word taken for the carer's; a step told again each morning; the key still
working after the end; a child's no that nobody listens to; a stop that leaves the
child's name open to the helper.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from jiedui.access.models import Grant
from jiedui.care.rules.visits import Helped
from jiedui.children import actions as children
from jiedui.children.actions import ViewSaid
from jiedui.children.rules import Answer, AskedHow
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.followup import actions, queries
from jiedui.followup.actions import Word
from jiedui.followup.jobs import CLOCKS
from jiedui.followup.models import FamilyStop, Said
from jiedui.followup.rules import Face, FollowRefusal, Health, StopVia, Through, Voice, Who
from jiedui.followup.rules.health import Sign
from jiedui.pairings.actions import ending
from jiedui.pairings.rules import CloseReason, PairingState, PauseReason, Wanted
from tests import people
from tests.builders import pairings as build
from tests.builders.hours import logged
from tests.builders.pairings import Pair
from tests.builders.visits import visited
from tests.people import Person

CHILD = Word(Voice.child, Face.glad, alone=True)
CARER = Word(Voice.carer, going=Helped.well)
HELPER = Word(Voice.helper, going=Helped.seldom, words="路远")


def hear(pair: Pair, *said: Word, by: Person | None = None, **over: object) -> None:
    """Somebody writes down what was said (opens its own write)."""
    facts = {"on_day": clock.today(), "through": Through.call} | over
    with db.write():
        who = (by or pair.director).actor()
        actions.hear(pair.read(), said, facts["on_day"], facts["through"], by=who)  # type: ignore[arg-type]


def refused(code: FollowRefusal) -> pytest.RaisesExc[Refusal]:
    """The act is refused for this reason."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code is code)


def letters(person: Person) -> list[LetterKind]:
    """The letters somebody has, oldest first."""
    with db.read():
        own = select(Letter.kind).where(Letter.to_account_id == person.account_id)
        return list(db.session.scalars(own.order_by(Letter.id)))


def standing(pair: Pair) -> queries.Standing:
    """How a pairing does, with nothing loaded later."""
    with db.read():
        found = queries.standing_of(pair.read())
        assert found is not None
        return found


def morning(day: int) -> None:
    """So many days from now the morning's job has run."""
    with clock.moved_to(clock.now() + timedelta(days=day)):
        with db.write():
            jobs.ask(CLOCKS, by=SYSTEM, county_id=county(), county=county())
        jobs.work_off()


def county() -> int:
    """The county of the tests."""
    return people.region(people.COUNTY).id


def test_three_voices_are_kept_apart_and_the_latest_counts(either_app: Flask) -> None:
    pair = build.active()
    hear(pair, CHILD, CARER, HELPER)
    hear(pair, Word(Voice.child, Face.sad, alone=False))
    with db.read():
        kept = [(one.voice, one.face, one.alone, one.going) for one in queries.heard_of(pair.id)]
    assert kept == [
        (Voice.child, Face.sad, False, None),
        (Voice.helper, None, None, Helped.seldom),
        (Voice.carer, None, None, Helped.well),
        (Voice.child, Face.glad, True, None),
    ]
    now = standing(pair)
    assert now.signs[:1] == [Sign.child_sad]
    assert Sign.seldom in now.signs
    assert now.health is Health.red


def test_a_helper_speaks_for_nobody_else(either_app: Flask) -> None:
    pair = build.active()
    hear(pair, HELPER, by=pair.helper)
    with refused(FollowRefusal.own_voice_only):
        hear(pair, CHILD, by=pair.helper)
    with db.read():
        (only,) = queries.heard_of(pair.id)
        assert (only.voice, only.through) == (Voice.helper, Through.own_page)


def test_what_cannot_be_is_refused(either_app: Flask) -> None:
    pair = build.active()
    with refused(FollowRefusal.nothing_said):
        hear(pair)
    with refused(FollowRefusal.in_future):
        hear(pair, CARER, on_day=clock.today() + timedelta(days=1))
    with refused(FollowRefusal.before_it_began):
        hear(pair, CARER, on_day=clock.today() - timedelta(days=1))
    with refused(FollowRefusal.before_it_began):
        hear(build.ready(director=pair.director), CARER)


def test_the_database_keeps_a_face_for_children_only(either_app: Flask) -> None:
    pair = build.active()
    with db.read():
        here = county()
    row = {
        "county_id": here, "pairing_id": pair.id, "voice": Voice.carer, "face": Face.glad,
        "on_day": clock.today(), "through": Through.call, "kept_at": clock.now(),
        "by_account": pair.director.account_id, "ending": False,
    }  # fmt: skip
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(insert(Said).values(row))


def test_a_home_visit_at_which_the_family_was_asked_counts(either_app: Flask) -> None:
    pair = build.active()
    with db.read():
        child = pair.read().need.children[0].id
        began = pair.read().first_meeting_on
    assert began is not None
    assert standing(pair).ask_by == began + timedelta(days=14)
    visited(child, pair.director, helped=Helped.trouble)
    assert standing(pair).ask_by == began + timedelta(days=30)
    assert Sign.trouble in standing(pair).signs
    hear(pair, CARER, on_day=clock.today())
    # One word a day: the later of the two says how it goes, the visit of the same day stands.
    assert Sign.trouble in standing(pair).signs


def test_of_a_silent_pairing_each_is_told_once_and_in_turn(either_app: Flask) -> None:
    pair = build.active()
    assert LetterKind.pairing_silent not in letters(pair.helper)
    morning(13)
    assert LetterKind.pairing_silent not in letters(pair.helper)
    for day in (14, 15):
        morning(day)
        assert letters(pair.helper).count(LetterKind.pairing_silent) == 1
        assert LetterKind.pairing_silent not in letters(pair.director)
    morning(21)
    assert letters(pair.director).count(LetterKind.pairing_silent) == 1
    assert LetterKind.pairing_silent not in letters(pair.officer)
    morning(28)
    assert letters(pair.officer).count(LetterKind.pairing_silent) == 1
    morning(42)
    morning(43)
    assert letters(pair.officer).count(LetterKind.closing_proposed) == 1
    assert letters(pair.director).count(LetterKind.closing_proposed) == 1
    assert letters(pair.helper).count(LetterKind.pairing_silent) == 1


def test_a_session_ends_the_silence_and_the_next_one_is_told_anew(either_app: Flask) -> None:
    pair = build.active()
    morning(14)
    with clock.moved_to(clock.now() + timedelta(days=16)):
        logged(pair, clock.today() - timedelta(days=1))
    morning(20)
    assert letters(pair.helper).count(LetterKind.pairing_silent) == 1
    morning(29)
    assert letters(pair.helper).count(LetterKind.pairing_silent) == 2


def test_a_family_stops_by_its_key_at_once(either_app: Flask) -> None:
    pair = build.active()
    with db.write():
        first = actions.make_key(pair.read(), by=pair.director.actor())
    with db.write():
        token = actions.make_key(pair.read(), by=pair.director.actor())
    with refused(FollowRefusal.key_unknown):
        actions.stop_by_key(first, Who.guardian)
    actions.stop_by_key(token, Who.carer)
    with db.read():
        now = pair.read()
        assert (now.state, now.pause_reason) == (PairingState.paused, PauseReason.family_wish)
        (said,) = db.session.scalars(select(FamilyStop))
        assert (said.who, said.via, said.by_account) == (Who.carer, StopVia.link, None)
        living = select(Grant).where(Grant.source_id == pair.id, Grant.ended_at.is_(None))
        assert not db.session.scalars(living.where(Grant.source_kind == "pairing")).all()
        acts = set(db.session.scalars(select(AuditEntry.act)))
        assert {"family.stopped", "stop key.made"} <= acts
    for person in (pair.director, pair.officer):
        assert letters(person)[-1] is LetterKind.family_stopped
    assert letters(pair.helper)[-1] is LetterKind.pairing_paused


def test_a_stop_weighs_more_than_a_holiday_and_never_less_than_a_look_into_it(
    either_app: Flask,
) -> None:
    pair = build.active()
    with db.write():
        ending.pause(pair.id, PauseReason.helper_away, by=pair.helper.actor())
    with db.write():
        actions.stop(pair.read(), Who.child, by=pair.director.actor())
    with db.read():
        assert pair.read().pause_reason is PauseReason.family_wish
        assert [one.pairing_id for one in queries.stopped(pair.director.actor())] == [pair.id]
    with db.write():
        ending.resume(pair.id, by=pair.director.actor())
        ending.pause(pair.id, PauseReason.being_looked_into, by=pair.officer.actor())
    with db.write():
        actions.stop(pair.read(), Who.child, by=pair.director.actor())
    with db.read():
        assert pair.read().pause_reason is PauseReason.being_looked_into
        assert queries.stopped(pair.director.actor()) == []


def test_before_the_first_meeting_a_stop_lets_the_pair_go(either_app: Flask) -> None:
    pair = build.approved()
    with db.write():
        actions.stop(pair.read(), Who.guardian, by=pair.director.actor())
    with db.read():
        assert pair.read().state is PairingState.expired
    with db.write(), refused(FollowRefusal.has_ended):
        actions.stop(pair.read(), Who.guardian, by=pair.director.actor())


def test_a_child_who_wants_no_help_any_more_stops_what_has_begun(either_app: Flask) -> None:
    pair = build.active()
    for _ in range(2):  # said twice, told once
        with db.write():
            child = pair.read().need.children[0]
            no = ViewSaid(Answer.no, AskedHow.alone)
            children.record_view(child, no, by=pair.director.actor())
    with db.read():
        now = pair.read()
        assert (now.state, now.pause_reason) == (PairingState.paused, PauseReason.family_wish)
        (said,) = db.session.scalars(select(FamilyStop))
        assert (said.who, said.by_account) == (Who.child, pair.director.account_id)
    assert letters(pair.officer).count(LetterKind.family_stopped) == 1
    assert letters(pair.helper)[-1] is LetterKind.pairing_paused
    with db.write(), pytest.raises(Refusal):
        ending.resume(pair.id, by=pair.officer.actor())


def test_whom_a_child_has_not_met_is_let_go_at_its_no(either_app: Flask) -> None:
    pair = build.approved()
    with db.write():
        child = pair.read().need.children[0]
        children.record_view(child, ViewSaid(Answer.no, AskedHow.alone), by=pair.director.actor())
    with db.read():
        assert pair.read().state is PairingState.expired


def test_an_end_says_who_wanted_it_and_asks_all_three(either_app: Flask) -> None:
    pair = build.active()
    day = clock.today() + timedelta(days=3)
    with db.write():
        ending.plan_end(
            pair.id, CloseReason.child_wish, day, by=pair.director.actor(), wanted_by=Wanted.child
        )
    hear(pair, CHILD, CARER)
    with db.read():
        assert pair.read().wanted_by is Wanted.child
        ((found, missing),) = queries.endings_unheard(pair.officer.actor())
        assert (found.id, missing) == (pair.id, [Voice.helper])
    hear(pair, HELPER, by=pair.helper)
    with db.read():
        assert queries.endings_unheard(pair.officer.actor()) == []
