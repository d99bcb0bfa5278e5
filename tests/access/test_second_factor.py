"""An authenticator is set up once a code from it is right, and asked for where it must be.

Seen to fail: a code that is taken twice (code_step without last_step), a township that is not
asked (SECOND_FACTOR without it), a factor taken away without looking at the ID card.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from flask import Flask

from jiedui.access import actions, passwords
from jiedui.access.rules import CODE_TRIES, AccessRefusal, Role
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.settings import Mode
from tests import people
from tests.client import Browser

Devices = Callable[[], Browser]


def shown_secret(page: Browser) -> str:
    """The characters below the QR code."""
    found = re.search(r"((?:[A-Z2-7]{4} ?){8})", page.words)
    assert found is not None
    return found.group(1).replace(" ", "")


def set_up(browser: Browser) -> str:
    """Set an authenticator up; its secret."""
    browser.get("/me/second-factor")
    secret = shown_secret(browser)
    browser.send("/me/second-factor", code=pyotp.TOTP(secret).now())
    return secret


def test_it_is_kept_after_a_right_code_and_asked_at_the_next_sign_in(device: Devices) -> None:
    officer = people.appoint(Role.duty_officer)
    mine = device()
    mine.sign_in(officer.phone)
    mine.get("/me/second-factor")
    assert 'class="qr"' in mine.text
    assert mine.send("/me/second-factor", code="000000").status_code == 422
    with db.read():
        assert people.account_of(officer).totp_secret is None
    secret = set_up(mine)
    assert "动态口令已设置" in mine.words
    later = device()
    later.sign_in(officer.phone)
    assert later.page is not None
    assert later.page.request.path == "/sign-in/code"
    with db.write():
        people.account_of(officer).totp_step = 0  # as if the minute had passed
    later.send("/sign-in/code", code=pyotp.TOTP(secret).now())
    assert later.get("/desk").request.path == "/desk"


def test_the_secret_lies_sealed_and_a_code_works_once(device: Devices) -> None:
    officer = people.appoint(Role.duty_officer)
    mine = device()
    mine.sign_in(officer.phone)
    secret = set_up(mine)
    with db.read():
        account = people.account_of(officer)
        used = pyotp.TOTP(secret).at(account.totp_step * passwords.STEP)
        assert passwords.code_step(secret, used, account.totp_step) is None


@pytest.fixture
def in_production(app: Flask) -> Flask:
    """The portal as if real people's data were in it."""
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], mode=Mode.production)
    return app


OFFICIALS = [
    (Role.duty_officer, people.COUNTY),
    (Role.auditor, people.COUNTY),
    (Role.leader, people.TOWNSHIP),
    (Role.account_admin, people.COUNTY),
    (Role.township_supervisor, people.TOWNSHIP),
]


@pytest.mark.parametrize(("role", "place"), OFFICIALS, ids=str)
def test_in_production_it_comes_before_anything_else(
    in_production: Flask, role: Role, place: str
) -> None:
    mine = Browser(in_production)
    mine.sign_in(people.appoint(role, place).phone)
    for path in ("/desk", "/reports", "/accounts"):
        assert mine.get(path).request.path == "/me/second-factor"
    assert "您的身份登录时要多一步" in mine.words
    set_up(mine)
    assert mine.get("/desk").request.path == "/desk"


@pytest.mark.parametrize(
    "role", [Role.child_director, Role.grid_worker, Role.volunteer, Role.social_worker]
)
def test_villages_and_helpers_are_not_asked(in_production: Flask, role: Role) -> None:
    mine = Browser(in_production)
    mine.sign_in(people.appoint(role, people.VILLAGE).phone)
    assert mine.get("/desk").request.path == "/desk"


def test_elsewhere_nobody_is_asked(device: Devices) -> None:
    mine = device()
    mine.sign_in(people.appoint(Role.auditor).phone)
    assert mine.get("/desk").request.path == "/desk"


def test_a_lost_authenticator_is_removed_by_who_has_seen_the_id_card(device: Devices) -> None:
    admin, officer = people.appoint(Role.account_admin), people.appoint(Role.duty_officer)
    theirs, mine = device(), device()
    theirs.sign_in(officer.phone)
    set_up(theirs)
    mine.sign_in(admin.phone)
    path = f"/accounts/{officer.account_id}/second-factor"
    assert mine.send(path).status_code == 422
    assert "请先核对本人身份证" in mine.words
    assert theirs.get("/desk").request.path == "/desk"
    mine.send(path, seen="y")
    assert "动态口令和口令卡已清除" in mine.words
    assert theirs.get("/desk").request.path == "/sign-in"
    assert device().sign_in(officer.phone).request.path == "/desk"


def test_a_new_link_does_not_go_round_it(device: Devices) -> None:
    """Whoever gets hold of the link has the password, and still not the phone."""
    admin, officer = people.appoint(Role.account_admin), people.appoint(Role.duty_officer)
    theirs, office, thief = device(), device(), device()
    theirs.sign_in(officer.phone)
    set_up(theirs)
    office.sign_in(admin.phone)
    office.press(f"/accounts/{officer.account_id}", f"/accounts/{officer.account_id}/link")
    link = re.search(r"/link/[\w-]+", office.text)
    assert link is not None
    words = "a phrase of the thief"
    thief.send(link.group(0), new_password=words, again=words)
    assert thief.sign_in(officer.phone, words).request.path == "/sign-in/code"
    assert thief.get("/desk").request.path == "/sign-in"


def test_a_code_works_once_also_when_two_show_it_at_once(either_app: Flask) -> None:
    """A code read over the shoulder lets nobody in, before or after."""
    officer = people.appoint(Role.duty_officer)
    mine = Browser(either_app)
    mine.sign_in(officer.phone)
    secret = set_up(mine)
    with db.write():
        people.account_of(officer).totp_step = 0
    code, several = pyotp.TOTP(secret).now(), [Browser(either_app) for _ in range(6)]
    for one in several:
        one.sign_in(officer.phone)

    def show(one: Browser) -> str:
        return one.send("/sign-in/code", fresh=False, code=code).request.path

    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(show, several))
    assert sorted(ends) == ["/desk"] + ["/sign-in/code"] * 5


def test_who_knows_the_password_cannot_try_codes_from_many_places(app: Flask) -> None:
    """Thirty wrong second steps within a quarter of an hour, wherever they come from."""
    officer = people.appoint(Role.duty_officer)
    mine = Browser(app)
    mine.sign_in(officer.phone)
    secret = set_up(mine)
    with db.write():
        people.account_of(officer).totp_step = 0
    for n in range(CODE_TRIES):
        assert refusal(officer, "000000", f"203.0.113.{n}") is AccessRefusal.wrong_code
    code = pyotp.TOTP(secret).now()
    assert refusal(officer, code, "198.51.100.1") is AccessRefusal.too_many_tries


def refusal(person: people.Person, code: str, address: str) -> object:
    """Why a code is refused."""
    with pytest.raises(Refusal) as no, db.read():
        actions.check_code(person.account_id, code, address)
    return no.value.code


@pytest.fixture
def in_the_demo(app: Flask) -> Flask:
    """The portal as `make run` serves it."""
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], mode=Mode.demo)
    app.config["DEMO"] = True
    return app


def test_the_demo_shows_the_code_and_nothing_else_does(in_the_demo: Flask) -> None:
    """Its people carry no phone; a real page says nothing."""
    officer = people.appoint(Role.duty_officer)
    mine = Browser(in_the_demo)
    mine.sign_in(officer.phone)
    secret = set_up(mine)
    with db.write():
        people.account_of(officer).totp_step = 0
    newcomer = Browser(in_the_demo)
    newcomer.sign_in(officer.phone)
    shown = re.search(r"<b[^>]*>(\d{6})</b>", newcomer.text)
    assert shown is not None
    in_the_demo.config.update(
        SETTINGS=dataclasses.replace(in_the_demo.config["SETTINGS"], mode=Mode.production),
        DEMO=False,
    )
    real = Browser(in_the_demo)
    real.sign_in(officer.phone)
    assert pyotp.TOTP(secret).now() not in real.text
    assert newcomer.send("/sign-in/code", code=shown.group(1)).request.path == "/desk"


def test_the_demo_may_leave_it_out(in_the_demo: Flask) -> None:
    """JIEDUI_DEMO_SECOND_FACTOR=0; production does not listen to it."""
    officer = people.appoint(Role.duty_officer)
    mine = Browser(in_the_demo)
    mine.sign_in(officer.phone)
    set_up(mine)
    known = dataclasses.replace(in_the_demo.config["SETTINGS"], demo_second_factor=False)
    in_the_demo.config["SETTINGS"] = known
    assert Browser(in_the_demo).sign_in(officer.phone).request.path == "/desk"
    in_the_demo.config["SETTINGS"] = dataclasses.replace(known, mode=Mode.production)
    assert Browser(in_the_demo).sign_in(officer.phone).request.path == "/sign-in/code"
