"""Where goods are: said with the offer and when they are received, and near goods go first.

Seen to fail: a receiver's seat in place of where goods are kept (candidates.rows); a township of
another county that is taken (actions.gifts)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.donations.actions import gifts as giving
from jiedui.donations.models import Gift
from jiedui.donations.queries import plans as plan_find
from jiedui.donations.rules.books import GiftRefusal
from jiedui.regions.models import Region
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director
from tests.client import Browser
from tests.donations.test_books import open_wish
from tests.donations.test_pages import GOODS
from tests.donations.test_plans import make
from tests.people import Person


def township(code: str) -> int:
    """The number of a township."""
    with db.read():
        return people.region(code).id


def kept_in(code: str, by: Person, receiver: int) -> int:
    """One bag, received and kept in a township (opens its own writes)."""
    with db.write():
        gift = giving.offer(build.goods(1, lies_id=township_of(code)), by=by.actor())
    with db.write():
        giving.accept(build.read(gift.id), receiver, by=by.actor())
    with db.write():
        lies = township_of(code)
        giving.receive(build.read(gift.id), 1, "票", by=by.actor(), lies_id=lies)
    return gift.id


def township_of(code: str) -> int:
    """The same inside a transaction."""
    return db.session.scalars(select(Region.id).where(Region.code == code)).one()


@pytest.mark.parametrize("first", [people.TOWNSHIP, people.OTHER_TOWNSHIP])
def test_of_two_alike_the_nearer_goes(either_app: Flask, first: str) -> None:
    """To a child of the first township: the bag that is kept there, whichever came first."""
    her, officer, receiver = director(), build.officer(), build.charity()
    both = sorted((people.TOWNSHIP, people.OTHER_TOWNSHIP), key=lambda one: one != first)
    bags = {code: kept_in(code, officer, receiver) for code in both}
    wish = open_wish(her)
    number = make(officer)
    with db.read():
        lines = [(one.gift_id, one.wish_id) for one in plan_find.lines(number)]
    assert lines == [(bags[people.TOWNSHIP], wish)]


def test_a_place_is_of_this_county_and_of_goods(either_app: Flask) -> None:
    officer = build.officer()
    for number in (township("990002001000"), township(people.VILLAGE)):
        with pytest.raises(Refusal) as no, db.write():
            giving.offer(build.goods(1, lies_id=number), by=officer.actor())
        assert no.value.code is GiftRefusal.not_a_township
    with db.write():
        money = giving.offer(
            build.funds(100, lies_id=township(people.TOWNSHIP)), by=officer.actor()
        )
        assert money.lies_id is None
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(update(Gift).values(lies_id=township_of(people.TOWNSHIP)))


def test_the_office_reads_where_they_are(app: Flask, device: Callable[[], Browser]) -> None:
    """First with who offers; once they are received with the receiver, unless it is said."""
    office, receiver = device(), build.charity()
    office.sign_in(build.officer().phone)
    here, there = township(people.TOWNSHIP), township(people.OTHER_TOWNSHIP)
    office.send("/gifts/new", name="贾善人", phone="13700000009", lies=str(here), **GOODS)
    assert "物资所在地 北东山镇" in office.words
    office.send("/gifts/1/accept", receiver=str(receiver))
    office.send("/gifts/1/receive", amount="3", evidence="票 0001", lies=str(there))
    assert "物资所在地 北西河乡" in office.words
