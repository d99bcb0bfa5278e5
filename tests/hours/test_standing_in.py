"""Whoever stood in for one session puts it on record: their hours, the pairing's session, and no
name once the day is over.

Seen to fail: entering it for the pairing's own helper, a second entry of the same visit, names in
the list of who stood in, a stay at the Home refused to who stands in."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from flask import Flask

from jiedui.access import queries as accounts
from jiedui.access.rules import Actor
from jiedui.contact.queries import plan
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.hours import actions, queries
from jiedui.hours.queries import standing_in
from jiedui.hours.rules import Book, Evidence, HoursRefusal
from tests.builders import contact
from tests.builders import hours as served
from tests.builders.pairings import Pair
from tests.client import Browser

FORM = {"starts": "09:00", "ends": "10:00", "kind": "meeting", "book": "voluntary", "note": "读书"}


def browser_of(app: Flask, phone: str) -> Browser:
    """Somebody signed in."""
    browser = Browser(app)
    browser.sign_in(phone)
    return browser


def visited() -> tuple[Pair, int, int, date]:
    """A pair, the session at which another stood in, that other, and its day."""
    pair, session, other = contact.stood_in()
    with db.read():
        return pair, session, other, clock.local(plan.get(session).start_at).date()


def phone_of(planned: int) -> str:
    """The telephone of whoever stands in."""
    with db.read():
        return str(plan.get(planned).helper.phone)


def stand_in(planned: int) -> Actor:
    """Whoever stands in, as an actor."""
    account = accounts.get(plan.get(planned).helper.account_id)
    return accounts.actor_for(account, None)


def test_who_stood_in_has_the_hours_and_no_name(app: Flask) -> None:
    """On their own page the visit waits; it is logged by its number, on its day only and once; the
    pairing's own helper has none of it, and the director's list says who was there."""
    pair, session, other, day = visited()
    with db.read():
        child = pair.read().need.children[0].name
    with clock.moved_to(clock.at(day + timedelta(days=1), 9)):
        browser = browser_of(app, phone_of(session))
        browser.get("/hours")
        assert "您代替了一次" in browser.words
        path = f"/stand-in/{session}/hours"
        wrong = browser.send(path, **FORM, on=str(day - timedelta(days=1)))
        assert wrong.status_code == 422
        assert "您只代替了这一天" in browser.words
        assert browser.send(path, **FORM, on=str(day)).status_code == 200
        browser.get("/hours")
        assert "您代替了一次" not in browser.words
        assert "代替一次" in browser.words
        assert child not in browser.text
        again = browser.send(path, **FORM | {"starts": "06:00", "ends": "06:30"}, on=str(day))
        assert "这一次已经记过了" in browser.words
        assert again.status_code == 422
        with db.read():
            (one,) = queries.of_pairing(pair.id)
            assert (one.helper_id, one.stood_in) == (other, True)
            mine = queries.sums(other)[Book.voluntary][Evidence.declared]
            assert mine.sessions == 1
            assert queries.of_helper(pair.helper_id) == ([], 0)
            number = one.id
        for page in (f"/hours/sessions/{number}/correct", f"/hours/sessions/{number}/take-back"):
            assert browser.get(page).status_code == 200
            assert child not in browser.text
        village = browser_of(app, pair.director.phone)
        village.get("/hours/weekly")
        assert child in village.text


def test_it_may_be_checked_in_by_the_carer_s_code(app: Flask) -> None:
    """The code belongs to the pairing: whoever comes is shown one."""
    pair, session, other, day = visited()
    codes = served.strip(pair)
    with clock.moved_to(clock.at(day, 21)), db.write():
        visit = standing_in.visit(session)
        said = served.said(day, "09:00", "10:00", code=codes[0])
        one = actions.log_visit(visit, said, by=stand_in(session))
        assert one.evidence is Evidence.checked_in
        assert one.helper_id == other


def test_they_arrive_at_the_home_on_that_day_only(either_app: Flask) -> None:
    """The sign of the place lets in who stands in today; the day before it does not."""
    pair, session, other, day = visited()
    home = served.home_of(pair)
    with db.read():
        begins = clock.local(plan.get(session).start_at).time()
    for on, good in ((day - timedelta(days=1), False), (day, True)):
        with clock.moved_to(clock.at(on, begins.hour, begins.minute)), db.read():
            assert [p.id for p in queries.at_place(other, home)] == [pair.id] * good
    with clock.moved_to(clock.at(day, begins.hour, begins.minute)), db.write():
        place = queries.get_place(home)
        who = plan.get(session).helper
        stay = actions.arrive(pair.read(), who, place, served.sign_now(home), by=stand_in(session))
        assert stay.helper_id == other
    later = time(begins.hour + 1, begins.minute)
    with clock.moved_to(clock.at(day, later.hour, later.minute)), db.write():
        stay = queries.staying(other)
        assert stay is not None
        one = actions.leave(
            stay, queries.get_place(home), served.sign_now(home), by=stand_in(session)
        )
        assert (one.helper_id, one.minutes, one.evidence) == (other, 60, Evidence.checked_in)


def test_before_it_began_there_is_nothing_to_log(app: Flask) -> None:
    """Nor for anybody who stands in for nobody."""
    pair, session, _other, day = visited()
    with clock.moved_to(clock.at(day - timedelta(days=1), 12)), db.write():
        with pytest.raises(Refusal) as found:
            actions.log_visit(standing_in.visit(session), served.said(day), by=stand_in(session))
        assert found.value.code is HoursRefusal.here_logged
    stranger = browser_of(app, pair.helper.phone)
    assert stranger.get(f"/stand-in/{session}/hours").status_code == 404
