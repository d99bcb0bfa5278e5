"""What was wrong in the books is corrected by its mirror, once; an earmark changes only with the
giver's yes; what was allotted goes to another wish within it.

Made to fail: a purpose that changes with a no; a correction of a receipt that begins with its
mirror (what has gone out since then stands in the way)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.donations.actions import allotments, corrections, gifts
from jiedui.donations.actions.corrections import Asked
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes as wishes_find
from jiedui.donations.rules.books import Account, GiftRefusal
from jiedui.donations.rules.deciding import AskedBy, DecidingRefusal, GiverAnswer
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import WishState
from tests.builders import gifts as build
from tests.builders.children import director
from tests.client import Browser
from tests.donations.test_books import allot, no_allot, open_wish, stands
from tests.people import Person


def correct(gift: int, at: int, amount: int, by: Person) -> StrEnum | None:
    """The entry at this place of the books should say so much; why not (opens its own write)."""
    try:
        with db.write():
            entry = find.entries(gift)[at]
            corrections.correct(build.read(gift), entry, amount, "盘点表", by=by.actor())
    except Refusal as no:
        return no.code
    return None


def asked(gift: int, by: Person, said: GiverAnswer, kind: GoodsKind | None) -> None:
    """The giver was asked (opens its own write)."""
    with db.write():
        what = Asked(kind, None, AskedBy.telephone, clock.today(), said, "电话记录 2 号")
        corrections.giver_asked(build.read(gift), what, by=by.actor())


def test_a_wrong_receipt_has_its_mirror_and_the_right_amount(either_app: Flask) -> None:
    officer = build.officer()
    gift = build.gift(officer, build.goods(10))
    for _ in range(4):
        allot(gift, open_wish(director()), officer)
    assert correct(gift, 0, 3, officer) is GiftRefusal.not_enough
    assert correct(gift, 0, 11, officer) is GiftRefusal.more_than_offered
    assert correct(gift, 0, 10, officer) is DecidingRefusal.same_amount
    assert correct(gift, 1, 1, officer) is GiftRefusal.not_now  # what went to a wish
    assert correct(gift, 0, 7, officer) is None
    assert stands(gift) == (7, 3, 4, 0, 0)
    assert correct(gift, 0, 8, officer) is DecidingRefusal.reversed_already


def test_a_wrong_return_and_a_write_off_that_never_was(either_app: Flask) -> None:
    officer = build.officer()
    gift = build.gift(officer, build.goods(10))
    for target in (Account.returned, Account.written_off):
        with db.write():
            gifts.take_out(build.read(gift), target, 4, "盘点表", by=officer.actor())
    assert correct(gift, 1, 6, officer) is None
    assert stands(gift) == (10, 0, 0, 6, 4)
    assert correct(gift, 2, 0, officer) is None
    assert stands(gift) == (10, 4, 0, 6, 0)


def test_of_much_money_somebody_else_corrects(app: Flask) -> None:
    first, second = build.officer(), build.officer()
    gift = build.gift(first, build.funds(200_000))
    assert correct(gift, 0, 100_000, first) is DecidingRefusal.first_person
    assert correct(gift, 0, 100_000, second) is None
    assert stands(gift) == (100_000, 100_000, 0, 0, 0)


def test_a_purpose_changes_with_the_givers_yes_only(either_app: Flask) -> None:
    """By rule and in the database; every answer stays as it was given."""
    officer, toy = build.officer(), open_wish(director(), GoodsKind.toy)
    gift = build.gift(officer, build.funds(20_000))
    asked(gift, officer, GiverAnswer.no, GoodsKind.toy)
    assert no_allot(gift, toy, officer, 5_000) is GiftRefusal.other_purpose
    for change in ("kind = 'toy'", "kind = NULL", "until = '2099-01-01'"):
        with pytest.raises(IntegrityError), db.write() as session:
            session.execute(text(f"UPDATE gift SET {change}"))
    asked(gift, officer, GiverAnswer.yes, GoodsKind.toy)
    allot(gift, toy, officer, 5_000)
    for change in ("UPDATE gift_consent SET answer = 'yes'", "DELETE FROM gift_consent"):
        with pytest.raises(IntegrityError), db.write() as session:
            session.execute(text(change))


def test_things_stay_what_they_are(app: Flask) -> None:
    officer = build.officer()
    gift = build.gift(officer, build.goods(2))
    with pytest.raises(Refusal) as no:
        asked(gift, officer, GiverAnswer.yes, GoodsKind.toy)
    assert no.value.code is DecidingRefusal.goods_stay


def test_it_goes_to_another_wish_within_its_purpose(either_app: Flask) -> None:
    officer, her = build.officer(), director()
    gift = build.gift(officer, build.funds(10_000))
    first, second, toy = open_wish(her), open_wish(her, price=6_000), open_wish(her, GoodsKind.toy)
    number = allot(gift, first, officer, 8_000)

    def move(wish: int) -> None:
        with db.write():
            one = find.allotment(number)
            allotments.move(one, wishes_find.get(wish), "改配纪要", by=officer.actor())

    with pytest.raises(Refusal) as no:
        move(toy)
    assert no.value.code is GiftRefusal.other_purpose
    assert stands(gift) == (10_000, 2_000, 8_000, 0, 0)
    move(second)
    assert stands(gift) == (10_000, 4_000, 6_000, 0, 0)
    with db.read():
        assert wishes_find.get(first).state is WishState.open
        assert wishes_find.get(second).state is WishState.granted


def test_on_the_pages(app: Flask, device: Callable[[], Browser]) -> None:
    officer = build.officer()
    gift = build.gift(officer, build.funds(20_000))
    office = device()
    office.sign_in(officer.phone)
    office.send("/gifts/entries/1/correct", amount="150", evidence="银行回单")
    assert "已入账" in office.words
    day = (clock.today() - timedelta(days=1)).isoformat()
    said = {"kind": "any", "until": "", "how": "telephone", "on": day, "answer": "yes"}
    office.send(f"/gifts/{gift}/purpose", **said, evidence="电话记录")
    assert "用途已变更" in office.words
    with db.read():
        one = find.get(gift)
        assert (one.kind, one.stock.in_stock) == (None, 15_000)
    her = director()
    first, second = open_wish(her), open_wish(her)
    number = allot(gift, first, officer, 8_000)
    office.send(f"/gifts/allotments/{number}/move", wish=str(second), evidence="改配纪要")
    assert "已改配给该心愿" in office.words
