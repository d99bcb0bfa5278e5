"""Quarterly reviews in tests: the calendar opens them, people answer them, a supervisor signs."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date

from jiedui.care.actions import reviews as actions
from jiedui.care.models import Review, ReviewFile
from jiedui.care.queries import reviews, standings
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from tests import people
from tests.people import Person


def morning() -> None:
    """What the calendar does for the county this morning."""
    with db.write():
        county = people.region(people.COUNTY).id
        jobs.ask("care.reviews", by=SYSTEM, county_id=county, county=county)
    jobs.work_off()


def of_township(code: str = people.TOWNSHIP) -> Review:
    """The review of a township for the quarter that runs (inside a transaction)."""
    found = reviews.of_township(people.region(code).id, reviews.current())
    assert found is not None
    return found


def number(code: str = people.TOWNSHIP) -> int:
    """Its id."""
    with db.read():
        return of_township(code).id


def file_of(child_id: int, review_id: int | None = None) -> int:
    """The number of a child's file in the newest review it is in, or in a given one."""
    with db.read():
        found = db.session.query(ReviewFile).filter_by(child_id=child_id)
        found = found.filter_by(review_id=review_id) if review_id else found
        newest = found.order_by(ReviewFile.id.desc()).first()
        assert newest is not None
        return newest.id


def confirm_all(by: Person, code: str = people.TOWNSHIP) -> None:
    """Every file that waits is confirmed, one by one."""
    with db.write():
        for one in standings.of_review(of_township(code)):
            if one.waits:
                actions.confirm(one.file, by=by.actor())


def sign(by: Person, code: str = people.TOWNSHIP) -> int:
    """The review of the quarter that runs is signed off; returns its id."""
    with db.write():
        review = of_township(code)
        actions.sign(review, by=by.actor())
        return review.id


def on(year: int, month: int, day: int, hour: int = 9) -> AbstractContextManager[None]:
    """Let it be this day in China."""
    return clock.moved_to(clock.at(date(year, month, day), hour))


def number_of(child_id: int) -> int:
    """The id of the newest review a child's file is in."""
    file = file_of(child_id)
    with db.read():
        return db.session.get_one(ReviewFile, file).review_id
