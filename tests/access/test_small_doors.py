"""Ways round that are small and easily left open: where one is sent afterwards, a form that is
refused, blanks in a password, sessions that were opened without the new factor.

Made to catch: a tab in `next` that leads elsewhere (isprintable left out), a refused form that is
not on record (when_undone), blanks taken off, other sessions that go on (close_all)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.core.audit import AuditEntry
from tests import people
from tests.client import PASSWORD, Browser, hidden_fields

Devices = Callable[[], Browser]


@pytest.mark.parametrize(
    "there", ["/\t/evil.example", "/\n/evil.example", "/\x00/evil.example", "//evil.example"]
)
def test_nobody_is_sent_elsewhere(app: Flask, there: str) -> None:
    """By the switch of the language, which takes forms without proof of origin."""
    got = app.test_client().post("/language", data={"language": "en", "next": there})
    assert got.status_code == 303
    assert "evil" not in got.headers["Location"]


def test_a_refused_form_is_on_record(device: Devices) -> None:
    director = people.appoint(Role.child_director)
    mine = device()
    mine.sign_in(director.phone)
    mine.get("/me")
    refused = mine.http.post("/children/check", data=hidden_fields(mine.text, "/sign-out"))
    assert refused.status_code == 404
    with db.read():
        said = select(AuditEntry.details).where(
            AuditEntry.act == "act refused", AuditEntry.account_id == director.account_id
        )
        assert any("child:check" in one for one in db.session.scalars(said))


def test_blanks_of_a_password_count(device: Devices) -> None:
    director = people.appoint(Role.child_director)
    mine, other = device(), device()
    mine.sign_in(director.phone)
    new = " correct horse and staple "
    mine.send("/me/password", present=PASSWORD, new_password=new, again=new)
    other.send("/sign-in", phone=director.phone, password=new.strip())
    assert other.get("/me").request.path == "/sign-in"
    other.send("/sign-in", phone=director.phone, password=new)
    assert other.get("/me").request.path == "/me"


def test_sessions_without_the_new_factor_end(device: Devices) -> None:
    director = people.appoint(Role.child_director)
    mine, other = device(), device()
    for browser in (mine, other):
        browser.sign_in(director.phone)
    mine.get("/me/second-factor")
    shown = re.search(r">((?:[A-Z2-7]{4} ?){8})<", mine.text)
    assert shown is not None
    mine.send("/me/second-factor", fresh=False, code=pyotp.TOTP(shown[1].replace(" ", "")).now())
    assert mine.get("/me").request.path == "/me"
    assert other.get("/me").request.path == "/sign-in"
