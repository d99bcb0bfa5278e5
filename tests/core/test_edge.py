"""What happens at the edge: a form is taken once, nothing typed is lost, failures are pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import time_machine
from flask import Flask
from sqlalchemy import text

from jiedui.access.rules import Role
from jiedui.core import clock, db
from tests import people
from tests.client import PASSWORD, Browser


def _sessions() -> int:
    with db.read():
        return int(db.session.scalar(text("SELECT count(*) FROM web_session")) or 0)


def test_a_second_click_gets_the_first_answer(either_app: Flask) -> None:
    """The same form sent twice acts once."""
    one = people.appoint(Role.account_admin)
    mine = Browser(either_app)
    mine.sign_in(one.phone)
    page = mine.get("/me/password").get_data(as_text=True)
    fields = dict(re.findall(r'name="(csrf_token|once)" value="([^"]+)"', page))
    fields |= {
        "present": PASSWORD,
        "new_password": "another long phrase",
        "again": "another long phrase",
    }
    first = mine.http.post("/me/password", data=fields)
    second = mine.http.post("/me/password", data=fields)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with db.read():
        changed = text("SELECT count(*) FROM audit_entry WHERE act = 'password changed'")
        assert db.session.scalar(changed) == 1


def test_a_refused_form_leaves_nothing_and_can_be_sent_again(app: Flask) -> None:
    """The key of a form is used up by success only."""
    one = people.appoint(Role.account_admin)
    mine = Browser(app)
    mine.sign_in(one.phone)
    refused = mine.send("/me/password", present="wrong words here", new_password="x", again="x")
    assert refused.status_code == 422
    with db.read():
        assert db.session.scalar(text("SELECT count(*) FROM used_key")) == 0


def test_the_cookie_says_nothing_and_ends_with_the_password(app: Flask) -> None:
    """A random number; another device is signed out when the password changes."""
    one = people.appoint(Role.account_admin)
    mine, other = Browser(app), Browser(app)
    mine.sign_in(one.phone)
    other.sign_in(one.phone)
    cookie = mine.http.get_cookie("jiedui")
    assert cookie is not None
    assert cookie.http_only
    assert "." not in cookie.value
    new = "another long phrase"
    mine.send("/me/password", present=PASSWORD, new_password=new, again=new)
    assert other.get("/role").request.path == "/sign-in"
    assert mine.get("/role").request.path == "/role"


def test_a_new_number_is_given_at_sign_in(app: Flask) -> None:
    """A planted session is worth nothing."""
    one = people.appoint(Role.account_admin)
    mine = Browser(app)
    mine.get("/sign-in")
    before = mine.http.get_cookie("jiedui").value
    mine.sign_in(one.phone)
    assert mine.http.get_cookie("jiedui").value != before


def test_idle_people_are_signed_out_and_their_input_waits(app: Flask) -> None:
    """After half an hour the form is kept, the person signs in, and finds it filled in."""
    mine = Browser(app)
    with time_machine.travel("2026-11-25 08:00 +0800", tick=False) as now:
        one = people.appoint(Role.account_admin)
        mine.sign_in(one.phone)
        page = mine.get("/accounts/invite").get_data(as_text=True)
        fields = dict(re.findall(r'name="(csrf_token|once)" value="([^"]+)"', page))
        now.shift(40 * 60)
        answer = mine.http.post("/accounts/invite", data=fields | {"name": "测试甲"})
        assert "/sign-in" in answer.location
        mine.send(answer.location, phone=one.phone, password=PASSWORD)
        assert "测试甲" in mine.text


def test_what_was_typed_is_not_shown_to_another_person(app: Flask) -> None:
    """On a shared phone the next person starts with an empty form."""
    mine = Browser(app)
    with time_machine.travel("2026-11-25 08:00 +0800", tick=False) as now:
        one, two = people.appoint(Role.account_admin), people.appoint(Role.account_admin)
        mine.sign_in(one.phone)
        page = mine.get("/accounts/invite").get_data(as_text=True)
        fields = dict(re.findall(r'name="(csrf_token|once)" value="([^"]+)"', page))
        now.shift(40 * 60)
        answer = mine.http.post("/accounts/invite", data=fields | {"name": "测试甲"})
        mine.send(answer.location, phone=two.phone, password=PASSWORD)
        assert "测试甲" not in mine.text


def test_headers_of_every_page(device: Callable[[], Browser]) -> None:
    """Nothing kept, nothing framed, nothing from elsewhere, on pages and on failures."""
    for path in ("/", "/sign-in", "/no-such-page"):
        headers = device().get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_language_is_switched_and_remembered(device: Callable[[], Browser]) -> None:
    """From any page, by a form, for a year."""
    mine = device()
    mine.press("/sign-in", "/language", language="en", next="/sign-in")
    assert "Mobile number" in mine.text
    assert 'lang="en"' in mine.get("/").get_data(as_text=True)


def test_time_can_be_moved_and_working_days_know_the_holidays() -> None:
    """The National Day week of 2026 is free; the Saturday worked instead counts."""
    start = clock.at(clock.date(2026, 9, 30))
    with clock.moved_to(start):
        assert clock.today() == clock.date(2026, 9, 30)
    assert clock.working_days_after(clock.date(2026, 9, 30), 1) == clock.date(2026, 10, 8)
