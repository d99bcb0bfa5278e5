"""Once a month the village hears of wishes that have nobody.

Seen to fail: a letter each day, a letter about a wish of last week, a village without a director
whose township hears nothing."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.outbox import Letter, LetterKind
from jiedui.pairings.jobs.life import MONTHLY
from tests import people
from tests.builders import children as kids
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person


def morning(day: date) -> None:
    """The calendar asks on this day (opens its own write)."""
    with clock.moved_to(clock.at(day, 8, 30)):
        with db.write():
            county = people.region(people.COUNTY).id
            jobs.ask(MONTHLY, by=SYSTEM, county_id=county, county=county)
        jobs.work_off()


def written(person: Person) -> int:
    """How many of these letters somebody has."""
    with db.read():
        mine = db.session.query(Letter).filter_by(to_account_id=person.account_id)
        return mine.filter_by(kind=LetterKind.wishes_waiting).count()


def working_day(day: date) -> date:
    """This day, or the next on which people work."""
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    return day


def test_one_letter_a_month_in_words(app: Flask) -> None:
    """Not in the first month of a wish, not twice in one month, again in the next; it leads to the
    wishes."""
    director = kids.director()
    open_need(director)
    morning(working_day(clock.today() + timedelta(days=1)))
    assert written(director) == 0
    first = working_day((clock.today() + timedelta(days=62)).replace(day=1))
    for ahead in range(4):
        morning(first + timedelta(days=ahead))
    assert written(director) == 1
    morning(working_day((first + timedelta(days=32)).replace(day=1)))
    assert written(director) == 2
    hand = Browser(app)
    hand.sign_in(director.phone)
    hand.get("/desk")
    assert "一个月还没有人" in hand.words
    with db.read():
        letter = db.session.query(Letter).filter_by(to_account_id=director.account_id).first()
        assert letter is not None
        number = letter.id
    assert hand.get(f"/letters/{number}").request.path == "/needs"
