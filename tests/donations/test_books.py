"""Gifts and their books: nothing is taken twice, used for another purpose or after its term, and no
entry is ever changed; by rule, and by the database whatever a program does.

Made to fail: a trigger that takes nothing out of an account; a reversal of another amount; a
purpose, a term looked at by the rule alone."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.donations.actions import allotments, gifts
from jiedui.donations.models import GiftEntry
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes as wishes_find
from jiedui.donations.rules.books import (
    Account,
    AllotmentState,
    GiftRefusal,
    GiftState,
    RefuseReason,
    Thanks,
)
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import WishState
from jiedui.partners.rules import UnitKind
from tests import people
from tests.activities.test_seasons import letters
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.builders.helpers import agency
from tests.people import Person

EVIDENCE = "分配名单 1 号"


def open_wish(her: Person, kind: GoodsKind = GoodsKind.school_things, price: int = 8_000) -> int:
    """A wish that the township has looked at."""
    number = build.wish(household_child(her), her, build.said(kind, price))
    build.looked_at(number, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    return number


def allot(gift: int, wish: int, by: Person, amount: int = 1) -> int:
    """An amount goes to a wish (opens its own write)."""
    with db.write():
        to = wishes_find.get(wish)
        return allotments.allot(build.read(gift), to, amount, EVIDENCE, by=by.actor()).id


def no_allot(gift: int, wish: int, by: Person, amount: int = 1) -> StrEnum:
    """Why it does not go there."""
    with pytest.raises(Refusal) as no:
        allot(gift, wish, by, amount)
    return no.value.code


def stands(gift: int) -> tuple[int, int, int, int, int]:
    """Received, in stock, allocated, returned, written off; the entries say the same."""
    with db.read():
        stock, held = build.read(gift).stock, find.sums(gift)
        assert stock.received == -held[Account.giver]
        assert (stock.in_stock, stock.allocated) == (held[Account.stock], held[Account.allocated])
        assert stock.returned == held[Account.returned]
        assert stock.written_off == held[Account.written_off]
        rest = stock.allocated, stock.returned, stock.written_off
        return stock.received, stock.in_stock, *rest


def test_from_the_offer_to_thanks(either_app: Flask) -> None:
    her, officer = director(), build.officer()
    gift = build.gift(officer, build.goods(3))
    wish = open_wish(her)
    assert stands(gift) == (3, 3, 0, 0, 0)
    number = allot(gift, wish, officer)
    assert stands(gift) == (3, 2, 1, 0, 0)
    with db.write():
        allotments.dispatch(find.allotment(number), by=officer.actor())
    assert letters(LetterKind.gift_sent) == [her.account_id]
    with db.read():
        assert [one.id for one in find.on_the_way(her.actor())] == [number]
    with db.write(), pytest.raises(Refusal) as no:
        allotments.deliver(find.allotment(number), None, by=officer.actor())
    assert no.value.code is GiftRefusal.decided_by_self
    with db.write():
        allotments.deliver(find.allotment(number), Thanks.glad, by=her.actor())
    with db.read():
        one = find.allotment(number)
        assert (one.state, one.thanks) == (AllotmentState.thanked, Thanks.glad)
        assert one.wish.state is WishState.fulfilled
    assert letters(LetterKind.gift_delivered) == [officer.account_id]
    with db.write(), pytest.raises(Refusal) as no:
        allotments.take_back(find.allotment(number), "x", by=officer.actor())
    assert no.value.code is GiftRefusal.not_now


def test_only_a_named_charity_or_social_organisation_receives(app: Flask) -> None:
    officer = build.officer()
    with db.write():
        number = gifts.offer(build.goods(), by=officer.actor()).id
    with db.write(), pytest.raises(Refusal) as no:
        gifts.receive(build.read(number), 10, "票", by=officer.actor())
    assert no.value.code is GiftRefusal.not_now
    shop = agency("北试药店", UnitKind.company)
    with db.write(), pytest.raises(Refusal) as no:
        gifts.accept(build.read(number), shop, by=officer.actor())
    assert no.value.code is GiftRefusal.not_a_receiver


def test_who_gives_does_not_receive(either_app: Flask) -> None:
    officer, unit = build.officer(), build.charity()
    with db.write():
        said = build.goods(name="", phone="", unit_id=unit)
        number = gifts.offer(said, by=officer.actor()).id
    with db.write(), pytest.raises(Refusal) as no:
        gifts.accept(build.read(number), unit, by=officer.actor())
    assert no.value.code is GiftRefusal.own_gift
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(f"UPDATE gift SET receiver_id = {unit}"))


def test_a_refused_gift_has_no_books(app: Flask) -> None:
    officer = build.officer()
    with db.write():
        number = gifts.offer(build.goods(), by=officer.actor()).id
    with db.write():
        gifts.refuse(build.read(number), RefuseReason.not_usable, by=officer.actor())
    with db.read():
        assert build.read(number).state is GiftState.refused
    assert stands(number) == (0, 0, 0, 0, 0)


def test_no_more_is_received_than_was_offered(app: Flask) -> None:
    officer = build.officer()
    with db.write():
        number = gifts.offer(build.goods(10), by=officer.actor()).id
    unit = build.charity()
    with db.write():
        gifts.accept(build.read(number), unit, by=officer.actor())
    with db.write(), pytest.raises(Refusal) as no:
        gifts.receive(build.read(number), 11, "票", by=officer.actor())
    assert no.value.code is GiftRefusal.more_than_offered
    with db.write():
        gifts.receive(build.read(number), 9, "票", by=officer.actor())
    assert stands(number) == (9, 9, 0, 0, 0)


def test_an_earmark_holds_by_rule(app: Flask) -> None:
    """Purpose, term, balance, and what the wish costs."""
    her, officer = director(), build.officer()
    until = clock.today() + timedelta(days=30)
    gift = build.gift(officer, build.funds(10_000, until=until))
    bag, toy = open_wish(her), open_wish(her, GoodsKind.toy)
    assert no_allot(gift, toy, officer, 5_000) is GiftRefusal.other_purpose
    assert no_allot(gift, bag, officer, 8_001) is GiftRefusal.dearer_than_wish
    with clock.moved_to(clock.now() + timedelta(days=31)):
        assert no_allot(gift, bag, officer, 8_000) is GiftRefusal.term_over
    allot(gift, bag, officer, 8_000)
    assert no_allot(gift, open_wish(her), officer, 8_000) is GiftRefusal.not_enough
    assert no_allot(gift, bag, officer, 1_000) is GiftRefusal.wish_not_open
    assert stands(gift) == (10_000, 2_000, 8_000, 0, 0)


def entry(gift: int, by: Person, allotment: int, **over: object) -> None:
    """An entry written past all rules."""
    usual = {
        "county_id": county(),
        "gift_id": gift,
        "source": Account.stock,
        "target": Account.allocated,
        "amount": 1,
        "on": clock.today(),
        "kind": GoodsKind.school_things,
        "evidence": "x",
        "allotment_id": allotment,
        "posted_by": by.account_id,
        "posted_at": clock.now(),
    }
    with db.write() as session:
        session.add(GiftEntry(**(usual | over)))


def county() -> int:
    """The county's id."""
    with db.read():
        return people.region(people.COUNTY).id


def test_the_database_holds_the_earmark(either_app: Flask) -> None:
    """Whatever a program forgets: purpose, term, balance, evidence, the mirror of a reversal."""
    her, officer = director(), build.officer()
    until = clock.today() + timedelta(days=30)
    gift = build.gift(officer, build.goods(2, until=until))
    number = allot(gift, open_wish(her), officer)
    wrong: tuple[dict[str, object], ...] = (
        {"amount": 2},
        {"kind": GoodsKind.toy},
        {"kind": None},
        {"on": until + timedelta(days=1)},
        {"evidence": ""},
        {"source": Account.returned, "target": Account.stock, "allotment_id": None},
        {"source": Account.allocated, "target": Account.stock, "reverses": 2, "amount": 2},
        {"source": Account.allocated, "target": Account.stock, "reverses": 1},
        {"target": Account.giver, "allotment_id": None, "reverses": 1},
    )
    for over in wrong:
        with pytest.raises(IntegrityError):
            entry(gift, officer, number, **over)
    assert stands(gift) == (2, 1, 1, 0, 0)
    entry(gift, officer, number)
    assert stands(gift) == (2, 0, 2, 0, 0)


@pytest.mark.parametrize("change", ["UPDATE gift_entry SET amount = 1", "DELETE FROM gift_entry"])
def test_no_entry_is_changed_or_goes(either_app: Flask, change: str) -> None:
    gift = build.gift(build.officer(), build.goods(5))
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(change))
    assert stands(gift) == (5, 5, 0, 0, 0)


def test_a_stock_that_does_not_balance_is_refused(either_app: Flask) -> None:
    build.gift(build.officer(), build.goods(5))
    for change in ("in_stock = 6", "in_stock = -1, received = -1", "returned = 1"):
        with pytest.raises(IntegrityError), db.write() as session:
            session.execute(text(f"UPDATE gift_stock SET {change}"))


def test_what_does_not_go_there_is_reversed(either_app: Flask) -> None:
    """Once: the wish is open again, and another may have it."""
    her, officer = director(), build.officer()
    gift, wish = build.gift(officer, build.goods(1)), open_wish(her)
    number = allot(gift, wish, officer)
    with db.write():
        allotments.take_back(find.allotment(number), "家庭搬走", by=officer.actor())
    assert stands(gift) == (1, 1, 0, 0, 0)
    with db.read():
        assert wishes_find.get(wish).state is WishState.open
        assert len(find.entries(gift)) == 3
    with db.write(), pytest.raises(Refusal):
        allotments.take_back(find.allotment(number), "再来一次", by=officer.actor())
    allot(gift, wish, officer)
    assert stands(gift) == (1, 0, 1, 0, 0)


def test_spoiled_goods_and_what_goes_back(app: Flask) -> None:
    officer = build.officer()
    gift = build.gift(officer, build.goods(10))
    with db.write():
        gifts.take_out(build.read(gift), Account.written_off, 3, "盘点表", by=officer.actor())
    with db.write():
        gifts.take_out(build.read(gift), Account.returned, 2, "退货单", by=officer.actor())
    assert stands(gift) == (10, 5, 0, 2, 3)
    with db.write(), pytest.raises(Refusal) as no:
        gifts.take_out(build.read(gift), Account.returned, 6, "退货单", by=officer.actor())
    assert no.value.code is GiftRefusal.not_enough
    with db.write(), pytest.raises(Refusal) as no:
        gifts.take_out(build.read(gift), Account.returned, 1, " ", by=officer.actor())
    assert no.value.code is GiftRefusal.evidence_missing
