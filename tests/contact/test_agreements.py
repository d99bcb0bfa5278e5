"""Agreements: made from the record, signed by helper, guardian and office in any way, replaced when
a term changes.

Seen to fail: terms that were not compared again when somebody said yes (_locked), a paper signed
before it was made (paper_fault)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.contact.actions import agreements as actions
from jiedui.contact.actions.agreements import PaperSaid
from jiedui.contact.queries import agreements as queries
from jiedui.contact.rules.agreements import (
    AgreementRefusal,
    AgreementStanding,
    AgreementState,
    Party,
)
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter
from jiedui.needs import queries as needs
from jiedui.needs.rules import Frequency
from tests.builders import pairings as build
from tests.builders.contact import ALL, drafted, signed
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.photos import photo


def standing(pair: Pair) -> AgreementStanding:
    """How the pairing stands."""
    with db.read():
        return queries.stands(pair.read()).standing


def state(number: int) -> AgreementState:
    """How one version stands."""
    with db.read():
        return queries.get(number).state


def browser_of(app: Flask, phone: str) -> Browser:
    """Somebody signed in."""
    browser = Browser(app)
    browser.sign_in(phone)
    return browser


def test_what_is_planned_for_longer_than_a_month_is_agreed_in_writing(app: Flask) -> None:
    """A short help needs no paper; both go on meanwhile."""
    assert standing(build.ready()) is AgreementStanding.missing
    assert standing(build.trial()) is AgreementStanding.missing
    short = build.ready()
    with db.write():
        needs.get(short.need_id).ends = clock.today() + timedelta(days=20)
    assert standing(short) is AgreementStanding.not_needed


def test_signed_on_paper_by_all_three_it_holds(either_app: Flask) -> None:
    """And everybody concerned is told."""
    pair = build.trial()
    number = signed(pair)
    assert state(number) is AgreementState.signed
    assert standing(pair) is AgreementStanding.signed
    with db.read():
        kinds = {(one.to_account_id, one.kind.value) for one in db.session.query(Letter)}
    assert (pair.helper.account_id, "agreement waiting") in kinds
    for person in (pair.helper, pair.director, pair.officer):
        assert (person.account_id, "agreement signed") in kinds


def test_each_may_say_yes_in_a_way_of_their_own(app: Flask) -> None:
    """The helper signed in, the guardian by a link, the office signed in; the last yes makes it
    hold. The page behind the link does not know the child's name."""
    pair = build.trial()
    number = drafted(pair)
    page = f"/pairings/{pair.id}/agreement"
    helper = browser_of(app, pair.helper.phone)
    helper.get(page)
    assert "我已阅读并同意" in helper.words
    helper.send(f"/agreements/{number}/accept")
    assert "您的同意已记下" in helper.words
    director = browser_of(app, pair.director.phone)
    with db.read():
        home = pair.read().need.household
        guardian = next(g for g in home.guardians if g.is_guardian)
        who, phone = str(guardian.id), guardian.phone
        names = [child.name for child in pair.read().need.children]
    director.send(f"/agreements/{number}/ask", guardian=who)
    link = director.text.split("/agreement/")[1].split("<")[0].strip()
    code = director.text.split('jd-num mb-2">')[1].split("<")[0]
    far = Browser(app)
    far.get(f"/agreement/{link}")
    assert not [name for name in names if name in far.text]
    assert phone
    assert phone not in far.text
    wrong = "000000" if code != "000000" else "111111"
    far.send(f"/agreement/{link}", code=wrong)
    assert "还可以试 4 次" in far.words
    far.send(f"/agreement/{link}", code=code)
    assert "您的同意已记下" in far.words
    assert far.get(f"/agreement/{link}").status_code == 410
    officer = browser_of(app, pair.officer.phone)
    officer.get(page)
    assert not [name for name in names if name in officer.text]
    officer.send(f"/agreements/{number}/confirm")
    assert state(number) is AgreementState.signed


def test_a_term_that_changes_asks_for_a_new_version(either_app: Flask) -> None:
    """The older one holds until the new one is signed; a draft of older terms cannot be signed."""
    pair = build.trial()
    first = signed(pair)
    with db.write():
        needs.get(pair.need_id).frequency = Frequency.fortnightly
    assert standing(pair) is AgreementStanding.changed
    second = drafted(pair)
    assert state(first) is AgreementState.signed
    with db.write():
        needs.get(pair.need_id).frequency = Frequency.monthly
    with pytest.raises(Refusal) as refused, db.write():
        actions.accept(queries.get(second), by=pair.helper.actor())
    assert refused.value.code is AgreementRefusal.terms_changed
    third = signed(pair)
    assert [state(one) for one in (first, second, third)] == [
        AgreementState.replaced,
        AgreementState.replaced,
        AgreementState.signed,
    ]
    with db.read():
        assert [one.number for one in queries.of_pairing(pair.id)] == [3, 2, 1]


def test_who_is_the_helper_does_not_answer_for_the_office(app: Flask) -> None:
    """And nobody answers for the helper."""
    pair = build.trial()
    number = drafted(pair)
    for act, by, code in (
        (actions.confirm, pair.helper, AgreementRefusal.is_the_helper),
        (actions.accept, pair.officer, AgreementRefusal.not_the_helper),
    ):
        with pytest.raises(Refusal) as refused, db.write():
            act(queries.get(number), by=by.actor())
        assert refused.value.code is code


def test_a_paper_that_cannot_be_is_refused(app: Flask) -> None:
    """Nobody signed, tomorrow, yesterday, nobody keeps it; what is refused leaves nothing."""
    pair = build.trial()
    number = drafted(pair)
    today = clock.today()
    for said, code in (
        (PaperSaid(today, frozenset(), "柜"), AgreementRefusal.no_signer),
        (PaperSaid(today + timedelta(days=1), ALL, "柜"), AgreementRefusal.signed_in_future),
        (PaperSaid(today - timedelta(days=1), ALL, "柜"), AgreementRefusal.signed_too_early),
        (PaperSaid(today, ALL, ""), AgreementRefusal.holder_missing),
    ):
        with pytest.raises(Refusal) as refused, db.write():
            actions.sign(queries.get(number), said, by=pair.director.actor())
        assert refused.value.code is code
    with db.read():
        assert queries.get(number).said == set()


def test_a_paper_signed_by_two_waits_for_the_third(app: Flask) -> None:
    """Whoever is missing is named on the list."""
    pair = build.trial()
    number = signed(pair, frozenset({Party.helper, Party.guardian}))
    assert state(number) is AgreementState.drafted
    officer = browser_of(app, pair.officer.phone)
    with db.read():
        who = pair.officer.actor()
        assert queries.count_waiting(who) == (1, queries.waiting(who)[0].due)
    officer.get("/agreements")
    assert "还差：主管单位" in officer.words
    officer.send(f"/agreements/{number}/confirm")
    officer.get("/agreements")
    assert "没有待签的协议" in officer.words


def test_a_photo_is_looked_at_and_kept_sealed(app: Flask) -> None:
    """What is no photo is refused beside the field; what is kept does not lie there in clear."""
    pair = build.trial()
    number = drafted(pair)
    director = browser_of(app, pair.director.phone)
    answer = director.send(f"/agreements/{number}/scan", file=(BytesIO(b"<html>"), "a.jpg"))
    assert answer.status_code == 422
    director.send(f"/agreements/{number}/scan", file=(BytesIO(photo()), "a.jpg"))
    assert "文件已加密保存" in director.words
    with db.read():
        (kept,) = queries.get(number).scans
        assert kept.content.startswith(b"\xff\xd8")
        raw = db.session.execute(text("SELECT content FROM agreement_scan")).scalar_one()
        assert not bytes(raw).startswith(b"\xff\xd8")


def test_the_pdf_is_for_those_who_call_the_child_by_name(app: Flask) -> None:
    """Village and helper fetch it; an office is led to the page, which has no paper for it."""
    pair = build.trial()
    number = drafted(pair)
    for person in (pair.director, pair.helper):
        got = browser_of(app, person.phone).http.get(f"/agreements/{number}/agreement.pdf")
        assert got.mimetype == "application/pdf"
        assert got.data.startswith(b"%PDF-")
    office = browser_of(app, pair.officer.phone)
    got = office.http.get(f"/agreements/{number}/agreement.pdf")
    assert got.status_code == 303
    stranger = build.trial()
    other = browser_of(app, stranger.helper.phone)
    assert other.http.get(f"/agreements/{number}/agreement.pdf").status_code == 404


def test_a_pairing_has_one_signed_agreement_at_most(either_app: Flask) -> None:
    """The database itself refuses a second."""
    pair = build.trial()
    first = signed(pair)
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(
            text(
                'INSERT INTO agreement (county_id, pairing_id, number, state, kind, "where",'
                " frequency, starts, text_version, made_at, signed_on, holder, version)"
                ' SELECT county_id, pairing_id, 9, state, kind, "where", frequency, starts,'
                " text_version, made_at, signed_on, holder, 1 FROM agreement WHERE id = :id"
            ),
            {"id": first},
        )
