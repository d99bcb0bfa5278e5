"""A visit filled in without a line and sent later: the same form, once, for the one who typed it.

Made to catch: the account not compared (guard), a refused entry not kept (edge), the phone's time
not bounded (phone.read), the token not asked (guard), an empty page that eats a message (edge).
"""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from jiedui.access.models import RoleHolding
from jiedui.access.rules import Office, Role
from jiedui.children.models import Child
from jiedui.core import clock, crypto, db, phone
from jiedui.core.drafts import Draft
from tests import people
from tests.builders import children as kids
from tests.builders import needs as wishes
from tests.client import Browser
from tests.core.sealing import entry, sealed
from tests.needs.visits import typed

DAY = 86_400


class Phone(Browser):
    """A director's phone with the script on it."""

    def __init__(self, app: Flask, person: people.Person) -> None:
        super().__init__(app)
        self.person, self.who = person, phone.handle(person.account_id)

    def send_kept(self, kept: str, **over: str) -> TestResponse:
        """Send one kept entry, as keep.js does."""
        told = self.http.get("/keep").get_json()
        fields = {"csrf_token": told.get("csrf") or "", "sealed": kept} | over
        return self.http.post("/keep", data=fields)

    def state(self, kept: str, **over: str) -> Any:
        """What the script is told."""
        return self.send_kept(kept, **over).get_json()["state"]


@pytest.fixture
def mine(either_app: Flask) -> Phone:
    """A director who has signed in; the village has a Children's Home."""
    with db.write():
        wishes.place()
    person = kids.director()
    held = Phone(either_app, person)
    held.sign_in(person.phone)
    return held


def children() -> list[Child]:
    """Who is on file."""
    with db.read():
        found = list(db.session.scalars(select(Child)))
        db.session.expunge_all()
    return found


def drafts() -> list[Draft]:
    """What waits to be put right."""
    with db.read():
        found = list(db.session.scalars(select(Draft)))
        db.session.expunge_all()
    return found


def kept_visit(who: str, *, key: str = "k1", at: float = 0.0, **over: Any) -> str:
    """A visit as the phone keeps it."""
    return entry(who, "/visit", typed(**over) | {"once": key}, at)


def test_what_was_kept_is_a_visit_like_any_other_and_is_taken_once(mine: Phone) -> None:
    kept = kept_visit(mine.who)
    first, second = mine.send_kept(kept).get_json(), mine.send_kept(kept).get_json()
    (child,) = children()
    assert first == second == {"state": "taken", "to": f"/children/{child.id}"}
    with db.read():
        found = db.session.get_one(Child, child.id)
        assert [g.name for g in found.household.guardians] == ["示大山", "示奶奶"]
        assert found.consents[0].evidence == {"holder": "石例女", "where": "村委会"}


def test_a_form_whose_answer_was_lost_is_not_taken_twice(mine: Phone) -> None:
    """The line broke after the portal had taken it, and before the phone heard so."""
    mine.send("/visit", **typed(), once="k1")
    assert mine.state(kept_visit(mine.who)) == "taken"
    assert len(children()) == 1


def test_a_refused_form_becomes_a_draft_that_says_what_is_wrong(mine: Phone) -> None:
    told = mine.send_kept(kept_visit(mine.who, slots=None)).get_json()
    (draft,) = drafts()
    assert told == {"state": "refused", "draft": draft.id, "path": "/visit"}
    assert children() == []
    mine.get("/desk")
    assert "修改手机上填的表单" in mine.words
    mine.get("/drafts")
    assert "示小禾" in mine.words
    answer = mine.press("/drafts", "/visit", draft=str(draft.id))
    assert answer.status_code == 422
    assert "还没有选时段" in mine.text.split('id="slots-e"')[1][:600]
    assert 'value="示小禾"' in mine.text
    assert 'value="k1"' in mine.text


def test_a_draft_put_right_is_taken_and_gone(mine: Phone) -> None:
    mine.send_kept(kept_visit(mine.who, guardian_phone="138"))
    mine.press("/drafts", "/visit", draft=str(drafts()[0].id))
    mine.send("/visit", fresh=False, **typed())
    assert len(children()) == 1
    assert drafts() == []


def test_several_refused_forms_are_all_kept_and_the_same_one_once(mine: Phone) -> None:
    for key in ("k1", "k2", "k1"):
        mine.send_kept(kept_visit(mine.who, key=key, slots=None))
    assert len(drafts()) == 2


def test_what_a_rule_of_the_ledger_refuses_is_kept_too(mine: Phone) -> None:
    number = people.id_number(kids.born(8), "m")
    assert mine.state(kept_visit(mine.who, id_number=number)) == "taken"
    assert mine.state(kept_visit(mine.who, key="k2", id_number=number)) == "refused"
    mine.press("/drafts", "/visit", draft=str(drafts()[0].id))
    assert "这个身份证号已经建过档案" in mine.words


def test_a_draft_is_its_writers_only_and_lies_sealed(mine: Phone) -> None:
    mine.send_kept(kept_visit(mine.who, slots=None))
    (draft,) = drafts()
    with db.read():
        (blob,) = db.session.execute(text("SELECT typed FROM draft")).one()
    assert "示小禾".encode() not in bytes(blob)
    colleague = people.appoint(Role.child_director, people.VILLAGE)
    theirs = Phone(mine.app, colleague)
    theirs.sign_in(colleague.phone)
    assert "示小禾" not in theirs.get("/drafts").get_data(as_text=True)
    theirs.press("/visit", "/visit", draft=str(draft.id))
    assert "示小禾" not in theirs.text
    token = theirs._hidden("/visit")["csrf_token"]
    gone = theirs.http.post(f"/drafts/{draft.id}/drop", data={"csrf_token": token})
    assert gone.status_code == 404
    mine.press("/drafts", f"/drafts/{draft.id}/drop")
    assert drafts() == []


def test_a_draft_goes_after_a_month(mine: Phone) -> None:
    mine.send_kept(kept_visit(mine.who, slots=None))
    with clock.moved_to(clock.now() + timedelta(days=31)):
        mine.sign_in(mine.person.phone)
        assert "没有待修改的表单" in mine.get("/drafts").get_data(as_text=True)
        mine.send_kept(kept_visit(mine.who, key="k2", slots=None))
        assert len(drafts()) == 1


def test_signed_out_meanwhile_it_stays_on_the_phone(mine: Phone) -> None:
    kept = kept_visit(mine.who)
    mine.press("/desk", "/sign-out")
    assert mine.http.get("/keep").get_json() == {"who": None}
    assert mine.state(kept) == "signed out"
    assert children() == []


def test_another_account_cannot_send_it_as_theirs(mine: Phone) -> None:
    kept = kept_visit(mine.who)
    colleague = people.appoint(Role.child_director, people.VILLAGE)
    theirs = Phone(mine.app, colleague)
    theirs.sign_in(colleague.phone)
    assert theirs.state(kept) == "another account"
    assert children() == []
    assert mine.state(kept) == "taken"  # it was not used up


def test_a_page_from_elsewhere_cannot_send_it(mine: Phone) -> None:
    assert mine.state(kept_visit(mine.who), csrf_token="guessed") == "again"
    assert children() == []


def test_what_cannot_be_opened_is_said_to_be_so(mine: Phone) -> None:
    good = kept_visit(mine.who)
    spoilt = good[:-8] + ("AAAAAAA=" if good[-8:] != "AAAAAAA=" else "BBBBBBA=")
    for one in ("", "nonsense", "AAAA", spoilt, sealed("[]"), sealed('{"who": "x"}')):
        assert mine.state(one) == "unreadable"
    far = entry(mine.who, "//elsewhere/visit", typed())
    assert mine.state(far) == "unreadable"


def test_a_key_that_was_turned_still_opens(mine: Phone) -> None:
    kept, key = kept_visit(mine.who), phone.public_key()
    crypto.use(crypto.rotated(crypto.ring()))
    assert phone.public_key() != key
    assert mine.state(kept) == "taken"
    gone = base64.b64encode(b"\0\x09" + base64.b64decode(key)[2:]).decode()
    assert mine.state(sealed("{}", gone)) == "unreadable"


def test_only_forms_that_say_so_are_taken_from_a_phone(mine: Phone) -> None:
    kept = entry(mine.who, "/feedback", {"text": "x", "once": "k1"})
    assert mine.state(kept) == "not now"
    assert mine.state(entry(mine.who, "/keep", {})) == "not now"
    assert mine.state(entry(mine.who, "/nowhere", {})) == "not now"


def test_whoever_lost_the_role_meanwhile_cannot_send_it(mine: Phone) -> None:
    kept = kept_visit(mine.who)
    with db.write():
        for holding in db.session.scalars(select(RoleHolding)):
            holding.role, holding.office = Role.coordinator, Office.youth_league
    assert mine.state(kept) == "not now"
    assert children() == []


def test_a_yes_on_paper_counts_from_the_day_of_the_visit(mine: Phone) -> None:
    there = time.time() - 3 * DAY
    mine.send_kept(kept_visit(mine.who, at=there))
    with db.read():
        given_at = db.session.scalars(select(Child)).one().consents[0].given_at
        assert abs(given_at.timestamp() - there) < 2


@pytest.mark.parametrize("days", [-400, 400])
def test_a_phone_with_a_wrong_clock_dates_nothing_far_off(mine: Phone, days: int) -> None:
    mine.send_kept(kept_visit(mine.who, at=time.time() + days * DAY))
    with db.read():
        given_at = db.session.scalars(select(Child)).one().consents[0].given_at
    assert clock.now() - timedelta(days=phone.DAYS, minutes=1) < given_at <= clock.now()


def test_a_page_to_lie_on_the_phone_is_empty_and_takes_nothing_away(mine: Phone) -> None:
    """What was typed before and waits for its person stays where it waits; so does a message."""
    page = mine.get("/visit").get_data(as_text=True)
    assert 'data-keep="new"' in page
    mine.http.post("/visit", data=typed() | {"csrf_token": "old"})  # kept in the session
    laid = mine.http.get("/visit", headers={phone.EMPTY: "1"})
    assert laid.headers[phone.EMPTY] == "1"
    for secret in ("示小禾", "示大山", "13812345678", "请重新提交", "jd-note--warn"):
        assert secret not in laid.get_data(as_text=True).split('id="keep"')[0]
        assert secret not in laid.get_data(as_text=True).split("data-keep=")[1]
    again = mine.get("/visit").get_data(as_text=True)
    assert 'value="示小禾"' in again


def test_a_page_about_a_house_never_lies_on_the_phone(mine: Phone) -> None:
    mine.send("/visit", **typed())
    (child,) = children()
    answer = mine.http.get(f"/visit/home/{child.household_id}", headers={phone.EMPTY: "1"})
    assert phone.EMPTY not in answer.headers
    kept = entry(mine.who, f"/visit/home/{child.household_id}",
                 typed(name="示小穗", id_number=people.id_number(kids.born(7), "m")))  # fmt: skip
    assert mine.state(kept) == "taken"
    assert len(children()) == 2


def test_the_page_says_for_whom_it_keeps_and_only_to_whom_may_enter(either_app: Flask) -> None:
    officer = people.appoint(Role.duty_officer)
    held = Phone(either_app, officer)
    held.sign_in(officer.phone)
    desk = held.get("/desk").get_data(as_text=True)
    assert f'data-who="{held.who}"' in desk
    assert 'data-pages=""' in desk


def test_nothing_of_a_kept_form_lies_open_in_the_files(app: Flask) -> None:
    with db.write():
        wishes.place()
    person = kids.director()
    held = Phone(app, person)
    held.sign_in(person.phone)
    held.send_kept(kept_visit(held.who, slots=None))
    db.database().close()
    for file in Path(app.config["SETTINGS"].var).iterdir():
        assert "示小禾".encode() not in file.read_bytes(), file.name


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_whatever_was_typed_comes_out_as_it_was(said: str) -> None:
    crypto.use(crypto.new_ring())
    kept = entry("w" * 32, "/visit", {"name": said, "categories": ["a", "b"]})
    found = phone.read(kept)
    assert found.pairs == [("name", said), ("categories", "a"), ("categories", "b")]
