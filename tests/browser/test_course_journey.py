"""A course makes a helper matchable, each step by whom it belongs to: the office plans it, the
helper signs up, the unit says who came, the office confirms; the round before finds nobody, the
round after the pair.

Would fail: a course that counts before a second person has confirmed it; a round that matches who
is not trained; a page that does not lead the helper to the course."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.activities.models import Course
from jiedui.activities.queries.courses import get_course
from jiedui.core import clock, db, jobs
from jiedui.pairings.actions import rounds
from tests import people
from tests.activities.test_courses import untrained
from tests.browser.conftest import ItIs, Served
from tests.browser.hand import Hand
from tests.builders.helpers import agency
from tests.builders.needs import open_need
from tests.pairings.test_rounds import boss, drafted, pairs_of

pytestmark = pytest.mark.reliability  # half a minute of clicks: the longer runs play them


def solved_again(round_id: int, by: people.Person) -> list[tuple[int, int]]:
    """The pairs of a round that is solved anew, by the real engine."""
    with db.write():
        rounds.again(round_id, by=by.actor())
    jobs.work_off()
    return list(pairs_of(round_id))


def test_trained_first_then_matched(browser: Browser, served: Served, it_is: ItIs) -> None:
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    unit = agency("北试社工中心")
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    person, number = untrained(name="贾受训")
    need, league = open_need(), boss()
    number_of_round = drafted(league)
    assert pairs_of(number_of_round) == {}
    day = clock.today() + timedelta(days=3)

    def at(who: people.Person) -> Hand:
        return Hand(browser, served.url).sign_in(who.phone)

    hand = at(civil)
    hand.go("/courses/new")
    hand.fill(
        title="志愿者岗前培训", content="儿童保护、边界、求助", audience="helpers", unit=unit,
        day=day.isoformat(), begins_at="09:00", ends_at="11:00", minutes="120", seats="10",
        holds_months="12",
    )  # fmt: skip
    hand.press()
    hand.done()
    with db.read() as session:
        course = session.scalars(select(Course.id)).one()
    hand = at(person)
    hand.go("/courses")
    hand.open_link(f"/courses/{course}")
    hand.press("报名")
    hand.sees("已报名")
    hand.done()
    it_is(day, 12)
    hand = at(manager)
    hand.go(f"/courses/{course}/list")
    with db.read():
        (member,) = get_course(course).members_on
        came = member.id
    hand.fill(came=came)
    hand.press()
    hand.done()
    assert solved_again(number_of_round, league) == []
    hand = at(civil)
    hand.go("/desk")
    hand.go(f"/courses/{course}/confirm")
    hand.press()
    hand.done()
    assert solved_again(number_of_round, league) == [(need, number)]
    hand = at(person)
    hand.go("/courses")
    hand.sees("志愿者岗前培训")
    hand.done()
