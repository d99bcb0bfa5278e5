"""What stands out is held until a person has looked, and whoever is doubted is heard in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.hours import actions, jobs, queries
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import (
    Book,
    DisputeReason,
    EntryState,
    Evidence,
    HeldFor,
    HoursRefusal,
    Span,
)
from jiedui.hours.rules.anomalies import Stop, at_night, in_burst, only_round, too_fast
from jiedui.partners.models import Place
from tests import people
from tests.builders.hours import evening_after, logged, serving, two_pairs, verified
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
MINUTES = st.integers(0, 24 * 60 - 1)
HERE, FAR = (25.6, 115.8), (26.6, 116.8)  # about 150 km


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def read(number: int) -> ServiceSession:
    """An entry as it stands (in a transaction of its own)."""
    with db.read():
        found = queries.get(number)
        db.session.expunge(found)
        return found


@given(MINUTES, MINUTES)
def test_the_hours_of_the_night(a: int, b: int) -> None:
    """Any minute between ten in the evening and six in the morning."""
    start, end = sorted((a, b))
    minutes = range(start, end)
    night = any(m < 360 or m >= 1320 for m in minutes)
    if start < end:
        assert at_night(time(start // 60, start % 60), time(end // 60, end % 60)) == night


@given(st.integers(0, 600))
def test_no_road_is_faster_than_eighty(gap: int) -> None:
    """150 km take nearly two hours; without a point nothing is said; in either order."""
    zero = clock.at(clock.today(), 8)
    first = Stop(Span(zero, zero + timedelta(hours=1)), HERE)
    begin = zero + timedelta(minutes=60 + gap)
    other = Stop(Span(begin, begin + timedelta(hours=1)), FAR)
    fast = gap < 100
    if not 100 <= gap <= 130:
        assert too_fast(first, [other]) == too_fast(other, [first]) == fast
    assert not too_fast(Stop(first.span, None), [other])


@given(st.lists(st.integers(0, 900), max_size=200))
def test_a_burst_is_more_than_sixty_in_ten_minutes(seconds: list[int]) -> None:
    """Found from the first entry that is too many."""
    zero = clock.now()
    times = sorted(zero + timedelta(seconds=s) for s in seconds)
    begins = in_burst(times)
    slow = all((times[n] - times[n - 60]).total_seconds() > 600 for n in range(60, len(times)))
    assert (begins is None) == slow


def test_a_weekly_habit_of_full_hours_is_no_finding() -> None:
    """Eight times seven to eight is a habit; eight different full hours stand out."""
    habit = [(time(19), time(20))] * 8
    assert not only_round(habit)
    mixed = [(time(h), time(h + 1)) for h in (9, 10, 14, 15, 9, 10, 16, 17)]
    assert only_round(mixed)
    assert not only_round(mixed[:7])
    assert not only_round([(time(9), time(10, 5)), *mixed[1:]])


def test_more_than_eight_hours_and_the_night_are_held(app: Flask) -> None:
    """The entry stays, counts nowhere, and waits. Made to fail: a held entry that is summed."""
    one, other = two_pairs()
    with evening_after(3) as today:
        day = today - timedelta(days=1)
        logged(one, day, "08:00", "14:00")
        long_day = read(logged(other, day, "15:00", "17:30"))
        assert (long_day.state, long_day.held_for) == (EntryState.held, HeldFor.long_day)
        night = read(logged(one, today - timedelta(days=2), "21:30", "22:30"))
        assert night.held_for is HeldFor.night
        with db.read():
            sums = queries.sums(one.helper_id)[Book.voluntary]
            assert sums[Evidence.declared].minutes == 360
            assert queries.in_question(one.helper_id).minutes == 210
            assert queries.unverified(one.director.actor()) == [queries.get(1)]


def test_two_places_too_far_apart_are_held(app: Flask) -> None:
    """Half an hour between two homes that are a hundred and fifty kilometres apart."""
    one, other = two_pairs()
    with db.write():
        for pair, (latitude, longitude) in ((one, HERE), (other, FAR)):
            place = db.session.get_one(Place, pair.read().need.place_id)
            place.latitude, place.longitude = latitude, longitude
    with evening_after() as day:
        assert read(logged(one, day, "09:00", "10:00")).state is EntryState.counted
        assert read(logged(other, day, "10:30", "11:30")).held_for is HeldFor.far_apart
        assert read(logged(other, day, "14:00", "15:00")).state is EntryState.counted


def test_the_night_looks_at_what_is_new_once(app: Flask) -> None:
    """Full hours of all kinds: the last entry is held; looked at once, and let go for good."""
    pair = serving()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    with evening_after(9) as today:
        for n, hour in enumerate((9, 10, 14, 15, 9, 10, 16, 17)):
            day = today - timedelta(days=8 - n)
            last = logged(pair, day, f"{hour:02}:00", f"{hour + 1:02}:00")
        county = people_county()
        assert jobs.nightly(1, county=county) == {"looked": 8, "held": 1, "stars": 0}
        assert read(last).held_for is HeldFor.round_times
        with db.write():
            actions.release(queries.get(last), by=township.actor())
        assert jobs.nightly(2, county=county) == {"looked": 0, "held": 0, "stars": 0}
        with db.write():
            db.session.execute(update(ServiceSession).values(looked_at=None))
        assert jobs.nightly(3, county=county)["held"] == 0
        assert read(last).state is EntryState.counted


def people_county() -> int:
    """The id of the county."""
    with db.read():
        return people.region(people.COUNTY).id


def test_what_one_person_verifies_in_a_burst_is_held(app: Flask) -> None:
    """From the sixty-first within ten minutes on."""
    pair = serving()
    with evening_after(30) as today:
        ids = [
            logged(
                pair, today - timedelta(days=n % 28), f"{8 + n // 28:02}:10", f"{8 + n // 28:02}:40"
            )
            for n in range(63)
        ]
        with db.write():
            actions.verify([queries.get(n) for n in ids], by=pair.director.actor())
        assert jobs.nightly(1, county=people_county())["held"] == 3
        with db.read():
            held = select(ServiceSession).where(ServiceSession.state == EntryState.held)
            assert {s.held_for for s in db.session.scalars(held)} == {HeldFor.burst}


def test_a_held_entry_is_let_count_by_another_person(app: Flask, device: Device) -> None:
    """Not by whose it is; a message tells them."""
    pair = serving()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    with evening_after(2) as day:
        number = logged(pair, day - timedelta(days=1), "21:30", "22:30")
        with db.write(), pytest.raises(Refusal) as found:
            actions.release(queries.get(number), by=pair.helper.actor())
        assert found.value.code is HoursRefusal.own_session
        browser = signed_in(device, township)
        browser.get("/hours/questions")
        assert "深夜或凌晨" in browser.words
        browser.send(f"/hours/sessions/{number}/release", version=str(read(number).version))
        assert "这次服务已计入" in browser.words
        assert read(number).state is EntryState.counted
        with db.read():
            told = select(Letter).where(Letter.kind == LetterKind.session_verified)
            assert db.session.scalars(told).one().to_account_id == pair.helper.account_id


def test_an_objection_is_answered_by_somebody_else_in_ten_working_days(
    app: Flask, device: Device
) -> None:
    """The volunteer says how it was; not the director who doubted answers, but the township, and
    the session counts as listed. Made to fail: whoever disputed answers; due in calendar days."""
    pair = serving()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    with evening_after(2) as day:
        number = logged(pair, day)
        with db.write():
            actions.dispute(queries.get(number), DisputeReason.not_held, by=pair.director.actor())
        browser = signed_in(device, pair.helper)
        browser.send(f"/hours/sessions/{number}/object", words="奶奶当时去赶集了，孩子在家")
        due = clock.working_days_after(day, 10)
        assert f"{due.month}月{due.day}日" in browser.words
        assert due > day + timedelta(days=11)
        desk = signed_in(device, township)
        desk.get("/desk")
        assert "志愿者有异议" in desk.words
        with db.read():
            objection = queries.objection_to(number)
            assert objection is not None
            assert objection.due == due
            number_said = objection.id
        with db.write(), pytest.raises(Refusal) as found:
            actions.answer(
                queries.get_objection(number_said),
                upheld=True,
                words="好",
                by=pair.director.actor(),
            )
        assert found.value.code is HoursRefusal.own_dispute
        desk.send(f"/hours/objections/{number_said}", outcome="counts", words="问过奶奶，属实")
        one = read(number)
        assert (one.state, one.evidence) == (EntryState.counted, Evidence.listed)
        assert one.verified_by == township.account_id
        browser.get("/desk")
        assert "您的时长已核实" in browser.words


def test_an_objection_that_is_not_upheld_leaves_the_doubt(app: Flask, device: Device) -> None:
    """The volunteer reads why; a second objection is not possible while the first is open."""
    pair = serving()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    with evening_after(2) as day:
        number = verified(pair, day)
        with db.write():
            actions.dispute(queries.get(number), DisputeReason.not_held, by=pair.director.actor())
            said = actions.object_to_dispute(
                queries.get(number), "孩子记得", by=pair.helper.actor()
            )
            db.session.flush()
            number_said = said.id
            with pytest.raises(Refusal) as twice:
                actions.object_to_dispute(queries.get(number), "再说", by=pair.helper.actor())
        assert twice.value.code is HoursRefusal.objected_already
        with db.write():
            actions.answer(
                queries.get_objection(number_said),
                upheld=False,
                words="那天学校放假",
                by=township.actor(),
            )
        assert read(number).state is EntryState.disputed
        browser = signed_in(device, pair.helper)
        browser.get("/hours")
        assert "那天学校放假" in browser.words
        with db.read():
            sums = queries.sums(pair.helper_id)[Book.voluntary]
            assert sums[Evidence.listed].minutes == 0


def test_ten_working_days_to_put_a_session_on_record(app: Flask, device: Device) -> None:
    """The last weekly day without a session is counted down; a session ends it. Made to fail: a
    countdown in calendar days."""
    pair = serving()
    met = clock.today()
    saturday = met + timedelta(days=(5 - met.weekday()) % 7 or 7)
    with clock.moved_to(clock.at(saturday + timedelta(days=2), 20)):
        with db.read():
            (one,) = queries.coming(pair.helper_id)
            due = clock.working_days_after(saturday, 10)
            assert (one.unrecorded, one.record_by) == (saturday, due)
            assert one.days_left == (due - clock.today()).days
        browser = signed_in(device, pair.helper)
        browser.get("/hours")
        assert f"{due.month}月{due.day}日" in browser.words
        logged(pair, saturday)
        with db.read():
            assert queries.coming(pair.helper_id)[0].record_by is None


def nightly(county: int) -> None:
    """The calendar's work of a night."""
    jobs.nightly(0, county=county)


def leave(browser: Browser) -> None:
    """Whoever was signed in leaves; the browser stays the same."""
    browser.http.delete_cookie("jiedui")


def test_both_sides_on_one_device_is_held_for_a_look(app: Flask) -> None:
    """One browser for the volunteer and for who verifies; on two it counts. The marks are keyed,
    and gone after ninety days."""
    pair = serving()
    one, two = Browser(app), Browser(app)
    fields = {"starts": "09:00", "ends": "10:00", "kind": "meeting", "book": "voluntary"}
    with evening_after(3) as today:
        for days, verifying in ((1, one), (2, two)):
            one.sign_in(pair.helper.phone)
            on = (today - timedelta(days=days)).isoformat()
            one.get("/hours")
            one.send(f"/hours/pairings/{pair.id}/new", **fields, on=on, note="读书")
            leave(one)
            verifying.sign_in(pair.director.phone)
            verifying.get("/hours/weekly")
            with db.read():
                (entry,) = queries.unverified(pair.director.actor())
                ticked = f"{entry.id}-{entry.version}"
            verifying.send("/hours/weekly", sessions=ticked)
            leave(verifying)
        with db.read():
            county = people.region(people.COUNTY).id
        nightly(county)
        with db.read():
            rows = db.session.scalars(select(ServiceSession).order_by(ServiceSession.id)).all()
            assert [(s.state, s.held_for) for s in rows] == [
                (EntryState.held, HeldFor.same_device),
                (EntryState.counted, None),
            ]
            marks = {s.device for s in rows} | {s.verified_device for s in rows}
            assert len(marks) == 2
            assert all(len(mark or "") == 64 for mark in marks)
    with clock.moved_to(clock.now() + timedelta(days=100)):
        nightly(county)
    with db.read():
        assert {s.device for s in db.session.scalars(select(ServiceSession))} == {None}
