"""Star levels: checked-in hours alone, two persons, five working days before everybody's eyes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.helpers import queries as helpers
from jiedui.hours import actions, jobs, queries
from jiedui.hours.queries import stars
from jiedui.hours.rules import HoursRefusal
from jiedui.hours.rules.stars import HOURS, StarReason, StarState, level_for, minutes_to_next
from tests.builders.hours import evening_after, logged, said, serving, strip
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


@given(st.integers(0, 200_000))
def test_levels_are_reached_at_their_hours(minutes: int) -> None:
    """Not a minute before; what is missing is what reaches the next. Made to fail: a level at
    99 hours."""
    level = level_for(minutes)
    assert all((minutes >= h * 60) == (n < level) for n, h in enumerate(HOURS))
    missing = minutes_to_next(minutes)
    assert (missing is None) == (level == 5)
    if missing is not None:
        assert level_for(minutes + missing) == level + 1
        assert level_for(minutes + missing - 1) == level


def hundred_hours(pair: Pair, *, by_code: bool) -> list[int]:
    """Thirteen days of eight hours, each checked in that evening or only declared."""
    codes = strip(pair) if by_code else [""] * 13
    numbers = []
    for n in range(13):
        with evening_after(n + 1) as day:
            numbers.append(logged(pair, day, "08:00", "16:00", code=codes[n]))
    return numbers


def test_declared_hours_earn_nothing(app: Flask) -> None:
    """However many. Made to fail: stars from the sum of all columns."""
    pair = serving()
    hundred_hours(pair, by_code=False)
    with evening_after(14), db.write(), pytest.raises(Refusal) as found:
        actions.apply_for_star(helpers.get(pair.helper_id), by=pair.helper.actor())
    assert found.value.code is HoursRefusal.no_star


def test_from_the_application_to_the_star(app: Flask, device: Device) -> None:
    """The volunteer applies, an office reviews, everybody may object for five working days, and
    the calendar grants it; not a day earlier."""
    pair = serving()
    hundred_hours(pair, by_code=True)
    with evening_after(14) as day:
        browser = signed_in(device, pair.helper)
        browser.send(f"/helpers/{pair.helper_id}/stars")
        assert "已申请，等主管部门审核" in browser.words
        with db.read():
            award = stars.standing(pair.helper_id).last
            assert award is not None
            number, county, version = award.id, award.county_id, award.version
        with db.write(), pytest.raises(Refusal) as own:
            actions.publish_star(stars.get_star(number), by=pair.helper.actor())
        assert own.value.code is HoursRefusal.own_star
        officer = signed_in(device, pair.officer)
        officer.get("/hours/stars")
        assert "1 星" in officer.words
        officer.send(f"/hours/stars/{number}/publish", version=str(version))
        until = clock.working_days_after(day, 5)
        anybody = device()
        anybody.get("/stars")
        assert "贾＊＊" in anybody.words
        assert "贾志愿" not in anybody.text
        with clock.moved_to(clock.at(until, 2)):
            assert jobs.nightly(1, county=county)["stars"] == 0
        with clock.moved_to(clock.at(until + timedelta(days=1), 2)):
            assert jobs.nightly(2, county=county)["stars"] == 1
        with db.read():
            assert stars.standing(pair.helper_id).granted == 1


def test_hours_reversed_in_the_days_of_publicity_end_it(app: Flask) -> None:
    """What was reached is looked at again when it is granted."""
    pair = serving()
    numbers = hundred_hours(pair, by_code=True)
    with evening_after(14) as day:
        with db.write():
            award = actions.apply_for_star(helpers.get(pair.helper_id), by=pair.helper.actor())
            db.session.flush()
            number = award.id
        with db.write():
            actions.publish_star(stars.get_star(number), by=pair.officer.actor())
        with db.write():
            last = queries.get(numbers[-1])
            actions.correct(last, said(last.on, "08:00", "09:00"), by=pair.helper.actor())
        later = clock.working_days_after(day, 6)
        with clock.moved_to(clock.at(later, 2)), db.write():
            assert actions.grant_star(number) is False
        with db.read():
            one = stars.get_star(number)
            assert (one.state, one.reason) == (StarState.refused, StarReason.too_few)
