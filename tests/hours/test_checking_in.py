"""Checking in: a carer's codes and the sign of a place stand for a session without anybody's word;
nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.hours import actions, queries
from jiedui.hours.models import ServiceSession, SessionCode
from jiedui.hours.rules import Book, EntryState, Evidence, HeldFor, HoursRefusal
from jiedui.hours.rules.codes import (
    FRESH,
    STEP,
    code_from,
    evidence_by_code,
    step_at,
    step_fresh,
    tidy_code,
)
from jiedui.partners.models import Place
from tests.builders.hours import evening_after, home_of, logged, said, serving, sign_now, strip
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
NOW = datetime(2026, 11, 21, 12, tzinfo=clock.CHINA)


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


@given(st.binary(min_size=4, max_size=4))
def test_a_code_is_read_however_it_is_typed(random: bytes) -> None:
    """Small, wide, without its dash, O for 0 and I for 1."""
    code = code_from(random)
    assert tidy_code(code) == code
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "i")
    assert tidy_code(typed) == code
    assert tidy_code("".join(chr(ord(c) + 0xFEE0) for c in code)) == code
    assert tidy_code(code[:-1]) is None


@given(st.timedeltas(timedelta(days=-2), timedelta(days=4)))
def test_only_a_fresh_code_checks_in(ago: timedelta) -> None:
    """Within 48 hours of the end, never before it: the portal's clock decides. Made to fail: a
    code that checks in whenever it comes."""
    evidence = evidence_by_code(NOW - ago, NOW)
    assert (evidence is Evidence.checked_in) == (timedelta() <= ago <= FRESH)


@given(st.integers(-5, 10), st.integers(0, STEP - 1))
def test_a_sign_lives_three_steps(steps: int, seconds: int) -> None:
    """Its own minute and the two after it."""
    scanned = NOW + timedelta(seconds=steps * STEP + seconds)
    assert step_fresh(step_at(NOW), scanned) == (0 <= steps <= 2)


def test_a_right_code_checks_a_session_in(either_app: Flask) -> None:
    """Nobody has to verify it; the code works once, and not for another pairing. Made to fail: a
    code that is not noted on its session."""
    pair = serving()
    with evening_after() as day:
        codes = strip(pair)
        number = logged(pair, day, "18:00", "19:30", code=codes[0].lower())
        with db.read():
            one = queries.get(number)
            assert (one.evidence, one.state) == (Evidence.checked_in, EntryState.counted)
            assert queries.unverified(pair.director.actor()) == []
            sums = queries.sums(pair.helper_id)[Book.voluntary]
            assert {e: sums[e].minutes for e in Evidence} == {
                Evidence.checked_in: 90, Evidence.listed: 0, Evidence.declared: 0,
            }  # fmt: skip
            assert codes[0] not in str(db.session.scalars(select(SessionCode.mark)).all())
        with pytest.raises(Refusal) as again:
            logged(pair, day, "08:00", "09:00", code=codes[0])
        assert (again.value.code, again.value.field) == (HoursRefusal.code_wrong, "code")


def test_a_code_typed_days_later_waits_for_a_person(app: Flask) -> None:
    """It is noted, and used up; the session is declared."""
    pair = serving()
    with evening_after(5) as day:
        codes = strip(pair)
        number = logged(pair, day - timedelta(days=3), code=codes[0])
        with db.read():
            one = queries.get(number)
            assert (one.evidence, one.code_id is not None) == (Evidence.declared, True)
            assert [s.id for s in queries.unverified(pair.director.actor())] == [number]
        with pytest.raises(Refusal):
            logged(pair, day, code=codes[0])


def test_a_new_strip_makes_the_old_one_void(app: Flask) -> None:
    """Made to fail: an old strip that is not ended."""
    pair = serving()
    with evening_after() as day:
        old = strip(pair)
        fresh = strip(pair)
        assert len(set(old) | set(fresh)) == 40
        with pytest.raises(Refusal) as found:
            logged(pair, day, code=old[3])
        assert found.value.code is HoursRefusal.code_wrong
        logged(pair, day, code=fresh[3])


def test_the_helper_prints_no_strip_of_their_own(app: Flask) -> None:
    """In whatever role they come."""
    pair = serving()
    with db.write(), pytest.raises(Refusal) as found:
        actions.print_strip(pair.read(), by=pair.helper.actor())
    assert found.value.code is HoursRefusal.own_session


def test_a_code_and_a_stay_are_used_once_by_the_database_itself(either_app: Flask) -> None:
    """Past every action."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day, "18:00", "19:30", code=strip(pair)[0])
        other = logged(pair, day, "15:00", "16:00")
        with db.read():
            code = queries.get(number).code_id
        with pytest.raises(IntegrityError), db.write():
            queries.get(other).code_id = code


def test_five_wrong_codes_hold_what_is_logged_that_day(app: Flask, device: Device) -> None:
    """Each wrong one is said beside its field; after five none is compared any more, and the
    entry waits for a person. The next day is free. Made to fail: a wrong code that is forgotten
    with the refused form."""
    pair = serving()
    with evening_after() as day:
        codes = strip(pair)
        browser = signed_in(device, pair.helper)
        path = f"/hours/pairings/{pair.id}/new"
        usual = {"on": day.isoformat(), "starts": "09:00", "ends": "10:00", "kind": "meeting",
                 "book": "voluntary"}  # fmt: skip
        for _ in range(5):
            assert browser.send(path, code="222-222", **usual).status_code == 422
            assert "这个码对不上" in browser.words
        browser.send(path, code=codes[0], **usual)
        assert "镇里看过之后才计入" in browser.words
        with db.read():
            one = db.session.scalars(select(ServiceSession)).one()
            assert (one.state, one.held_for) == (EntryState.held, HeldFor.code_guesses)
            assert (one.evidence, one.code_id) == (Evidence.declared, None)
            assert queries.sums(pair.helper_id)[Book.voluntary][Evidence.declared].minutes == 0
            assert queries.in_question(pair.helper_id).minutes == 60
        with clock.moved_to(clock.at(day + timedelta(days=1), 20)):
            logged(pair, day + timedelta(days=1), code=codes[0])


def test_from_the_strip_to_the_checked_in_hours(app: Flask, device: Device) -> None:
    """The director prints, the carer shows, the volunteer types; three columns on their page."""
    pair = serving()
    with evening_after() as day:
        director = signed_in(device, pair.director)
        director.get(f"/hours/pairings/{pair.id}/strip")
        assert "交给照护人，不要交给志愿者" in director.words
        director.send(f"/hours/pairings/{pair.id}/strip")
        assert "只显示这一次" in director.words
        code = director.text.split('<li class="jd-num">')[1][:7]
        browser = signed_in(device, pair.helper)
        browser.send(f"/hours/pairings/{pair.id}/new", on=day.isoformat(), starts="18:00",
                     ends="19:30", kind="meeting", book="voluntary", code=code)  # fmt: skip
        assert "签到核实 1 小时 30 分" in browser.words
        assert "名单核实 0 分" in browser.words
        assert "自行填报，待核实 0 分" in browser.words


def at(pair_home: int, act: str, browser: Browser, **said: object) -> str:
    """Scan the sign that stands at a place now and press the button; what the answer says."""
    step, mark = sign_now(pair_home)
    browser.send(f"/at/{pair_home}/{step}/{mark}", **said)
    return browser.words


def test_two_scans_of_a_place_check_a_session_in(app: Flask, device: Device) -> None:
    """The portal's clock says both times; the place's page shows another sign every minute."""
    pair = serving()
    home = home_of(pair)
    with evening_after() as day:
        director = signed_in(device, pair.director)
        director.get(f"/places/{home}/sign")
        assert "每分钟自动更换" in director.words
        assert 'data-again="' in director.text
        browser = signed_in(device, pair.helper)
        with clock.moved_to(clock.at(day, 16, 30)):
            assert "已签到" in at(home, "arrive", browser, pairing=pair.id)
        with clock.moved_to(clock.at(day, 18)):
            browser.sign_in(pair.helper.phone)  # an hour and a half away from the portal
            assert "1 小时 30 分已签到核实" in at(home, "leave", browser)
        with db.read():
            one = db.session.scalars(select(ServiceSession)).one()
            assert (one.evidence, one.minutes) == (Evidence.checked_in, 90)
            assert clock.local(one.start_at).strftime("%H:%M") == "16:30"


def test_a_sign_that_is_old_false_or_of_elsewhere_is_refused(app: Flask) -> None:
    """Made to fail: a mark that is not compared, a step of whatever age."""
    pair = serving()
    home = home_of(pair)
    with evening_after() as day:
        step, mark = sign_now(home)
        tries = (
            ((step, "0" * 20), timedelta(), HoursRefusal.sign_false),
            ((step + 1, mark), timedelta(), HoursRefusal.sign_false),
            ((step, mark), timedelta(seconds=3 * STEP), HoursRefusal.sign_old),
        )
        for sign, later, why in tries:
            with clock.moved_to(clock.now() + later), db.write():
                place = db.session.get_one(Place, home)
                with pytest.raises(Refusal) as found:
                    actions.arrive(
                        pair.read(), pair.read().helper, place, sign, by=pair.helper.actor()
                    )
            assert found.value.code is why
        with db.write():
            place = db.session.get_one(Place, home)
            actions.arrive(
                pair.read(), pair.read().helper, place, sign_now(home), by=pair.helper.actor()
            )
        with db.write(), pytest.raises(Refusal) as twice:
            actions.arrive(
                pair.read(), pair.read().helper, place, sign_now(home), by=pair.helper.actor()
            )
        assert twice.value.code is HoursRefusal.here_already
        with clock.moved_to(clock.at(day + timedelta(days=1), 9)):
            with db.write():
                stay = queries.staying(pair.helper_id)
                assert stay is not None
                with pytest.raises(Refusal) as late:
                    actions.leave(stay, place, sign_now(home), by=pair.helper.actor())
            assert late.value.code is HoursRefusal.other_day
            with db.write():
                actions.drop_stay(queries.get_stay(stay.id), by=pair.helper.actor())
            with db.read():
                assert queries.staying(pair.helper_id) is None
                assert db.session.scalars(select(ServiceSession)).all() == []


def test_a_corrected_session_is_checked_in_no_longer(app: Flask) -> None:
    """Its minutes leave that column; the new entry waits for a person."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day, "18:00", "19:30", code=strip(pair)[0])
        with db.write():
            new = said(day, "18:00", "19:00")
            actions.correct(queries.get(number), new, by=pair.helper.actor())
        with db.read():
            sums = queries.sums(pair.helper_id)[Book.voluntary]
            assert [sums[e].minutes for e in Evidence] == [0, 0, 60]
            assert [sums[e].sessions for e in Evidence] == [0, 0, 1]


def test_a_screen_at_the_door_needs_nobody_signed_in(app: Flask) -> None:
    """The keeper's page has its address; it shows the sign of this minute, of this place, until its
    day, and nothing else opens. Made to fail: a key that is not compared, a day that is not."""
    pair = serving()
    home = home_of(pair)
    keeper, screen = Browser(app), Browser(app)
    keeper.sign_in(pair.director.phone)
    page = keeper.get(f"/places/{home}/sign").text
    found = re.search(rf"/screen/{home}/([0-9-]+)/([0-9a-f]+)", page)
    assert found is not None
    until, key = found.groups()
    shown = screen.get(found[0])
    assert (shown.status_code, shown.headers["Refresh"].isdigit()) == (200, True)
    assert "志愿者" in screen.words
    with db.read():
        child = pair.read().need.children[0].name
    assert child not in screen.text
    other = date.fromisoformat(until) + timedelta(days=1)
    for address in (f"{home}/{until}/{'0' * 20}", f"{home + 1}/{until}/{key}",
                    f"{home}/{other}/{key}", f"{home}/gestern/{key}"):  # fmt: skip
        assert screen.get(f"/screen/{address}").status_code == 404
    with clock.moved_to(clock.at(other, 12)):
        assert screen.get(found[0]).status_code == 404
