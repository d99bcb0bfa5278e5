"""Whoever gives offers by themselves: a unit by its contact, a person on the open page.

Seen to fail: a person's offer that nobody recorded and that names nobody (the check), the office's
own offer in its list of those that wait (queries.unanswered), the open page without a limit
(views.offers)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import db, schema
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal
from jiedui.donations.actions import claims, offers
from jiedui.donations.actions import gifts as giving
from jiedui.donations.queries import gifts as find
from jiedui.donations.rules.books import GiftRefusal
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.builders.helpers import agency
from tests.client import Browser

Device = Callable[[], Browser]
TYPED = {"form": "goods", "kind": "school_things", "words": "书包", "amount": "3",
         "condition": "new", "carrier": "giver"}  # fmt: skip
ME = {"name": "贾好心", "phone": "13900000077"}


def typed(**over: Any) -> dict[str, Any]:
    """Three school bags."""
    return TYPED | over


def manager(name: str = "北试鞋业公司") -> people.Person:
    """Who speaks for a company."""
    return people.appoint(Role.unit_manager, unit_id=agency(name, UnitKind.company))


def test_a_person_offers_without_an_account_and_an_office_answers(device: Device) -> None:
    """From the public home to the number, the desk of all three offices, and the receiver; what
    was typed stays when something is missing."""
    anybody = device()
    anybody.get("/")
    assert "我要捐赠" in anybody.words
    missing = anybody.send("/give", **typed(), name="贾好心", phone="")
    assert missing.status_code == 422
    assert "贾好心" in anybody.text
    anybody.send("/give", **typed(), **ME)
    number = re.search(r"/given/(\w+)", anybody.text)
    assert "捐赠意向已收到，编号" in anybody.words
    assert number is not None
    assert ME["name"] not in anybody.text
    assert ME["phone"] not in anybody.text
    for one in (Office.youth_league, Office.womens_federation, Office.civil_affairs):
        office = device()
        office.sign_in(people.appoint(Role.coordinator, office=one).phone)
        office.get("/desk")
        assert "有捐赠意向待答复" in office.words
    office.get("/gifts/1")
    assert ME["name"] in office.text
    office.send("/gifts/1/accept", receiver=str(build.charity()))
    office.get("/desk")
    assert "有捐赠意向待答复" not in office.words


def test_the_open_page_takes_so_many_from_one_address(own_app: Flask) -> None:
    """As with units that register themselves: then it says to come back, and keeps nothing."""
    browser = Browser(own_app)
    limit = own_app.config["SETTINGS"].registrations_per_address
    for _ in range(limit):
        browser.send("/give", **typed(), **ME)
    assert browser.send("/give", **typed(), **ME).status_code == 429
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM gift")).scalar_one() == limit


def test_a_double_click_offers_once(app: Flask, device: Device) -> None:
    """The second click has the answer of the first."""
    anybody = device()
    anybody.get("/give")
    key = re.search(r'name="once" value="([^"]+)"', anybody.text)
    assert key is not None
    for _ in range(2):
        anybody.send("/give", once=key[1], **typed(), **ME)
        assert "/given/" in anybody.text
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM gift")).scalar_one() == 1


def test_a_unit_offers_as_itself_whatever_is_typed(device: Device) -> None:
    """The unit is the actor's; a number typed past the page changes nothing."""
    mine, other = manager(), agency("北试别家公司", UnitKind.company)
    browser = device()
    browser.sign_in(mine.phone)
    browser.get("/gifts/ours")
    assert "我们要捐赠" in browser.words
    browser.send("/gifts/ours/new", **typed(unit=str(other), unit_id=str(other), **ME))
    assert "捐赠意向已提交" in browser.words
    with db.read():
        gift = find.get(1)
        assert gift.giver == "北试鞋业公司"
        assert (gift.giver_name, gift.giver_phone) == (None, None)
        assert gift.recorded_by == mine.account_id


def test_whoever_has_no_unit_offers_nothing_as_one(app: Flask) -> None:
    officer = build.officer()
    with db.write(), pytest.raises(Refusal) as refused:
        offers.offer_ours(build.goods(), by=officer.actor())
    assert refused.value.code is GiftRefusal.giver_missing


def test_a_persons_offer_names_somebody(either_app: Flask) -> None:
    """By the rule, and by the database where the rule is passed by."""
    officer = build.officer()
    with db.write(), pytest.raises(Refusal):
        offers.offer_mine(build.goods(name="", phone=""), officer.actor().county_id, by=ANYBODY)
    company = agency("北试鞋业公司", UnitKind.company)
    with db.write():
        said = build.goods(name="", phone="", unit_id=company)
        number = giving.offer(said, by=officer.actor()).id
    nobody = text("UPDATE gift SET recorded_by = NULL WHERE id = :id")
    with pytest.raises(IntegrityError, match="recorder"), db.write() as session:
        session.execute(nobody, {"id": number})


def test_an_office_is_not_asked_to_answer_what_it_wrote_down(app: Flask) -> None:
    """Another office is."""
    officer, league = build.officer(), people.appoint(Role.coordinator, office=Office.youth_league)
    with db.write():
        giving.offer(build.goods(), by=officer.actor())
    with db.read():
        assert find.unanswered(officer.actor()) == []
        assert len(find.unanswered(league.actor())) == 1


def test_going_down_what_came_stays_and_what_never_came_goes(either_app: Flask) -> None:
    """A person's gift in the books is laid to who posted it; a mere offer, and claims, go."""
    officer, who = build.officer(), manager()
    unit, her = build.charity(), director()
    build.many_wishes(household_child(her), 1, her, officer)
    with db.write():
        claims.claim(build.goods(1, name="", phone=""), by=who.actor())
    numbers = []
    for _ in range(2):
        with db.write():
            said = build.goods(1)
            numbers.append(offers.offer_mine(said, officer.actor().county_id, by=ANYBODY).id)
    with db.write():
        giving.accept(find.get(numbers[0]), unit, by=officer.actor())
    with db.write():
        giving.receive(find.get(numbers[0]), 1, "票 0001", by=officer.actor())
    url = db.database().url
    db.database().close()
    schema.downgrade(url, "0045")
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, recorded_by FROM gift ORDER BY id")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [(1, who.account_id), (numbers[0], officer.account_id)]
    schema.upgrade(url)
    assert schema.differences(url) == []
