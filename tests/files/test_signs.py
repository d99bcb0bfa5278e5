"""Signs of risk from reviews, journals, guardianship and cases, each from where it is written.

Seen to fail: a mood of counselling that the township reads off a level (of_children without the
kind of the need); an entry that was taken back and still weighs (without its state); a case that
the township was not told of, and one that is sealed, as a sign (known_of without these)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from jiedui.access.rules import Role
from jiedui.care.actions import guardianship
from jiedui.care.rules.guardianship import Ground, GuardState, MoveSaid
from jiedui.children import queries as children
from jiedui.children.rules import RiskLevel
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.files.queries import watching as find
from jiedui.files.rules.watching import POINTS, Sign, level, points
from jiedui.helpers.rules import HelpKind
from jiedui.hours import actions as hours
from jiedui.hours import queries as sessions
from jiedui.hours.rules import Mood, Progress
from jiedui.protection.actions import cases, concerned
from jiedui.protection.rules.case import CaseRefusal, Stage, Suspect
from tests import people
from tests.builders import reviews, worries
from tests.builders.children import director, household_child
from tests.builders.hours import logged
from tests.builders.pairings import Pair, trial
from tests.client import Browser
from tests.files.test_watching import counted


def of(child_id: int) -> set[Sign]:
    """The signs that the night finds in a file."""
    counted()
    with db.read():
        one = find.get(child_id)
        assert one.points == points(one.signs)
        return set(one.signs)


def child_of(pair: Pair) -> int:
    """The child of a pairing, by number."""
    with db.read():
        return pair.read().need.children[0].id


def met(pair: Pair, day: date, **said: object) -> int:
    """The helper writes down a session of a day, on the evening of that day."""
    with clock.moved_to(clock.at(day, 20)):
        return logged(pair, day, **said)


def test_two_low_sessions_in_a_row_are_a_sign(either_app: Flask) -> None:
    """One is not; one in good spirits after them ends it; what was taken back never was."""
    pair, today = trial(), clock.today()
    child_id = child_of(pair)
    met(pair, today + timedelta(days=1), mood=Mood.low)
    assert Sign.low not in of(child_id)
    second = met(pair, today + timedelta(days=2), mood=Mood.low)
    assert Sign.low in of(child_id)
    with db.write():
        hours.withdraw(sessions.get(second), by=pair.helper.actor())
    assert Sign.low not in of(child_id)
    met(pair, today + timedelta(days=3), mood=Mood.low)
    assert Sign.low in of(child_id)
    met(pair, today + timedelta(days=4), mood=Mood.bright)
    assert Sign.low not in of(child_id)


def test_of_counselling_the_level_says_nothing(app: Flask) -> None:
    """Whatever stands in its sessions is for the counsellor alone."""
    pair, today = trial(), clock.today()
    child_id = child_of(pair)
    for days in (1, 2):
        met(pair, today + timedelta(days=days), mood=Mood.low)
    with db.write():
        pair.read().need.kind = HelpKind.counselling
    assert Sign.low not in of(child_id)


def test_learning_that_is_harder_twice_is_a_sign(app: Flask) -> None:
    """Of tutoring, as the tutor writes it."""
    pair, today = trial(), clock.today()
    child_id = child_of(pair)
    for days, said in ((1, Progress.harder), (2, Progress.harder)):
        met(pair, today + timedelta(days=days), progress=said)
    assert Sign.learns_harder in of(child_id)
    met(pair, today + timedelta(days=3), progress=Progress.same)
    assert Sign.learns_harder not in of(child_id)


def test_a_review_that_passed_a_file_by_is_a_sign(either_app: Flask) -> None:
    """Not while its quarter runs; no longer once somebody has answered for the file."""
    with reviews.on(2026, 8, 3):
        her, there = director(), people.appoint(Role.township_supervisor, people.TOWNSHIP)
        child_id = household_child(her)
        reviews.morning()
        assert Sign.review_missed not in of(child_id)
    with reviews.on(2026, 10, 8):
        assert Sign.review_missed in of(child_id)
    with reviews.on(2026, 8, 20):
        reviews.confirm_all(there)
    with reviews.on(2026, 10, 9):
        assert Sign.review_missed not in of(child_id)


def test_a_child_without_a_guardian_is_red(app: Flask) -> None:
    """Whatever else its file says."""
    her = director()
    child_id = household_child(her)
    with db.write():
        said = MoveSaid(GuardState.nobody, Ground.lives_alone, clock.today())
        guardianship.move_guardianship(children.get(child_id), said, by=her.actor())
    found = of(child_id)
    assert Sign.nobody_guards in found
    assert level(points(found)) is RiskLevel.red


def named(case_id: int, child_id: int, by: people.Person) -> None:
    """The duty officer says whose file a case concerns."""
    with db.write():
        concerned.name_file(case_id, f"c-{child_id:04d}", by=by.actor())


def told(case_id: int, by: people.Person) -> None:
    """The township is asked to help, where the rules allow it."""
    with suppress(Refusal), db.write():
        cases.tell_township(case_id, by=by.actor())


def test_a_case_the_township_helps_with_is_a_sign(either_app: Flask) -> None:
    """From that on, and for half a year after its end; before, only the county knows."""
    her, duty, second = director(), worries.officer(), worries.civil()
    child_id = household_child(her)
    case_id = worries.case(duty, village=people.VILLAGE)
    named(case_id, child_id, duty)
    assert Sign.case_runs not in of(child_id)
    told(case_id, duty)
    assert Sign.case_runs in of(child_id)
    worries.brought_to(case_id, Stage.closing, by=duty)
    with db.write():
        cases.close(case_id, by=second.actor())
    assert of(child_id) & {Sign.case_runs, Sign.case_over} == {Sign.case_over}
    with clock.moved_to(clock.now() + timedelta(days=181)):
        assert Sign.case_over not in of(child_id)


@pytest.mark.parametrize(
    ("suspect", "sealed"),
    [(Suspect.village_worker, False), (Suspect.township_worker, False), (Suspect.guardian, True)],
)
def test_what_the_township_must_not_know_is_no_sign(
    app: Flask, suspect: Suspect, sealed: bool
) -> None:
    """A case about its own worker, and one that is sealed."""
    her, duty = director(), worries.officer()
    child_id = household_child(her)
    case_id = worries.case(duty, village=people.VILLAGE, suspect=suspect, sealed=sealed)
    named(case_id, child_id, duty)
    told(case_id, duty)
    assert not of(child_id) & {Sign.case_runs, Sign.case_over}


def test_a_file_is_named_once_and_by_a_number_that_is_one(app: Flask) -> None:
    """And no more after the case is closed; the database knows no file twice in a case."""
    her, duty, second = director(), worries.officer(), worries.civil()
    child_id = household_child(her)
    case_id = worries.case(duty)
    named(case_id, child_id, duty)
    for number, why in (
        (f"C-{child_id}", CaseRefusal.named_already),
        ("C-9999", CaseRefusal.no_such_file),
        ("石小", CaseRefusal.no_such_file),
    ):
        with pytest.raises(Refusal) as no, db.write():
            concerned.name_file(case_id, number, by=duty.actor())
        assert no.value.code is why
    with db.write():
        concerned.take_file_off(case_id, child_id, by=duty.actor())
    worries.brought_to(case_id, Stage.closing, by=duty)
    with db.write():
        cases.close(case_id, by=second.actor())
    with pytest.raises(Refusal), db.write():
        concerned.name_file(case_id, f"C-{child_id}", by=duty.actor())


def test_on_the_page_of_a_case_a_file_is_named_and_taken_off(
    app: Flask, device: Callable[[], Browser]
) -> None:
    """The duty officer types the number of the file; a wrong one is kept with its message."""
    her, duty = director(), worries.officer()
    child_id = household_child(her)
    case_id = worries.case(duty)
    page = device()
    page.sign_in(duty.phone)
    page.get(f"/cases/{case_id}")
    page.send(f"/cases/{case_id}/files", number="C-9999")
    assert "本县没有该编号的档案" in page.text
    assert "C-9999" in page.text
    page.send(f"/cases/{case_id}/files", number=f"C-{child_id:04d}")
    assert f"C-{child_id:04d}" in page.get(f"/cases/{case_id}").text
    page.send(f"/cases/{case_id}/files", off=str(child_id))
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM case_child")) == 0


def test_every_sign_weighs_something() -> None:
    """No sign without points, no points without a sign."""
    assert set(POINTS) == set(Sign)
    assert all(POINTS.values())
