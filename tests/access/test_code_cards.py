"""A printed card of one-time codes stands in for an authenticator.

Seen to fail: a code that is not marked as used (use_code without the update), an old card that
goes on working (make_card without _void), a code kept in the clear (code_index).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jiedui.access.models import CodeCard, OneTimeCode
from jiedui.access.rules import CARD_CODES, Role
from jiedui.core import clock, db
from jiedui.core.audit import AuditEntry
from jiedui.core.outbox import Letter, LetterKind
from tests import people
from tests.client import PASSWORD, Browser
from tests.people import Person

Devices = Callable[[], Browser]


def codes_on(page: Browser) -> list[str]:
    """The codes of the card that is shown."""
    return re.findall(r"<li[^>]*>(\d{4} \d{4})</li>", page.text)


def with_card(app: Flask) -> tuple[Person, list[str]]:
    """Somebody of the county who has made a card."""
    officer = people.appoint(Role.duty_officer)
    mine = Browser(app)
    mine.sign_in(officer.phone)
    mine.send("/me/codes")
    return officer, codes_on(mine)


def enters(app: Flask, person: Person, code: str) -> str:
    """Where somebody ends who signs in and shows a code."""
    mine = Browser(app)
    assert mine.sign_in(person.phone).request.path == "/sign-in/code"
    return mine.send("/sign-in/code", code=code).request.path


def test_a_card_is_made_shown_once_and_asked_for_from_then_on(app: Flask) -> None:
    officer, codes = with_card(app)
    assert len(set(codes)) == CARD_CODES
    mine = Browser(app)
    mine.sign_in(officer.phone)
    assert mine.get("/desk").request.path == "/sign-in"
    mine.sign_in(officer.phone)
    assert mine.send("/sign-in/code", code=codes[3]).request.path == "/desk"
    mine.get("/me/codes")
    assert "9" in mine.words
    assert codes_on(mine) == []


def test_each_code_works_once_in_any_order_as_it_is_typed(app: Flask) -> None:
    officer, codes = with_card(app)
    assert enters(app, officer, codes[7].replace(" ", "")) == "/desk"
    assert enters(app, officer, codes[7]) == "/sign-in/code"
    assert enters(app, officer, codes[0].replace(" ", "-")) == "/desk"


def test_a_new_card_makes_the_old_one_void(app: Flask) -> None:
    officer, old = with_card(app)
    mine = Browser(app)
    mine.sign_in(officer.phone)
    mine.send("/sign-in/code", code=old[0])
    mine.send("/me/codes")
    new = codes_on(mine)
    assert enters(app, officer, old[1]) == "/sign-in/code"
    assert enters(app, officer, new[1]) == "/desk"


def test_a_used_up_card_does_not_leave_the_password_alone(app: Flask) -> None:
    """Else the last code would open the account to whoever knows the password."""
    officer, codes = with_card(app)
    for code in codes:
        assert enters(app, officer, code) == "/desk"
    assert enters(app, officer, codes[0]) == "/sign-in/code"


def test_when_three_are_left_a_letter_says_so(app: Flask) -> None:
    officer, codes = with_card(app)
    for code in codes[:6]:
        enters(app, officer, code)
    assert letters(officer) == []
    mine = Browser(app)
    mine.sign_in(officer.phone)
    mine.send("/sign-in/code", code=codes[6])
    assert "还剩 3 个口令" in mine.words
    assert letters(officer) == [LetterKind.codes_few]
    mine.get("/desk")
    assert "只剩 3 个口令" in mine.words
    found = re.search(r"/letters/\d+/open", mine.text)
    assert found is not None
    assert mine.press("/desk", found.group(0)).request.path == "/me/codes"
    enters(app, officer, codes[7])
    assert letters(officer) == [LetterKind.codes_few]


def letters(person: Person) -> list[LetterKind]:
    """What was written to somebody."""
    with db.read():
        mine = select(Letter.kind).where(Letter.to_account_id == person.account_id)
        return list(db.session.scalars(mine))


def test_one_code_shown_by_six_at_once_lets_one_in(either_app: Flask) -> None:
    """The row decides, on either database."""
    officer, codes = with_card(either_app)
    several = [Browser(either_app) for _ in range(6)]
    for one in several:
        one.sign_in(officer.phone)

    def show(one: Browser) -> str:
        return one.send("/sign-in/code", fresh=False, code=codes[0]).request.path

    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(show, several))
    assert sorted(ends) == ["/desk"] + ["/sign-in/code"] * 5
    with db.read():
        used = db.session.scalars(select(OneTimeCode).where(OneTimeCode.used_at.is_not(None)))
        assert len(used.all()) == 1


def test_the_database_allows_one_living_card(either_app: Flask) -> None:
    """Also when somebody writes past the action."""
    officer, _codes = with_card(either_app)
    with db.read():
        county_id = people.account_of(officer).county_id
    second = CodeCard(county_id=county_id, account_id=officer.account_id, made_at=clock.now())
    with pytest.raises(IntegrityError), db.write():
        db.session.add(second)


def test_codes_lie_nowhere_in_the_clear(app: Flask) -> None:
    """Neither in the database nor in the record."""
    _officer, codes = with_card(app)
    plain = [code.replace(" ", "").encode() for code in codes]
    url = db.database().url.removeprefix("sqlite:///")
    db.database().close()
    with open(url, "rb") as file:
        held = file.read()
    assert [code for code in plain if code in held] == []


def test_a_township_hands_a_card_over_with_a_link(device: Devices) -> None:
    """To somebody whose ID card was looked at: the record says who did."""
    town = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    director = people.appoint(Role.child_director, people.VILLAGE)
    office, theirs = device(), device()
    office.sign_in(town.phone)
    path = f"/accounts/{director.account_id}/codes"
    assert office.send(path, link="y").status_code == 422
    assert "请先核对本人身份证" in office.words
    office.send(path, link="y", seen="y")
    codes, link = codes_on(office), re.search(r"/link/[\w-]+", office.text)
    assert len(codes) == CARD_CODES
    assert link is not None
    words = "another long phrase"
    theirs.send(link.group(0), new_password=words, again=words)
    assert theirs.sign_in(director.phone, words).request.path == "/sign-in/code"
    assert theirs.send("/sign-in/code", code=codes[0]).request.path == "/desk"
    with db.read():
        made = select(AuditEntry.account_id).where(AuditEntry.act == "code card.made")
        assert db.session.scalars(made).all() == [town.account_id]


def test_a_card_by_hand_without_a_link_leaves_the_password(device: Devices) -> None:
    admin, officer = people.appoint(Role.account_admin), people.appoint(Role.leader)
    office, theirs = device(), device()
    office.sign_in(admin.phone)
    office.send(f"/accounts/{officer.account_id}/codes", seen="y")
    assert "/link/" not in office.text
    theirs.sign_in(officer.phone, PASSWORD)
    assert theirs.send("/sign-in/code", code=codes_on(office)[9]).request.path == "/desk"


def test_a_card_is_as_good_as_an_authenticator_where_one_is_needed(app: Flask) -> None:
    """The page that asks for one leads there."""
    app.config["SETTINGS"] = people.as_in_production(app)
    officer = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    mine = Browser(app)
    mine.sign_in(officer.phone)
    assert mine.get("/desk").request.path == "/me/second-factor"
    assert "/me/codes" in mine.text
    mine.send("/me/codes")
    assert mine.get("/desk").request.path == "/desk"
