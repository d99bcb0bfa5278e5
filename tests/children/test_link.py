"""A guardian answers by a link: one light page, a code told by voice, five tries, 72 hours."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from jiedui.children import actions, queries
from jiedui.children.models import ConsentLink
from jiedui.children.rules import Means, Purpose
from jiedui.core import clock, db
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedState
from tests.builders import children as kids
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person

MOST = 50_000


@pytest.fixture
def director(app: Flask) -> Person:
    """The village's director."""
    return kids.director()


def asked(director: Person, child: int) -> tuple[str, str]:
    """A link made for the first guardian: its address and the code."""
    with db.write():
        one = queries.get(child)
        token, code = actions.make_consent_link(
            one, one.guardians[0].id, Purpose.matching, by=director.actor()
        )
    return f"/answer/{token}", code


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_yes_by_link_opens_the_wish(either_app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director, consent=False)
    need = open_need(director, child_id=child)
    page, code = asked(director, child)
    far = Browser(either_app)
    far.get(page)
    for words in ("同意", "不用说理由", "打一个电话就行", "看不到姓名"):
        assert words in far.words
    far.send(page, answer="yes", code=f"{code[:3]} {code[3:]}")
    assert "您的答复已记录：同意" in far.words
    with db.read():
        assert needs.get(need).state is NeedState.open
        consent = queries.get(child).consents[0]
        assert (consent.means, consent.recorded_by) == (Means.link, None)
    assert far.get(page).status_code == 410


def test_a_no_by_link_needs_no_reason(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    need = open_need(director, child_id=child)
    page, code = asked(director, child)
    Browser(app).send(page, answer="no", code=code)
    with db.read():
        assert queries.consent_answer(child, Purpose.matching) is False
        assert needs.get(need).state is NeedState.waiting


def test_the_page_names_no_child_and_never_says_left_behind(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False, name="示露珠")
    page, _code = asked(director, child)
    far = Browser(app)
    far.get(page)
    for word in ("示露珠", "留守", "困境", "上村"):
        assert word not in far.words
    assert "石例女" in far.words


def test_page_and_everything_it_loads_stay_under_50_kb(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    page, _code = asked(director, child)
    far = Browser(app)
    total = len(far.get(page).data)
    for path in set(re.findall(r'(?:src|href)="(/assets/[^"#]+)', far.text)):
        packed = far.http.get(path, headers={"Accept-Encoding": "gzip"})
        total += len(packed.data)
    assert total < MOST, total


def test_the_fifth_wrong_code_ends_the_link(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    page, code = asked(director, child)
    far = Browser(app)
    for left in (4, 3, 2, 1):
        assert far.send(page, answer="yes", code=wrong(code)).status_code == 422
        assert f"还可以试 {left} 次" in far.words
    far.send(page, answer="yes", code=wrong(code))
    assert "这个链接已经失效" in far.words
    assert far.get(page).status_code == 410
    with db.read():
        assert queries.consent_answer(child, Purpose.matching) is None


def test_a_link_dies_after_72_hours(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    page, _code = asked(director, child)
    with clock.moved_to(clock.now() + timedelta(hours=71, minutes=59)):
        assert Browser(app).get(page).status_code == 200
    with clock.moved_to(clock.now() + timedelta(hours=72, minutes=1)):
        assert Browser(app).get(page).status_code == 410


def test_a_newer_link_ends_the_older_one(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    old, _code = asked(director, child)
    new, _code = asked(director, child)
    assert Browser(app).get(old).status_code == 410
    assert Browser(app).get(new).status_code == 200


def test_nothing_usable_of_link_or_code_is_kept(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    page, code = asked(director, child)
    with db.read():
        link = db.session.query(ConsentLink).one()
        assert page.rsplit("/", 1)[1] not in (link.fingerprint, link.code_fingerprint)
        assert code not in link.code_fingerprint


def test_an_answer_and_a_code_are_both_asked(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    page, _code = asked(director, child)
    far = Browser(app)
    assert far.send(page).status_code == 422
    assert "请选一个" in far.words
    assert "请填写告诉您的确认码" in far.words


def test_the_director_sees_link_and_code_once(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    mine = Browser(app)
    mine.sign_in(director.phone)
    with db.read():
        father = queries.get(child).guardians[0].id
    mine.send(f"/children/{child}/ask", guardian=str(father))
    link = re.search(r"http://localhost(/answer/[\w-]+)", mine.text)
    code = re.search(r">(\d{6})<", mine.text)
    assert link
    assert code
    Browser(app).send(link[1], answer="yes", code=code[1])
    with db.read():
        assert queries.consent_answer(child, Purpose.matching) is True


def test_a_carer_who_is_no_guardian_is_not_asked(app: Flask, director: Person) -> None:
    child = kids.household_child(director, consent=False)
    mine = Browser(app)
    mine.sign_in(director.phone)
    with db.read():
        carer = next(g for g in queries.get(child).household.guardians if not g.is_guardian).id
    assert mine.send(f"/children/{child}/ask", guardian=str(carer)).status_code == 422
