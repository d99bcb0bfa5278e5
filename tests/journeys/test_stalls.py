"""What does not come is told to the next person, once, on its day (docs/stalls.md).

Seen to fail: the office told on the day of the helper; a list told every morning; days of a
holiday counted as working days.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers import actions as helpers
from jiedui.helpers import queries as known
from jiedui.helpers.actions import checks
from tests import people
from tests.builders import pairings as build
from tests.builders.helpers import volunteer
from tests.people import Person

MORNING = ("followup.clocks", "helpers.checks", "pairings.nightly")


def letters(person: Person) -> list[LetterKind]:
    """The letters somebody has, oldest first."""
    with db.read():
        own = select(Letter.kind).where(Letter.to_account_id == person.account_id)
        return list(db.session.scalars(own.order_by(Letter.id)))


def morning(after: int) -> None:
    """So many days from now the morning's work is done."""
    with clock.moved_to(clock.now() + timedelta(days=after)):
        with db.write():
            county = people.region(people.COUNTY).id
            for kind in MORNING:
                jobs.ask(kind, by=SYSTEM, county_id=county, county=county)
        jobs.work_off()


def test_a_card_that_nobody_answers(either_app: Flask) -> None:
    """Three days: the helper once more. Seven: the office. Fourteen: let go, in neutral words."""
    pair = build.approved()
    morning(2)
    assert LetterKind.card_waiting not in letters(pair.helper)
    for day in (3, 4):
        morning(day)
        assert letters(pair.helper).count(LetterKind.card_waiting) == 1
    assert LetterKind.card_unanswered not in letters(pair.officer)
    for day in (7, 8):
        morning(day)
        assert letters(pair.officer).count(LetterKind.card_unanswered) == 1
    morning(15)
    assert letters(pair.helper)[-1] is LetterKind.pairing_released
    assert letters(pair.helper).count(LetterKind.card_waiting) == 1


def test_a_card_that_was_answered_reminds_nobody(either_app: Flask) -> None:
    pair = build.approved()
    build.accept(pair)
    morning(8)
    assert LetterKind.card_waiting not in letters(pair.helper)
    assert LetterKind.card_unanswered not in letters(pair.officer)


def test_a_first_meeting_that_does_not_come(either_app: Flask) -> None:
    """Three weeks after all agreed township and office are told, once."""
    pair = build.ready()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    elsewhere = people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP)
    morning(20)
    assert LetterKind.meeting_missing not in letters(township)
    for day in (21, 22):
        morning(day)
        for person in (township, pair.officer):
            assert letters(person).count(LetterKind.meeting_missing) == 1
    assert LetterKind.meeting_missing not in letters(elsewhere)


@pytest.fixture
def before_the_holiday() -> date:
    """A Monday from which ten working days take three weeks (Mid-Autumn and National Day 2026)."""
    return date(2026, 9, 21)


def test_a_list_for_the_police_that_nobody_answers(
    either_app: Flask, before_the_holiday: date
) -> None:
    """After ten working days whoever took it there and the heads of the offices are told."""
    with clock.moved_to(clock.at(before_the_holiday, 10)):
        officer = people.appoint(Role.coordinator, office=Office.civil_affairs)
        head = people.appoint(Role.coordinator, office=Office.youth_league, head=True)
        other = people.appoint(Role.coordinator, office=Office.womens_federation)
        _person, helper_id = volunteer()
        with db.write():
            by = officer.actor()
            sent = helpers.send_record_checks([known.get(helper_id)], "示例派出所", by=by)
            db.session.flush()
            batch = sent.id
        morning(20)  # a Sunday: nine working days, one of them a Saturday, lie behind
        assert LetterKind.checks_waiting not in letters(officer)
        for day in (21, 22):
            morning(day)
            assert letters(officer).count(LetterKind.checks_waiting) == 1
            assert letters(head).count(LetterKind.checks_waiting) == 1
            with db.write():
                assert checks.tell_of_waiting_checks(batch) == 0
        assert LetterKind.checks_waiting not in letters(other)
