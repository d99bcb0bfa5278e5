"""A course is called off: who is on it hears of it, once each; guardians by whoever signed them up;
what is past or given up is told to nobody, and no family stands in it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from jiedui.activities import actions
from jiedui.activities.models import Course
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import CourseFor
from jiedui.core import clock, db
from jiedui.core.outbox import Letter, LetterKind
from tests.activities.test_courses import joined, untrained
from tests.activities.test_groups import letters
from tests.activities.test_pages import signed_in
from tests.builders import courses as build
from tests.builders.children import director, household_child
from tests.builders.helpers import on_paper
from tests.client import Browser

Device = Callable[[], Browser]


def called_off(of: build.Planned) -> None:
    """The office calls it off."""
    with db.write():
        actions.call_course_off(of.read(), by=of.office.actor())


def test_who_is_on_it_hears_of_it_and_who_left_does_not(either_app: Flask) -> None:
    """Seen to fail: `members` in place of `members_on` (who gave the place up hears it)."""
    of = build.planned()
    (first, _), (second, _) = untrained(), untrained()
    without_account = on_paper(of.office)
    joined(of, first, second)
    with db.write():
        actions.sign_up_for_course(of.read(), without_account, by=of.office.actor())
        actions.leave_course(of.read().members_on[1], by=second.actor())
    called_off(of)
    assert letters(LetterKind.course_off) == [first.account_id]


def test_an_official_hears_of_it(app: Flask) -> None:
    of = build.planned(audience=CourseFor.officials)
    her = director()
    joined(of, her)
    called_off(of)
    assert letters(LetterKind.course_off) == [her.account_id]


def test_whoever_signed_guardians_up_hears_it_once(app: Flask) -> None:
    """Two families of one director are one letter to her, which holds the number of the course and
    nobody. Seen to fail: a list in place of the set (two letters)."""
    of = build.planned(audience=CourseFor.guardians)
    her = director()
    household_child(her)
    household_child(her)
    with db.write():
        for number in list(courses.could_be_signed(of.read(), her.actor()))[:2]:
            actions.sign_up_for_course(of.read(), number, by=her.actor())
        assert len(of.read().members_on) == 2
    called_off(of)
    assert letters(LetterKind.course_off) == [her.account_id]
    with db.read():
        letter = db.session.scalars(select(Letter).where(Letter.kind == "course off")).one()
        assert (letter.about_kind, letter.about_id) == (Course.__tablename__, of.id)


def test_what_was_not_held_is_told_to_nobody(app: Flask) -> None:
    """Who was there knows. Seen to fail: told whenever it is called off."""
    of = build.planned()
    joined(of, untrained()[0])
    with clock.moved_to(of.after()):
        called_off(of)
    assert letters(LetterKind.course_off) == []


def test_the_letter_tells_which_course_and_day_and_leads_there(app: Flask, device: Device) -> None:
    of = build.planned()
    person, _ = untrained()
    joined(of, person)
    called_off(of)
    browser = signed_in(device, person)
    browser.get("/desk")
    assert "一次培训已取消，无需到场。" in browser.words
    with db.read():
        course = of.read()
        assert course.code in browser.words
        assert f"志愿者岗前培训 · {course.on.year}" in browser.words
        number = db.session.scalars(select(Letter.id).where(Letter.kind == "course off")).one()
    browser.get(f"/letters/{number}/text")
    assert "志愿者岗前培训" in browser.words
    browser.get(f"/letters/{number}")
    assert "本次培训已取消" in browser.words
    assert "无需到场。" in browser.words
