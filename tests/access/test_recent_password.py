"""What is sealed, and files with names, ask for the password when it was typed a while ago.

Seen to fail: a route without `recent`, a PIN that counts (enter_by_pin with note_password), a
wrong password that does (confirm_password without its refusal).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from jiedui.access.rules import RECENT, TRIES, Role
from jiedui.children import actions
from jiedui.core import clock, db
from jiedui.core.audit import AuditEntry
from tests import people
from tests.builders import children as kids
from tests.client import PASSWORD, Browser

Devices = Callable[[], Browser]
LATE = RECENT + timedelta(seconds=1)
# What shows an identity number in full, is a file with names, or opens an account.
ASKING = {
    "access.change_password",
    "access.code_card",
    "access.hand_card",
    "access.clear_second_factor",
    "access.remember_phone",
    "access.second_factor_setup",
    "activities.confirm",
    "children.export_file",
    "children.national_file",
    "hours.told_download",
    "children.reveal",
    "counselling.confided",
    "counselling.letter",
    "counselling.new_screening",
    "counselling.screening",
    "donations.statement_file",
    "files.request_copy",
    "helpers.papers",
    "hours.note",
    "intake.corrected",
    "protection.unseal",
}


def count(act: str) -> int:
    """How many entries of the record say this."""
    with db.read():
        said = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == act)
        return int(db.session.scalar(said) or 0)


@pytest.fixture
def hidden(app: Flask) -> tuple[Browser, str]:
    """A director at the page that reveals an identity number."""
    director = kids.director()
    with db.write():
        said = kids.new_child(id_number=kids.checked(people.id_number(kids.born(9), "f")))
        child = actions.register_child(said, by=director.actor()).id
    mine = Browser(app)
    mine.sign_in(director.phone)
    return mine, f"/children/{child}/reveal/id_number"


def test_these_routes_ask(app: Flask) -> None:
    """A decision, made here by hand."""
    views = app.view_functions.items()
    asking = {name for name, view in views if getattr(getattr(view, "guard", None), "recent", 0)}
    assert asking == ASKING


def test_right_after_signing_in_nobody_is_asked(hidden: tuple[Browser, str]) -> None:
    mine, path = hidden
    assert mine.get(path).request.path == path
    mine.send(path, reason="medical")
    assert count("child.revealed") == 1


def test_later_the_password_is_asked_and_leads_back(hidden: tuple[Browser, str]) -> None:
    mine, path = hidden
    with clock.moved_to(clock.now() + LATE):
        assert mine.get(path).request.path == "/confirm"
        assert count("child.revealed") == 0
        assert mine.send(f"/confirm?next={path}", password=PASSWORD).request.path == path
        mine.send(path, reason="medical")
    assert count("child.revealed") == 1
    assert count("password confirmed") == 1


def test_what_was_chosen_meanwhile_is_kept(hidden: tuple[Browser, str]) -> None:
    """The quarter of an hour ends while the page lies open."""
    mine, path = hidden
    mine.get(path)
    fields = dict(re.findall(r'name="(csrf_token|once)" value="([^"]+)"', mine.text))
    with clock.moved_to(clock.now() + LATE):
        answer = mine.http.post(path, data=fields | {"reason": "medical"})
        assert answer.location.startswith("/confirm?")
        assert count("child.revealed") == 0
        mine.send(answer.location, password=PASSWORD)
        assert re.search(r'value="medical"[^>]*checked', mine.text)
        mine.send(path, fresh=False, reason="medical")
    assert count("child.revealed") == 1


def test_a_wrong_one_opens_nothing_and_is_counted(hidden: tuple[Browser, str]) -> None:
    """A page that was left open is no place to guess the password."""
    mine, path = hidden
    with clock.moved_to(clock.now() + LATE):
        for _ in range(TRIES):
            wrong = mine.send(f"/confirm?next={path}", password="wrong horse entirely")
            assert wrong.status_code == 422
        mine.send(f"/confirm?next={path}", password=PASSWORD)
        assert "请等" in mine.words or "15 分钟" in mine.words
        assert mine.get(path).request.path == "/confirm"
    assert count("sign-in refused") == TRIES


def test_it_leads_to_pages_of_ours_only(hidden: tuple[Browser, str]) -> None:
    mine, _path = hidden
    for there in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = mine.send("/confirm", follow=False, password=PASSWORD, next=there)
        assert answer.location == "/desk"


def test_a_clock_that_was_set_back_makes_nothing_recent(hidden: tuple[Browser, str]) -> None:
    mine, path = hidden
    with clock.moved_to(clock.now() - timedelta(minutes=5)):
        assert mine.get(path).request.path == "/confirm"


def test_what_is_out_of_scope_is_not_there_before_any_password(app: Flask) -> None:
    """404 as before: the question must not say that there is something."""
    child = kids.household_child(kids.director())
    mine = Browser(app)
    mine.sign_in(people.appoint(Role.child_director, people.FAR_VILLAGE).phone)
    with clock.moved_to(clock.now() + LATE):
        assert mine.get(f"/children/{child}/reveal/id_number").status_code == 404


def test_the_session_gets_a_new_number(hidden: tuple[Browser, str]) -> None:
    """As at every sign-in: who had read the cookie does not get the new right."""
    mine, path = hidden
    before = mine.http.get_cookie("jiedui").value
    mine.send(f"/confirm?next={path}", password=PASSWORD)
    assert mine.http.get_cookie("jiedui").value != before
    thief = Browser(mine.app)
    thief.http.set_cookie("jiedui", before)
    assert thief.get("/desk").request.path == "/sign-in"
