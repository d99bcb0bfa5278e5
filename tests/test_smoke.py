"""Signing in and out, as the simplest whole journey through the house."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from jiedui.access.rules import Role
from tests import people
from tests.client import Browser


def test_an_administrator_signs_in_and_out(either_app: Flask) -> None:
    """The session ends on the server: the old cookie opens nothing afterwards."""
    admin = people.appoint(Role.account_admin)
    mine = Browser(either_app)
    assert "手机号" in mine.get("/sign-in").get_data(as_text=True)
    mine.sign_in(admin.phone)
    assert mine.get("/role").status_code == 200
    cookie = mine.http.get_cookie("jiedui")
    mine.press("/role", "/sign-out")
    thief = Browser(either_app)
    thief.http.set_cookie("jiedui", cookie.value)
    assert thief.get("/role").request.path == "/sign-in"


def test_a_wrong_password_says_nothing_about_the_account(
    device: Callable[[], Browser],
) -> None:
    """The same words whether or not the number has an account."""
    admin = people.appoint(Role.account_admin)
    told = [
        device().sign_in(phone, "nonsense words").get_data(as_text=True)
        for phone in (admin.phone, "13900099999")
    ]
    assert all("手机号或密码不对" in page for page in told)
