"""Checking in at an event: the sign on its keeper's phone changes every minute and works on its
day; what lies between two scans is checked in, in the one ledger, and the list does not count it
again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jiedui.activities import actions
from jiedui.activities.rules import CalledOff
from jiedui.core import clock, db
from jiedui.helpers import queries as helpers
from jiedui.hours import actions as hours
from jiedui.hours import queries
from jiedui.hours.models import PlaceStay, ServiceSession
from jiedui.hours.rules import Evidence, HoursRefusal
from jiedui.hours.rules.codes import step_at
from tests.activities.test_classes import execute, refused
from tests.activities.test_events import seated
from tests.activities.test_pages import signed_in
from tests.builders import events as build
from tests.builders.helpers import cleared_volunteer
from tests.builders.hours import sign_now
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
Evented = tuple[build.Event, Person, int]


def with_volunteer() -> Evented:
    """An event from two to four in the afternoon, with one volunteer who has said yes."""
    of = build.planned()
    person, number = cleared_volunteer(name="贾签到")
    with db.write():
        one = actions.ask(of.read(), number, by=of.office.actor())
        db.session.flush()
        actions.answer(one, yes=True, by=person.actor())
    return of, person, number


def at(of: build.Event, hour: int, minute: int = 0) -> datetime:
    """A time on the day of the event."""
    with db.read():
        return clock.at(of.meeting().on, hour, minute)


def sign(of: build.Event) -> tuple[int, str]:
    """What the keeper's phone shows at this moment."""
    with db.read():
        step = step_at(clock.now())
        return step, queries.meeting_sign_of(of.meeting().id, step)


def arrive(
    of: build.Event, person: Person, number: int, shown: tuple[int, str] | None = None
) -> None:
    """The volunteer scans and says that they arrive."""
    seen = shown or sign(of)
    with db.write():
        hours.arrive_at_meeting(of.meeting(), helpers.get(number), seen, by=person.actor())


def leave(of: build.Event, person: Person, number: int) -> None:
    """The volunteer scans again and goes."""
    seen = sign(of)
    with db.write():
        stay = queries.staying(number)
        assert stay is not None
        hours.leave_meeting(stay, of.meeting(), seen, by=person.actor())


def minutes(number: int) -> dict[Evidence, int]:
    """A volunteer's minutes by how we know of them."""
    with db.read():
        rows = db.session.execute(
            select(ServiceSession.evidence, ServiceSession.minutes).where(
                ServiceSession.helper_id == number
            )
        )
        return {row[0]: row[1] for row in rows}


def test_what_lies_between_the_scans_is_checked_in_and_counted_once(either_app: Flask) -> None:
    """Half an hour before the beginning does not count; the list, on which the volunteer stands
    too, adds nothing. Seen to fail: `on_meeting_confirmed` without the look at who was scanned
    (the list is refused); `max` left out of the span."""
    of, person, number = with_volunteer()
    child = seated(of)
    with clock.moved_to(at(of, 13, 30)):
        arrive(of, person, number)
    with clock.moved_to(at(of, 15, 10)):
        leave(of, person, number)
    assert minutes(number) == {Evidence.checked_in: 70}
    with clock.moved_to(of.after()):
        build.told(of, helpers=(number,), others=1)
        build.confirmed(of, of.director, (child,))
    assert minutes(number) == {Evidence.checked_in: 70}


def test_who_did_not_scan_the_end_stands_on_the_list(app: Flask) -> None:
    """The open stay is dropped, and the two hours are listed as of old."""
    of, person, number = with_volunteer()
    child = seated(of)
    with clock.moved_to(at(of, 14)):
        arrive(of, person, number)
    with clock.moved_to(of.after()):
        build.told(of, helpers=(number,), others=1)
        build.confirmed(of, of.director, (child,))
    assert minutes(number) == {Evidence.listed: 120}
    with db.read():
        assert queries.staying(number) is None


def test_a_sign_is_of_its_minute_its_event_and_its_day(app: Flask) -> None:
    """Seen to fail: without the look at the day; with the place's mark in place of the event's."""
    of, person, number = with_volunteer()
    with clock.moved_to(at(of, 14) - timedelta(days=1)), refused(HoursRefusal.meeting_not_now):
        arrive(of, person, number)
    with clock.moved_to(at(of, 14)):
        old = sign(of)
        with db.read():
            place = of.read().place_id
        with refused(HoursRefusal.sign_false):
            arrive(of, person, number, sign_now(place))
    with clock.moved_to(at(of, 14, 4)), refused(HoursRefusal.sign_old):
        arrive(of, person, number, old)
    with clock.moved_to(at(of, 16, 1)), refused(HoursRefusal.meeting_not_now):
        arrive(of, person, number)


def test_only_who_helps_there_and_not_who_keeps_it(app: Flask) -> None:
    """Seen to fail: without the look at the list."""
    of, person, number = with_volunteer()
    stranger, other = cleared_volunteer()
    with clock.moved_to(at(of, 14)):
        with refused(HoursRefusal.not_on_list):
            arrive(of, stranger, other)
        with refused(HoursRefusal.shows_sign):
            arrive(of, of.office, number)
        arrive(of, person, number)
        with refused(HoursRefusal.here_already):
            arrive(of, person, number)


def test_the_sign_of_the_place_does_not_end_it(app: Flask) -> None:
    """A stay at an event makes no session of a pairing that meets at the same place."""
    of, person, number = with_volunteer()
    with clock.moved_to(at(of, 14)):
        arrive(of, person, number)
    with clock.moved_to(at(of, 15)), db.write(), refused(HoursRefusal.other_place):
        stay = queries.staying(number)
        assert stay is not None
        hours.leave(stay, stay.place, sign_now(stay.place_id), by=person.actor())


def test_what_was_held_is_not_called_off(app: Flask) -> None:
    """Somebody was checked in there; one who has only arrived goes home. Seen to fail: nobody
    listens to the calling off."""
    of, person, number = with_volunteer()
    early = with_volunteer()
    with clock.moved_to(at(of, 14)):
        arrive(of, person, number)
        arrive(*early)
    with clock.moved_to(at(of, 15)):
        leave(of, person, number)
        with db.write(), refused(HoursRefusal.somebody_there):
            actions.call_off(of.meeting(), CalledOff.weather, by=of.office.actor())
        with db.write():
            actions.call_off(early[0].meeting(), CalledOff.weather, by=early[0].office.actor())
        with db.read():
            assert queries.staying(early[2]) is None
    assert minutes(early[2]) == {}


def test_a_stay_belongs_to_one_thing(either_app: Flask) -> None:
    of, person, number = with_volunteer()
    with clock.moved_to(at(of, 14)):
        arrive(of, person, number)
    with pytest.raises(IntegrityError):
        execute(update(PlaceStay).values(meeting_id=None))


def test_from_the_keepers_phone_to_the_volunteers(app: Flask, device: Device) -> None:
    """The keeper shows the sign on the day; the volunteer scans, arrives, leaves, and reads what
    counts; nobody else sees the sign."""
    of, person, number = with_volunteer()
    with db.read():
        meeting = of.meeting().id
    keeper = signed_in(device, of.office)
    keeper.get(f"/meetings/{meeting}/sign")
    assert "签到码在活动当天显示" in keeper.words
    assert "/at/meeting/" not in keeper.text
    with clock.moved_to(at(of, 14)):
        keeper = signed_in(device, of.office)
        keeper.get(f"/classes/{of.id}")
        assert "出示签到码" in keeper.words
        keeper.get(f"/meetings/{meeting}/sign")
        assert '<svg class="qr"' in keeper.text
        mine = signed_in(device, person)
        assert mine.get(f"/meetings/{meeting}/sign").status_code == 404
        step, mark = sign(of)
        mine.send(f"/at/meeting/{meeting}/{step}/{mark}")
        assert "离开时请再扫一次" in mine.words
        keeper.get(f"/meetings/{meeting}/sign")
        assert "1 名志愿者在场" in keeper.words
    with clock.moved_to(at(of, 15, 30)):
        mine = signed_in(device, person)
        step, mark = sign(of)
        mine.get(f"/at/meeting/{meeting}/{step}/{mark}")
        mine.send(f"/at/meeting/{meeting}/{step}/{mark}")
        assert "1 小时 30 分" in mine.words
    assert minutes(number) == {Evidence.checked_in: 90}
