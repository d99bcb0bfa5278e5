"""The pages about letters, as a person uses them.

Seen to fail: back_or() that takes an address of another site, a letter that is opened by whoever
has its number, sent.html with the account's name in full, a door for the auditor."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.carriers import Way
from jiedui.core.outbox import Letter, LetterKind
from jiedui.letters.rules import Pace
from jiedui.settings import Settings
from tests import people
from tests.builders import pairings
from tests.client import PASSWORD, Browser
from tests.letters.conftest import work
from tests.letters.people import MAIL, deliveries, reader, states, write
from tests.letters.post_office import PostOffice
from tests.people import Person


@pytest.fixture
def at(either_app: Flask) -> type[Browser]:
    """Somebody's device, signed in."""

    def device(person: Person) -> Browser:
        mine = Browser(either_app)
        mine.sign_in(person.phone)
        return mine

    return device  # type: ignore[return-value]


def letter_of(person: Person) -> Letter:
    with db.read():
        mine = select(Letter).where(Letter.to_account_id == person.account_id)
        found = db.session.scalars(mine.order_by(Letter.id.desc())).first()
        assert found is not None
        db.session.expunge(found)
    return found


def test_from_an_address_to_the_letter_in_it(
    ways: Settings, office: PostOffice, at: type[Browser]
) -> None:
    """Give an address, type the code, get a letter, follow its link in a fresh browser."""
    person = people.appoint(Role.child_director, people.VILLAGE)
    mine = at(person)
    assert "还没有验证过的邮箱" in mine.get("/me/letters").get_data(as_text=True)
    mine.send("/me/letters/address", address="not an address")
    assert "这不是邮箱地址" in mine.words
    assert 'value="not an address"' in mine.text
    mine.send("/me/letters/address", address=MAIL)
    assert mine.page is not None
    assert mine.page.request.path == "/me/letters/code"
    work()
    code = re.search(r"\b\d{8}\b", office.received[0].read().get_content())
    mine.send("/me/letters/code", code="1")
    assert "还可以试 4 次" in mine.words
    mine.send("/me/letters/code", code=code.group() if code else "")
    assert "邮箱已验证" in mine.words
    assert "x***@village.example" in mine.words
    assert MAIL not in mine.text
    write(person, LetterKind.work_handed_over)
    work()
    link = re.search(r"https://jiedui\.example(/\S+)", office.received[1].read().get_content())
    assert link is not None
    fresh = Browser(mine.app)
    fresh.get(link.group(1))
    assert fresh.page is not None
    assert fresh.page.request.path == "/sign-in"
    fresh.send(fresh.page.request.full_path, phone=person.phone, password=PASSWORD)
    assert fresh.page.request.path == "/pairings/7"
    with db.read():
        assert db.session.scalars(select(Letter).order_by(Letter.id.desc())).first().read_at  # type: ignore[union-attr]


def test_the_link_leads_its_reader_to_the_thing_and_nobody_else_anywhere(
    ways: Settings, at: type[Browser]
) -> None:
    pair = pairings.approved()
    letter = letter_of(pair.helper)
    path = f"/letters/{letter.id}"
    other = at(people.appoint(Role.account_admin))
    assert other.get(path).status_code == 404
    assert other.get(f"{path}/text").status_code == 404
    with db.read():
        assert db.session.get_one(Letter, letter.id).read_at is None
    mine = at(pair.helper)
    assert mine.get(path).request.path == f"/pairings/{pair.id}/accept"
    with db.read():
        assert db.session.get_one(Letter, letter.id).read_at is not None


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "evil"],
)
def test_signing_in_never_leads_to_another_site(either_app: Flask, wanted: str) -> None:
    person = people.appoint(Role.leader)
    mine = Browser(either_app)
    mine.get("/sign-in", query_string={"next": wanted})
    answer = mine.send("/sign-in", follow=False, phone=person.phone, password=PASSWORD, next=wanted)
    assert answer.status_code == 303
    assert answer.location == "/desk"


def test_a_person_chooses_and_sees_what_was_sent(
    ways: Settings, at: type[Browser], office: PostOffice
) -> None:
    person = reader()
    mine = at(person)
    mine.send("/me/letters", way="sms", pace="daily", language="en")
    assert "已保存" in mine.words
    mine.get("/me/letters")
    for value in ("sms", "daily", "en"):
        assert re.search(rf'value="{value}"[^>]* checked', mine.text), value
    mine.send("/me/letters", way="pigeon", pace="daily", language="en")
    assert mine.page is not None
    assert mine.page.status_code == 422
    write(person)
    with clock.moved_to(clock.at(clock.today(), 18)):
        work()
    mine.get("/me/letters/sent")
    assert "短信" in mine.words
    assert "已发出" in mine.words
    assert states() == ["sent"]
    assert person.phone not in mine.text


def test_where_nothing_is_set_up_the_page_says_so(app: Flask) -> None:
    mine = Browser(app)
    mine.sign_in(people.appoint(Role.child_director, people.VILLAGE).phone)
    mine.get("/me/letters")
    assert "没有配置邮件和短信" in mine.words
    assert 'name="way"' not in mine.text


def test_the_county_sees_what_was_sent_without_words_or_names(
    ways: Settings, office: PostOffice, at: type[Browser]
) -> None:
    office.says = {"RCPT": "550 no such user"}
    person = reader()
    write(person)
    work()
    admin = at(people.appoint(Role.account_admin))
    assert "有消息没能发出" in admin.get("/desk").get_data(as_text=True)
    admin.get("/letters/sent?state=given_up")
    assert "服务器不接受这个邮箱或号码" in admin.words
    assert "程＊＊" in admin.words
    for secret in ("程小满", person.phone, MAIL):
        assert secret not in admin.text
    office.says = {}
    action = re.search(r'action="(/letters/sent/\d+/again)"', admin.text)
    assert action is not None
    admin.press("/letters/sent?state=given_up", action.group(1))
    work()
    assert deliveries() == [("sent", 1, None)]
    assert "有消息没能发出" not in admin.get("/desk").get_data(as_text=True)
    late = admin.press("/letters/sent", action.group(1))
    assert late.status_code == 422
    assert "这条没有停止发送" in admin.words
    for role, over in ((Role.auditor, {}), (Role.leader, {}), (Role.duty_officer, {})):
        assert at(people.appoint(role, **over)).get("/letters/sent").status_code == 404
    assert (
        at(people.appoint(Role.coordinator, office=Office.youth_league))
        .get("/letters/sent")
        .status_code
        == 200
    )
    there = at(people.appoint(Role.account_admin, people.OTHER_COUNTY))
    assert "程＊＊" not in there.get("/letters/sent").get_data(as_text=True)


def test_texts_to_paste_stand_where_somebody_must_be_reached(
    ways: Settings, at: type[Browser]
) -> None:
    """Without script they are there to be marked by hand; they name nobody."""
    pair = pairings.approved()
    with db.read():
        child = pair.read().need.children[0].name
    own = letter_of(pair.helper)
    pages = {
        f"/pairings/{pair.id}": pair.director,
        "/pairings/calls": pair.director,
        f"/pairings/{pair.id}/call/guardian": pair.director,
        f"/letters/{own.id}/text": pair.helper,
    }
    for path, person in pages.items():
        text = at(person).get(path).get_data(as_text=True)
        boxes = re.findall(r"<textarea[^>]* readonly[^>]*>([^<]*)</textarea>", text)
        assert boxes, path
        for box in boxes:
            assert "https://jiedui.example/" in box
            assert child not in box
            assert "js/copy" in text


def test_english_letters_and_pages(ways: Settings, at: type[Browser]) -> None:
    person = reader(Way.sms, Pace.daily, "en")
    write(person)
    mine = at(person).english()
    assert "My letters" in mine.get("/me/letters").get_data(as_text=True)
    assert "Once a day, together" in mine.words
