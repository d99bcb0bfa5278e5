"""Sessions are planned eight weeks ahead, moved with one tap, called off with a reason, told to the
other side, and compared with what took place.

Seen to fail: follow() left out (sessions of a paused pairing stayed), _look_again() left out (a
week of exams written down later changed nothing)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.contact.actions import dates, plan
from jiedui.contact.jobs import NIGHTLY
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import ones
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.ones import One
from jiedui.contact.rules.plan import (
    DatesKind,
    LeftOut,
    PlanRefusal,
    SessionState,
    Turn,
)
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter
from jiedui.hours.actions import log_session
from jiedui.hours.rules import SessionKind
from jiedui.needs.rules import Frequency
from jiedui.pairings.actions import ending
from jiedui.pairings.rules import CloseReason, PauseReason
from tests import people
from tests.builders import helpers as volunteers
from tests.builders import hours
from tests.builders import pairings as build
from tests.builders.contact import planned
from tests.builders.pairings import Pair
from tests.client import Browser

MORNINGS = frozenset({15, 16, 18})


def many(**over: object) -> Pair:
    """A pair with three common times, met today, and planned."""
    helper = volunteers.cleared_volunteer(slots=MORNINGS)
    pair = build.trial(helper_of=helper, slots=MORNINGS, **over)
    planned(pair)
    return pair


def sessions(pair: Pair) -> list[PlannedSession]:
    """Everything planned, inside a transaction."""
    return queries.future(pair.id)


def states(pair: Pair) -> Counter[SessionState]:
    """How many sessions stand in which state."""
    with db.read():
        return Counter(one.state for one in sessions(pair))


def letters(person: people.Person) -> list[str]:
    """Which letters somebody has."""
    with db.read():
        mine = db.session.query(Letter).filter_by(to_account_id=person.account_id)
        return [one.kind.value for one in mine.order_by(Letter.id)]


def test_eight_weeks_are_planned_and_twice_is_once(either_app: Flask) -> None:
    """On Saturday mornings; what the calendar leaves out stands there with its reason."""
    pair = build.trial()
    assert planned(pair) >= 7
    assert planned(pair) == 0
    with db.read():
        rows = sessions(pair)
        calendar = queries.Calendar(rows[0].county_id, clock.today(), rows[-1].planned_on)
        for one in rows:
            assert one.planned_on.weekday() == 5
            assert f"{clock.local(one.start_at):%H:%M}" == "09:00"
            day = calendar.day(one.planned_on)
            closed = day.holiday or day.worked_weekend
            assert (one.state is SessionState.cancelled) is closed


def test_the_spring_festival_and_its_worked_weekends(app: Flask) -> None:
    """The State Council's calendar of 2026: holidays from 15 to 23 February; Saturday the 14th and
    the 28th are school days."""
    with clock.moved_to(clock.at(date(2026, 2, 5), 10)):
        pair = build.trial()
        planned(pair)
        with db.read():
            why = {one.planned_on: one.left_out for one in sessions(pair)}
    assert why[date(2026, 2, 7)] is None
    assert why[date(2026, 2, 14)] is LeftOut.school_day
    assert why[date(2026, 2, 21)] is LeftOut.public_holiday
    assert why[date(2026, 2, 28)] is LeftOut.school_day
    assert why[date(2026, 3, 7)] is None


def test_a_week_of_exams_written_down_later_is_left_out_and_comes_back(app: Flask) -> None:
    """Through the page of the county and the job that follows."""
    pair = build.trial()
    planned(pair)
    officer = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.read():
        on = next(s.planned_on for s in sessions(pair) if s.state is SessionState.planned)
    browser = Browser(app)
    browser.sign_in(officer.phone)
    wrong = browser.send(
        "/school-dates", kind="exam_week", starts=on.isoformat(),
        ends=(on - timedelta(days=1)).isoformat(),
    )  # fmt: skip
    assert wrong.status_code == 422
    assert "结束日期早于开始日期" in browser.words
    browser.send("/school-dates", kind="exam_week", starts=on.isoformat(), ends=on.isoformat())
    assert "日期已写入" in browser.words
    jobs.work_off()
    with db.read():
        (one,) = [s for s in sessions(pair) if s.planned_on == on]
        assert one.left_out is LeftOut.exam_week
        number = queries.dates(one.county_id)[0].id
    browser.send(f"/school-dates/{number}/end")
    jobs.work_off()
    with db.read():
        (one,) = [s for s in sessions(pair) if s.planned_on == on]
        assert one.state is SessionState.planned


def test_moved_by_the_helper_the_village_hears_and_tells_the_family(app: Flask) -> None:
    """One of three times; the page of the village has the words to send, until the family knows."""
    pair = many()
    with db.read():
        first = next(s for s in sessions(pair) if s.state is SessionState.planned)
        number, to = first.id, queries.other_times(first)[0]
        assert len(queries.other_times(first)) == 3
    helper = Browser(app)
    helper.sign_in(pair.helper.phone)
    helper.get("/calendar")
    assert "我的日历" in helper.words
    helper.send(f"/plan/{number}/move", to=f"{to.on.isoformat()}/{to.slot}")
    assert "时间已改" in helper.words
    assert "session moved" in letters(pair.director)
    assert "session moved" not in letters(pair.helper)
    village = Browser(app)
    village.sign_in(pair.director.phone)
    village.get("/plan/changes")
    assert "有 1 家要告诉" in village.words
    village.send(f"/plan/{number}/told")
    village.get("/plan/changes")
    assert "各家都已知道" in village.words
    with db.read():
        one = queries.get(number)
        assert (one.state, clock.local(one.start_at).date()) == (SessionState.moved, to.on)


def test_called_off_by_the_village_the_helper_hears(app: Flask) -> None:
    """And it can be moved afterwards; twice called off is refused."""
    pair = many()
    with db.read():
        number = next(s for s in sessions(pair) if s.state is SessionState.planned).id
    village = Browser(app)
    village.sign_in(pair.director.phone)
    assert village.send(f"/plan/{number}/cancel").status_code == 422
    village.send(f"/plan/{number}/cancel", reason="family_cannot")
    assert "这次活动已取消" in village.words
    assert letters(pair.helper)[-1] == "session cancelled"
    village.send(f"/plan/{number}/cancel", reason="family_cannot")
    assert "这次活动已不在计划中" in village.words
    with db.write():
        one = queries.get(number)
        plan.move(one, queries.other_times(one)[0], by=pair.director.actor())
    with db.read():
        assert queries.get(number).state is SessionState.moved


def test_a_time_that_was_not_suggested_is_refused(app: Flask) -> None:
    """A page may be old, or somebody may write what they like."""
    pair = many()
    with db.write():
        one = next(s for s in sessions(pair) if s.state is SessionState.planned)
        with pytest.raises(Refusal) as refused:
            plan.move(one, Turn(date(2020, 1, 4), 15), by=pair.helper.actor())
        assert refused.value.code is PlanRefusal.not_suggested


def test_what_was_moved_stays_moved(app: Flask) -> None:
    """The nightly job plans the turn not again and does not move it back."""
    pair = many()
    with db.write():
        one = next(s for s in sessions(pair) if s.state is SessionState.planned)
        plan.move(one, queries.other_times(one)[0], by=pair.helper.actor())
    before = states(pair)
    assert planned(pair) == 0
    assert states(pair) == before


def test_a_pause_stops_the_plan_and_going_on_brings_it_back(either_app: Flask) -> None:
    """In the same act, with nothing left over and nothing doubled."""
    pair = build.trial()
    planned(pair)
    before = states(pair)
    with db.write():
        ending.pause(pair.id, PauseReason.helper_away, by=pair.director.actor())
    assert states(pair)[SessionState.planned] == 0
    with db.write():
        ending.resume(pair.id, by=pair.director.actor())
    assert states(pair) == before


def test_nothing_is_planned_beyond_the_goodbye(app: Flask) -> None:
    """From the moment at which its day is set."""
    pair = build.active()
    planned(pair)
    goodbye = clock.today() + timedelta(days=16)
    with db.write():
        ending.plan_end(pair.id, CloseReason.helper_moved, goodbye, by=pair.officer.actor())
    with db.read():
        coming = [s for s in sessions(pair) if s.state is SessionState.planned]
        assert coming
        assert all(queries.local(s.start_at)[0] <= goodbye for s in coming)
    assert planned(pair) == 0


def test_two_monthly_children_are_not_planned_at_one_time(either_app: Flask) -> None:
    """A caring mother sees each once a month on the same Saturday; the second gets another of the
    common times, or another day: the database refuses both at once."""
    helper = volunteers.cleared_volunteer(slots=MORNINGS, capacity=2)
    pairs = []
    for _ in range(2):
        over = {"frequency": Frequency.monthly, "slots": MORNINGS, "slot": None}
        pairs.append(build.trial(helper_of=helper, **over))
    for pair in pairs:
        planned(pair)
    with db.read():
        coming = [s for p in pairs for s in sessions(p) if s.state is SessionState.planned]
        starts = [s.start_at for s in coming]
        assert len(starts) >= 2
        assert len(set(starts)) == len(starts)
        first, second = coming[0].id, coming[-1].id
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(
            text(
                "UPDATE planned_session SET start_at = (SELECT start_at FROM planned_session"
                " WHERE id = :a), end_at = (SELECT end_at FROM planned_session WHERE id = :a)"
                " WHERE id = :b"
            ),
            {"a": first, "b": second},
        )


def test_past_sessions_are_compared_with_the_hours(app: Flask) -> None:
    """Held where one is logged on that day; missed after two weeks without; a late log mends it."""
    pair = build.trial()
    planned(pair)
    with db.read():
        coming = [s for s in sessions(pair) if s.state is SessionState.planned]
        (first, day), (second, other), county = (
            *((s.id, s.planned_on) for s in coming[:2]),
            coming[0].county_id,
        )

    def settled() -> tuple[SessionState, SessionState]:
        with db.write():
            jobs.ask(NIGHTLY, by=SYSTEM, county_id=county, county=county)
        jobs.work_off()
        with db.read():
            return queries.get(first).state, queries.get(second).state

    with clock.moved_to(clock.at(other, 20)):
        hours.logged(pair, day, "09:00", "10:00")
        assert settled() == (SessionState.held, SessionState.planned)
    with clock.moved_to(clock.at(other + timedelta(days=15), 20)):
        assert settled() == (SessionState.held, SessionState.missed)
        hours.logged(pair, other, "09:00", "10:00")
        assert settled() == (SessionState.held, SessionState.held)


def test_the_six_of_a_year_come_from_what_took_place(app: Flask) -> None:
    """A call that is on record counts for its month."""
    pair = hours.serving()
    with hours.evening_after() as day, db.write():
        call = replace(hours.said(day, "19:00", "19:10"), kind=SessionKind.call)
        log_session(pair.read(), call, by=pair.helper.actor())
        wish = replace(hours.said(day, "18:00", "18:20"), kind=SessionKind.parcel)
        log_session(pair.read(), wish, by=pair.helper.actor())
    with hours.evening_after(), db.read():
        seen = {one.one: one for one in ones.of_pairing(pair.read())}
    assert seen[One.call].done == 1
    assert seen[One.letter].done == 0
    assert seen[One.wish].done == 1
    browser = Browser(app)
    browser.sign_in(pair.director.phone)
    browser.get(f"/pairings/{pair.id}/plan")
    assert "今年的六个一" in browser.words


def test_days_of_a_county_do_not_overlap_themselves(app: Flask) -> None:
    """The same kind twice is a slip of the pen."""
    county = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.write():
        region, today = people.region(people.COUNTY), clock.today()
        kind = DatesKind.school_holiday
        dates.add(region, kind, today, today + timedelta(days=9), by=county.actor())
        for starts, ends, code in (
            (today, today - timedelta(days=1), PlanRefusal.dates_backwards),
            (today, today + timedelta(days=101), PlanRefusal.dates_too_long),
            (today + timedelta(days=9), today + timedelta(days=20), PlanRefusal.dates_overlap),
        ):
            with pytest.raises(Refusal) as refused:
                dates.add(region, kind, starts, ends, by=county.actor())
            assert refused.value.code is code
