"""How the portal answers over TLS, and what it does with requests that no page of ours makes.

Seen to fail: a session cookie without its prefix, no HSTS, no referrer policy, a layout without its
way out, forms taken without their token, every field of a form written to the account, and forms
that read the address too.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.factory import create_app
from tests import people
from tests.client import PASSWORD, Browser

Devices = Callable[[], Browser]
HOME = "https://portal.test"
PLACES = ("/", "/sign-in", "/desk", "/no-such-page", "/worker.js")


@pytest.fixture
def over_tls(app: Flask) -> Flask:
    """The portal as it is served behind TLS, on the same data."""
    settings = dataclasses.replace(app.config["SETTINGS"], https=True)
    return create_app(settings, queue=False)


def asked(app: Flask, path: str, method: str = "GET", **more: str) -> TestResponse:
    """One request over TLS."""
    return app.test_client().open(path, method=method, base_url=HOME, headers=more)


def test_the_session_cookie_is_the_hosts_own_and_no_script_reads_it(over_tls: Flask) -> None:
    said = asked(over_tls, "/sign-in").headers.getlist("Set-Cookie")
    assert len(said) == 1
    name, *rest = (part.strip() for part in said[0].split(";"))
    assert name.startswith("__Host-jiedui=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rest)
    assert not any(part.startswith("Domain") for part in rest)
    assert len(name.partition("=")[2]) >= 43, "256 bits of chance"


@pytest.mark.parametrize("path", PLACES)
def test_browsers_are_told_to_come_by_tls_only(over_tls: Flask, path: str) -> None:
    told = asked(over_tls, path).headers["Strict-Transport-Security"]
    seconds = int(told.partition("max-age=")[2].partition(";")[0])
    assert seconds >= 365 * 24 * 3600
    assert "includeSubDomains" in told


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_says_what_it_is_and_who_may_use_it(over_tls: Flask, path: str) -> None:
    """Type with its characters, nothing guessed, no frame, no address told to others."""
    got = asked(over_tls, path, Origin="https://elsewhere.example")
    assert "charset=utf-8" in got.headers["Content-Type"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Referrer-Policy"] == "same-origin"
    assert got.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in got.headers
    policy = got.headers["Content-Security-Policy"]
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_served(over_tls: Flask, method: str) -> None:
    assert asked(over_tls, "/sign-in", method).status_code in (404, 405)


@pytest.mark.parametrize(
    "path", ["/.git/config", "/assets/", "/static/", "/templates/", "/../app.py"]
)
def test_no_folder_is_listed_and_no_file_of_the_house_is_served(over_tls: Flask, path: str) -> None:
    assert asked(over_tls, path).status_code == 404


def test_every_page_of_somebody_signed_in_leads_out(device: Devices) -> None:
    mine = device()
    mine.sign_in(people.appoint(Role.account_admin).phone)
    for path in ("/desk", "/me", "/accounts", "/role", "/no-such-page"):
        assert 'action="/sign-out"' in mine.get(path).get_data(as_text=True), path


def test_no_sign_in_asks_for_a_hint_or_a_question(device: Devices) -> None:
    """The only things to type are number and password."""
    page = device().get("/sign-in").get_data(as_text=True)
    fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", page)
    typed = [one for one in fields if not re.search(r'type="(?:hidden|checkbox|submit)"', one)]
    names = {found for one in typed for found in re.findall(r'\bname="(\w+)"', one)}
    assert names == {"phone", "password"}


def _new_password(**more: str) -> dict[str, str]:
    new = "quite another phrase"
    return {"present": PASSWORD, "new_password": new, "again": new, **more}


def test_a_form_without_its_token_does_nothing(device: Devices) -> None:
    """Sent from another site, or with a token of another session."""
    one, mine, other = people.appoint(Role.auditor), device(), device()
    mine.sign_in(one.phone)
    stranger = people.appoint(Role.auditor)
    other.sign_in(stranger.phone)
    other.get("/me/password")
    token = other._hidden("/me/password")["csrf_token"]
    for forged in ({}, {"csrf_token": "made up"}, {"csrf_token": token}):
        assert mine.http.post("/me/password", data=_new_password(**forged)).status_code == 303
    assert device().sign_in(one.phone).request.path == "/desk"


def test_what_the_page_does_not_ask_is_not_taken(device: Devices) -> None:
    """Names of columns beside the form's own change nothing."""
    one, mine = people.appoint(Role.auditor), device()
    mine.sign_in(one.phone)
    with db.read():
        before = people.account_of(one)
        kept = (before.state, before.county_id, before.name, before.phone_index)
    more = {
        "state": "disabled",
        "county_id": "2",
        "name": "别人",
        "phone_index": "x",
        "role": "leader",
    }
    mine.send("/me/password", **_new_password(**more))
    with db.read():
        after = people.account_of(one)
        assert (after.state, after.county_id, after.name, after.phone_index) == kept
        assert [held.role for held in after.roles] == [Role.auditor]
    assert device().sign_in(one.phone, "quite another phrase").request.path == "/desk"


def test_a_second_value_of_a_field_does_not_go_round_the_first(device: Devices) -> None:
    """The form reads one value of the body; what the address says of it is not read."""
    one, mine = people.appoint(Role.auditor), device()
    mine.sign_in(one.phone)
    page = "/me/password?present=nonsense&new_password=short"
    mine.send(page, **_new_password())
    assert device().sign_in(one.phone, "quite another phrase").request.path == "/desk"
