"""Guessing is slowed down where it happens, keeps nobody else out, and learns nothing.

Seen to fail: tries counted for the name alone (recent_failures without the address), an answer that
is quicker for a number without an account (fits without its stand-in), a visitor's own word for
where they come from (ProxyFix without a trusted proxy), tries that are judged before they are
counted (begin without its commit).
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from enum import StrEnum

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from jiedui.access import actions, passwords
from jiedui.access.models import SignInTry
from jiedui.access.rules import TRIES, TRIES_PER_ADDRESS, AccessRefusal, Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.factory import create_app
from jiedui.settings import ARGON2_FLOOR_KIB, Settings
from tests import people
from tests.client import PASSWORD, Browser
from tests.people import Person

WRONG = "wrong horse entirely"
HERE, THERE = "203.0.113.7", "198.51.100.20"


def from_(app: Flask, address: str, phone: str, password: str, **more: str) -> TestResponse:
    """A try to sign in from an address, on a device of its own."""
    mine = Browser(app)
    mine.http.environ_base["REMOTE_ADDR"] = address
    for name, value in more.items():
        mine.http.environ_base[name] = value
    return mine.send("/sign-in", phone=phone, password=password)


def tried(phone: str, password: str, address: str) -> StrEnum | None:
    """Why a try is refused; None when it is not."""
    try:
        with db.read():
            actions.try_sign_in(phone, password, address)
    except Refusal as no:
        return no.code
    return None


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody who could be guessed."""
    return people.appoint(Role.child_director, people.VILLAGE)


def test_ten_wrong_ones_make_wait_even_with_the_right_one(person: Person) -> None:
    for _ in range(TRIES):
        assert tried(person.phone, WRONG, HERE) is AccessRefusal.wrong_sign_in
    assert tried(person.phone, PASSWORD, HERE) is AccessRefusal.too_many_tries


def test_its_owner_elsewhere_is_not_kept_out(person: Person) -> None:
    """Else anybody could keep a director from her work."""
    for _ in range(TRIES + 5):
        tried(person.phone, WRONG, HERE)
    assert tried(person.phone, PASSWORD, THERE) is None


def test_others_at_the_same_address_are_not_kept_out(person: Person) -> None:
    """A county's offices share one address."""
    colleague = people.appoint(Role.leader)
    for _ in range(TRIES + 5):
        tried(person.phone, WRONG, HERE)
    assert tried(colleague.phone, PASSWORD, HERE) is None


def test_many_names_from_one_address_wait_but_who_is_known_there_does_not(person: Person) -> None:
    """One that tries the numbers of a whole county is stopped; who signs in there every day is
    not kept out by it."""
    newcomer = people.appoint(Role.leader)
    assert tried(person.phone, PASSWORD, HERE) is None
    for n in range(TRIES_PER_ADDRESS):
        tried(f"1380000{n:04d}", WRONG, HERE)
    assert tried(newcomer.phone, PASSWORD, HERE) is AccessRefusal.too_many_tries
    assert tried(person.phone, PASSWORD, HERE) is None
    assert tried(newcomer.phone, PASSWORD, THERE) is None


def test_after_a_quarter_of_an_hour_it_is_forgiven(person: Person) -> None:
    """Also to who has gone on trying: what had to wait is not counted."""
    for _ in range(TRIES + 10):
        tried(person.phone, WRONG, HERE)
    with clock.moved_to(clock.now() + timedelta(minutes=14)):
        assert tried(person.phone, PASSWORD, HERE) is AccessRefusal.too_many_tries
    with clock.moved_to(clock.now() + timedelta(minutes=16)):
        assert tried(person.phone, PASSWORD, HERE) is None


def test_as_many_as_the_rule_allows_are_judged_when_thirty_come_at_once(either_app: Flask) -> None:
    """Counted first, judged afterwards: no more than ten learn whether they were right."""
    person = people.appoint(Role.child_director, people.VILLAGE)
    with ThreadPoolExecutor(15) as pool:
        said = list(pool.map(lambda _: tried(person.phone, WRONG, HERE), range(30)))
    assert said.count(AccessRefusal.wrong_sign_in) <= TRIES
    assert set(said) == {AccessRefusal.wrong_sign_in, AccessRefusal.too_many_tries}
    with db.read():
        assert db.session.query(SignInTry).count() == said.count(AccessRefusal.wrong_sign_in)


def test_a_visitors_own_word_for_where_they_are_counts_for_nothing(
    app: Flask, person: Person
) -> None:
    """Without a proxy nothing said of the address is believed."""
    for n in range(TRIES):
        said = f"192.0.2.{n}"
        from_(app, HERE, person.phone, WRONG, HTTP_X_FORWARDED_FOR=said, HTTP_X_REAL_IP=said)
    late = from_(app, HERE, person.phone, PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.77")
    assert late.status_code == 422


@pytest.fixture
def behind_a_proxy(app: Flask) -> Iterator[Flask]:
    """The portal where one proxy is trusted."""
    known: Settings = app.config["SETTINGS"]
    yield create_app(Settings(**{**known.__dict__, "trusted_proxies": 1}), queue=False)
    db.database().close()


def test_behind_a_proxy_only_the_proxys_word_counts(behind_a_proxy: Flask, person: Person) -> None:
    """The proxy appends whom it saw; what stands before that was said by the visitor."""
    for n in range(TRIES):
        chain = f"192.0.2.{n}, {HERE}"
        from_(behind_a_proxy, "127.0.0.1", person.phone, WRONG, HTTP_X_FORWARDED_FOR=chain)
    chain = f"192.0.2.99, {HERE}"
    phone = person.phone
    late = from_(behind_a_proxy, "127.0.0.1", phone, PASSWORD, HTTP_X_FORWARDED_FOR=chain)
    assert late.status_code == 422
    other = from_(behind_a_proxy, "127.0.0.1", phone, PASSWORD, HTTP_X_FORWARDED_FOR=THERE)
    assert other.request.path == "/desk"


def nameless(page: TestResponse, phone: str) -> str:
    """A page without what is fresh on each, and without the number that was typed."""
    text = page.get_data(as_text=True).replace(phone, "NUMBER")
    return re.sub(r'(name="(?:csrf_token|once)" value=")[^"]+', r"\1", text)


def test_the_answer_says_nothing_of_who_has_an_account(app: Flask, person: Person) -> None:
    """The same bytes for a wrong password, a number without an account, a disabled account, and
    one whose password was never set."""
    gone, invited = (people.appoint(Role.grid_worker, people.VILLAGE) for _ in range(2))
    admin = people.appoint(Role.account_admin)
    with db.write():
        actions.disable(people.account_of(gone), by=admin.actor())
        account = people.account_of(invited)
        account.state, account.password_hash = actions.accounts.AccountState.invited, None
    phones = [person.phone, people.phone_number(), gone.phone, invited.phone]
    pages = [nameless(from_(app, HERE, phone, WRONG), phone) for phone in phones]
    right = nameless(from_(app, HERE, gone.phone, PASSWORD), gone.phone)
    assert {*pages, right} == {pages[0]}


@pytest.fixture
def real_cost() -> Iterator[None]:
    """Passwords cost what they cost in production."""
    passwords.configure(ARGON2_FLOOR_KIB, 2)
    yield
    passwords.configure(64, 1)


def test_the_time_says_nothing_of_who_has_an_account(
    app: Flask, person: Person, real_cost: None
) -> None:
    """Less than 2.5 times as long, either way, with what a password costs in production."""
    with db.write():
        people.account_of(person).password_hash = passwords.hashed(PASSWORD)
    took: dict[str, list[float]] = {"known": [], "unknown": []}

    def one(kind: str, phone: str, address: str) -> None:
        began = time.perf_counter()
        tried(phone, WRONG, address)
        took[kind].append(time.perf_counter() - began)

    passwords.fits(None, WRONG)  # the stand-in is made once
    for n in range(9):
        one("known", person.phone, f"192.0.2.{n}")
        one("unknown", people.phone_number(), f"192.0.2.{n}")
    known, unknown = (statistics.median(took[kind]) for kind in ("known", "unknown"))
    assert 1 / 2.5 < known / unknown < 2.5
