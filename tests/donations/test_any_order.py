"""Whatever is done with gifts in whatever order: the books balance after every step, and fifty at
once get no more of a thing than there is.

Seen to fail: with an allotment that is taken back without its reversing entry."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.donations.actions import allotments, corrections, deciding, gifts
from jiedui.donations.models import Allotment, GiftStock
from jiedui.donations.queries import deciding as decided
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes
from jiedui.donations.rules.books import LEAVES, Account, AllotmentState
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.donations.test_books import EVIDENCE, stands
from tests.people import Person
from tests.reliability.test_machines import given, play

HUNDRED, THOUSAND = (4, 25), (25, 40)  # runs, and steps of each
SIZES = [HUNDRED, pytest.param(THOUSAND, marks=pytest.mark.reliability)]
CROWD, PIECES = 50, 10
ANY = st.integers(0, 99)


class People:
    """Who is there: a director, an office, a charity, a child."""

    def __init__(self) -> None:
        self.director, self.officer = director(), build.officer()
        self.second = build.officer()
        with db.write():
            county = people.region(people.COUNTY)
            regions.set_for_county(county, Setting.second_person_from, 12_000, by=SYSTEM)
        self.township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
        self.charity = build.charity()
        self.child = household_child(self.director)

    def wishes(self, count: int) -> list[int]:
        """So many open wishes."""
        return build.many_wishes(self.child, count, self.director, self.township)


class Books(RuleBasedStateMachine):
    """Goods and money; a refusal is an answer. `held` is what a careful person would have written
    on paper beside it: received, in stock, allocated, returned, written off."""

    house: People

    def __init__(self) -> None:
        super().__init__()
        by, at = self.house.officer, self.house.charity
        first, second = build.goods(6), build.funds(30_000)
        self.gifts = [build.gift(by, first, at), build.gift(by, second, at)]
        self.held = [[6, 6, 0, 0, 0], [30_000, 30_000, 0, 0, 0]]
        self.wishes = self.house.wishes(8)
        self.sent: list[tuple[int, int, int]] = []  # allotment, gift, amount

    def act(self, what: Callable[[Any], Any], by: Person | None = None) -> Any:
        """Try it; None where it is refused."""
        try:
            with db.write():
                return what((by or self.house.officer).actor())
        except Refusal:
            return None

    @initialize()
    def begin(self) -> None:
        """Something is allocated, something has been sent."""
        for which, wish, amount in ((0, 0, 1), (1, 1, 5_000), (0, 2, 1), (1, 3, 2_500)):
            self.allot(which, wish, amount)
        self.send(0)
        self.send(1)

    @rule(which=st.integers(0, 1), wish=ANY, amount=st.integers(0, 9_000))
    def allot(self, which: int, wish: int, amount: int) -> None:
        pieces = amount if which else 1 + (amount % 5 == 4)
        to, gift = self.wishes[wish % 8], self.gifts[which]

        def give(by: Any) -> int:
            got = wishes.get(to)
            return allotments.allot(find.get(gift), got, pieces, EVIDENCE, by=by).id

        number = self.act(give)
        if number is not None:
            self.sent.append((number, which, pieces))
            self.move(which, 1, 2, pieces)

    def move(self, which: int, source: int, target: int, amount: int) -> None:
        """The line on paper."""
        self.held[which][source] -= amount
        self.held[which][target] += amount

    @rule(n=ANY)
    def send(self, n: int) -> None:
        if self.sent:
            number = self.sent[n % len(self.sent)][0]
            self.act(lambda by: allotments.dispatch(find.allotment(number), by=by))

    @rule(n=ANY)
    def come(self, n: int) -> None:
        if self.sent:
            number = self.sent[n % len(self.sent)][0]
            her = self.house.director
            self.act(lambda by: allotments.deliver(find.allotment(number), None, by=by), her)

    @rule(n=ANY)
    def take_back(self, n: int) -> None:
        if not self.sent:
            return
        number, which, amount = self.sent[n % len(self.sent)]

        def back(by: Any) -> bool:
            allotments.take_back(find.allotment(number), "退回", by=by)
            return True

        if self.act(back):
            self.move(which, 2, 1, amount)

    @rule(n=ANY, wish=ANY)
    def move_on(self, n: int, wish: int) -> None:
        """To another wish: in stock and out again."""
        if not self.sent:
            return
        number, which, amount = self.sent[n % len(self.sent)]
        to = self.wishes[wish % 8]

        def go(by: Any) -> tuple[int, int]:
            one = allotments.move(find.allotment(number), wishes.get(to), EVIDENCE, by=by)
            return one.id, one.amount

        done = self.act(go)
        if done is not None:
            self.move(which, 2, 1, amount)
            self.move(which, 1, 2, done[1])
            self.sent.append((done[0], which, done[1]))

    @rule(n=ANY, yes=st.booleans())
    def second(self, n: int, yes: bool) -> None:
        """Somebody else says yes or no to what waits; with a no all of it is in stock."""
        if not self.sent:
            return
        number, which, amount = self.sent[n % len(self.sent)]

        def say(by: Any) -> bool:
            decision = decided.get(find.allotment(number).decision_id or 0)
            if yes:
                deciding.agree(decision, by=by)
            else:
                deciding.refuse(decision, "不符", by=by)
            return find.allotment(number).state is AllotmentState.taken_back and not yes

        with db.read():
            lives = find.allotment(number).state is AllotmentState.allocated
        if self.act(say, self.house.second) and lives:
            self.move(which, 2, 1, amount)

    @rule(which=st.integers(0, 1), at=ANY, amount=st.integers(0, 6))
    def correct(self, which: int, at: int, amount: int) -> None:
        """An entry gets its mirror and the right amount."""
        much, gift = amount * (5_000 if which else 1), self.gifts[which]

        def right(by: Any) -> tuple[Account, int]:
            entries = find.entries(gift)
            entry = entries[at % len(entries)]
            corrections.correct(find.get(gift), entry, much, "盘点", by=by)
            return entry.target, entry.amount

        done = self.act(right)
        if done is not None and done[0] is Account.stock:
            self.held[which][0] += much - done[1]
            self.held[which][1] += much - done[1]
        elif done is not None:
            self.move(which, 1, 3 if done[0] is Account.returned else 4, much - done[1])

    @rule(which=st.integers(0, 1), to=st.sampled_from(LEAVES), amount=st.integers(0, 4))
    def take_out(self, which: int, to: Account, amount: int) -> None:
        much, gift = amount * (2_500 if which else 1), self.gifts[which]

        def out(by: Any) -> bool:
            gifts.take_out(find.get(gift), to, much, "盘点", by=by)
            return True

        if self.act(out):
            self.move(which, 1, 3 if to is Account.returned else 4, much)

    @invariant()
    def books_balance(self) -> None:
        """By the stock, by the sums of the entries, and on paper."""
        for gift, held in zip(self.gifts, self.held, strict=True):
            assert stands(gift) == tuple(held)
            assert held[0] == sum(held[1:])
            assert min(held) >= 0


@pytest.mark.parametrize("size", SIZES, ids=["hundred", "thousand"])
def test_the_books_balance_after_every_step(app: Flask, size: tuple[int, int]) -> None:
    play(given(Books, house=People()), size)


def _crowd(house: People) -> tuple[int, list[bool]]:
    """Fifty at once reach for ten pieces, each for another wish; says the gift, and who got one."""
    gift = build.gift(house.officer, build.goods(PIECES), house.charity)

    def reach(wish: int) -> bool:
        try:
            with db.write():
                by = house.officer.actor()
                allotments.allot(find.get(gift), wishes.get(wish), 1, EVIDENCE, by=by)
        except (Refusal, IntegrityError):
            return False
        return True

    with ThreadPoolExecutor(CROWD) as pool:
        return gift, list(pool.map(reach, house.wishes(CROWD)))


def test_fifty_at_once_get_no_more_than_there_is(either_app: Flask) -> None:
    gift, got = _crowd(People())
    assert sum(got) == PIECES
    assert stands(gift) == (PIECES, 0, PIECES, 0, 0)


def test_nor_without_the_lock(either_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the database itself refuses."""

    def unlocked(wanted: Any) -> dict[int, GiftStock]:
        return {one.gift.id: db.session.get_one(GiftStock, one.gift.id) for one in wanted}

    monkeypatch.setattr(allotments, "held", unlocked)
    gift, got = _crowd(People())
    assert sum(got) <= PIECES
    received, left, gone, *_ = stands(gift)
    assert (received, left, gone) == (PIECES, PIECES - sum(got), sum(got))
    with db.read():
        rows = db.session.query(Allotment).filter_by(state=AllotmentState.allocated)
        assert rows.count() == sum(got)
