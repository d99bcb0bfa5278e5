"""An authenticator is set up once a code from it is right, and asked for where it must be."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask

from jiedui.access import passwords
from jiedui.access.rules import Office, Role
from jiedui.core import db
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


@pytest.mark.parametrize("role", [Role.duty_officer, Role.auditor, Role.account_admin])
def test_in_production_it_comes_before_anything_else(in_production: Flask, role: Role) -> None:
    mine = Browser(in_production)
    mine.sign_in(people.appoint(role).phone)
    for path in ("/desk", "/reports", "/accounts"):
        assert mine.get(path).request.path == "/me/second-factor"
    assert "您的身份登录时要多一步" in mine.words
    set_up(mine)
    assert mine.get("/desk").request.path == "/desk"


@pytest.mark.parametrize(
    ("role", "place", "office"),
    [
        (Role.child_director, people.VILLAGE, None),
        (Role.township_supervisor, people.TOWNSHIP, None),
        (Role.volunteer, people.VILLAGE, None),
    ],
)
def test_villages_and_townships_are_not_asked(
    in_production: Flask, role: Role, place: str, office: Office | None
) -> None:
    mine = Browser(in_production)
    mine.sign_in(people.appoint(role, place, office=office).phone)
    assert mine.get("/desk").request.path == "/desk"


def test_elsewhere_nobody_is_asked(device: Devices) -> None:
    mine = device()
    mine.sign_in(people.appoint(Role.auditor).phone)
    assert mine.get("/desk").request.path == "/desk"


def test_a_lost_authenticator_is_removed_by_the_administrator(device: Devices) -> None:
    admin, officer = people.appoint(Role.account_admin), people.appoint(Role.duty_officer)
    theirs, mine = device(), device()
    theirs.sign_in(officer.phone)
    set_up(theirs)
    mine.sign_in(admin.phone)
    path = f"/accounts/{officer.account_id}"
    mine.press(path, f"{path}/second-factor")
    assert "动态口令已清除" in mine.words
    assert device().sign_in(officer.phone).request.path == "/desk"
