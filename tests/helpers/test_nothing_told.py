"""Whoever registers learns nothing of who is known: neither by the answer nor by its time; and
nobody registers by the thousand.

Seen to fail: register_with_account() that refuses a known number, a hash that is made for new ones
only, a flash that differs, a limit that counts new numbers only, a letter at every try."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from jiedui.access import passwords
from jiedui.access.models import Account
from jiedui.access.rules import TRIES_PER_ADDRESS, Role
from jiedui.core import clock, db
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers.models import Helper
from jiedui.settings import ARGON2_FLOOR_KIB
from tests import people
from tests.builders import helpers as built
from tests.client import PASSWORD, Browser
from tests.helpers import filling

TOKENS = re.compile(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]*|(nonce-)[\w-]+')
Known = Callable[[], dict[str, str]]


def known_volunteer() -> dict[str, str]:
    person, _number = built.volunteer()
    return {"phone": person.phone}


def known_official() -> dict[str, str]:
    return {"phone": people.appoint(Role.leader).phone}


def known_person() -> dict[str, str]:
    _person, number = built.volunteer()
    with db.read():
        return {"id_number": db.session.get_one(Helper, number).id_number or ""}


def both() -> dict[str, str]:
    return known_official() | known_person()


KNOWN = [known_volunteer, known_official, known_person, both]


def answer(app: Flask, **known: str) -> tuple[TestResponse, TestResponse]:
    """What somebody is told who registers so: the answer itself, and the page it leads to."""
    one = Browser(app)
    filling.to_last_step(one, **known)
    said = one.send("/register/check", follow=False, **filling.check())
    return said, one.get(said.location)


def plain(page: TestResponse) -> tuple[int, list[tuple[str, str]], str]:
    """Everything of a page but what is drawn by chance."""
    kept = [(n, v) for n, v in page.headers if n not in ("Set-Cookie", "Content-Length", "Date")]
    return page.status_code, sorted(kept), TOKENS.sub(r"\1\2", page.get_data(as_text=True))


@pytest.mark.parametrize("known", KNOWN, ids=lambda k: k.__name__)
def test_a_known_one_is_told_what_a_new_one_is(either_app: Flask, known: Known) -> None:
    """Byte by byte, bar the tokens of the form; cookies too, by name and kind."""
    new, old = answer(either_app), answer(either_app, **known())
    for page_of_new, page_of_old in zip(new, old, strict=True):
        assert plain(page_of_new) == plain(page_of_old)
        cookies = [
            re.sub(r"=[^;]*", "", page.headers.get("Set-Cookie", ""), count=1)
            for page in (page_of_new, page_of_old)
        ]
        assert re.sub(r"expires=[^;]*", "", cookies[0]) == re.sub(r"expires=[^;]*", "", cookies[1])


@pytest.mark.parametrize("known", [None, *KNOWN], ids=lambda k: k.__name__ if k else "new")
def test_what_is_wrong_is_said_to_both_alike(either_app: Flask, known: Known | None) -> None:
    """A weak password, above all: else it would ask without leaving a trace."""
    one = Browser(either_app)
    filling.to_last_step(one, **(known() if known else {}))
    page = one.send("/register/check", **filling.check(new_password="short", again="short"))
    assert page.status_code == 422
    assert "至少 10" in one.words
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


@pytest.mark.parametrize("known", KNOWN, ids=lambda k: k.__name__)
def test_nothing_is_written_but_a_letter_to_whose_it_is(either_app: Flask, known: Known) -> None:
    """One a day, however often it is tried; their password stays theirs."""
    said = known()
    with db.read():
        before = [db.session.scalar(select(func.count()).select_from(t)) for t in (Account, Helper)]
    for _ in range(3):
        answer(either_app, **said)
    with db.read():
        after = [db.session.scalar(select(func.count()).select_from(t)) for t in (Account, Helper)]
        told = db.session.scalars(select(Letter.to_account_id).order_by(Letter.id)).all()
        kinds = set(db.session.scalars(select(Letter.kind)))
    assert before == after
    assert len(told) == len(set(told)) == (2 if known is both else 1)
    assert kinds == {LetterKind.number_tried}
    with clock.moved_to(clock.now() + timedelta(days=1, minutes=1)):
        answer(either_app, **said)
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 2 * len(told)


def test_a_known_one_signs_in_as_before_and_reads_of_it(app: Flask) -> None:
    person, _number = built.volunteer()
    answer(app, phone=person.phone)
    mine = Browser(app)
    assert mine.sign_in(person.phone).request.path == "/desk"
    assert "有人用您的手机号注册过" in mine.words


def test_a_person_known_from_paper_gets_no_second_file(app: Flask) -> None:
    """Without an account there is nobody to write to, and the answer is the same."""
    number = built.on_paper(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    with db.read():
        id_number = db.session.get_one(Helper, number).id_number or ""
    new, old = answer(app), answer(app, id_number=id_number)
    assert plain(new[1]) == plain(old[1])
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(Helper)) == 2


def test_a_new_one_signs_in_with_what_they_typed(either_app: Flask) -> None:
    said, page = filling.registered(Browser(either_app))
    assert page.request.path == "/helpers/mine"
    assert Browser(either_app).sign_in(said["phone"], PASSWORD).request.path == "/desk"


@pytest.fixture
def as_slow_as_in_use() -> Iterator[None]:
    """Passwords cost what they cost in production."""
    passwords.configure(ARGON2_FLOOR_KIB, 2)
    yield
    passwords.configure(64, 1)


def test_it_takes_as_long_for_a_known_one(app: Flask, as_slow_as_in_use: None) -> None:
    """The hash, which costs most, is made for both: what differs is less than half of it. Counted
    in this process's own time, in turns, because other processes are at work beside it."""
    began = time.process_time()
    passwords.hashed(PASSWORD)
    one_hash = time.process_time() - began
    person, _number = built.volunteer()

    def took(**known: str) -> float:
        one = Browser(app)
        filling.to_last_step(one, **known)
        one.get("/register/check")
        began = time.process_time()
        one.send("/register/check", follow=False, fresh=False, **filling.check())
        return time.process_time() - began

    turns = [(took(), took(phone=person.phone)) for _ in range(9)]
    new, old = (statistics.median(side) for side in zip(*turns, strict=True))
    assert abs(new - old) < one_hash / 2, (new, old, one_hash)


def test_from_one_address_only_so_many_an_hour(either_app: Flask) -> None:
    """Known numbers count like new ones; others elsewhere go on; signing in is not touched; what
    was typed stays, and is taken later."""
    settings = either_app.config["SETTINGS"]
    either_app.config["SETTINGS"] = replace(settings, registrations_per_address=2)
    person, _number = built.volunteer()
    answer(either_app, phone=person.phone)
    answer(either_app)
    third = Browser(either_app)
    said = filling.to_last_step(third)
    page = third.send("/register/check", **filling.check())
    assert page.status_code == 429
    assert "请过一会儿再试" in third.words
    elsewhere = Browser(either_app)
    elsewhere.http.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert filling.registered(elsewhere)[1].request.path == "/helpers/mine"
    assert Browser(either_app).sign_in(person.phone).request.path == "/desk"
    with clock.moved_to(clock.now() + timedelta(minutes=61)):
        assert filling.finished(third, said).request.path == "/helpers/mine"


def test_in_all_only_so_many_a_day(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, registrations_a_day=1)
    answer(app)
    second = Browser(app)
    second.http.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    filling.to_last_step(second)
    assert second.send("/register/check", **filling.check()).status_code == 429


def test_registering_is_no_failed_sign_in(app: Flask) -> None:
    """An afternoon of registering in the village office keeps nobody from signing in."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, registrations_per_address=TRIES_PER_ADDRESS + 5)
    person, _number = built.volunteer()
    one = Browser(app)
    said = filling.to_last_step(one)
    for _ in range(TRIES_PER_ADDRESS + 1):
        one = Browser(app)
        filling.to_last_step(one, **said)
        one.send("/register/check", follow=False, **filling.check())
    assert Browser(app).sign_in(person.phone).request.path == "/desk"
