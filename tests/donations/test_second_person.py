"""From a county's sum on two people decide; until the yes the amount is held and nothing leaves.

Made to fail: a dispatch that forgets to ask; sums that forget what was decided earlier that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.donations.actions import allotments, deciding
from jiedui.donations.queries import deciding as find
from jiedui.donations.queries import gifts as gifts_find
from jiedui.donations.queries import wishes as wishes_find
from jiedui.donations.rules.books import AllotmentState
from jiedui.donations.rules.deciding import DecidingRefusal, DecisionState, wants_second
from jiedui.donations.rules.wishes import WishState
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.activities.test_seasons import letters
from tests.builders import gifts as build
from tests.builders.children import director
from tests.client import Browser
from tests.donations.test_books import allot, open_wish, stands
from tests.people import Person


def limit(fen: int) -> None:
    """The county's sum from which on a second person decides."""
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.second_person_from, fen, by=SYSTEM)


def held(officer: Person, amount: int = 8_000) -> tuple[int, int, int]:
    """A gift of money of which something waits for a second person: gift, allotment, decision."""
    gift, wish = build.gift(officer, build.funds(20_000)), open_wish(director())
    number = allot(gift, wish, officer, amount)
    with db.read():
        return gift, number, gifts_find.allotment(number).decision_id or 0


def dispatched(number: int, by: Person) -> StrEnum | None:
    """Send it; why not."""
    try:
        with db.write():
            allotments.dispatch(gifts_find.allotment(number), by=by.actor())
    except Refusal as no:
        return no.code
    return None


def answered(number: int, by: Person, *, yes: bool) -> None:
    """The second person answers (opens its own write)."""
    with db.write():
        one = find.get(number)
        if yes:
            deciding.agree(one, by=by.actor(), version=one.version)
        else:
            deciding.refuse(one, "与纪要不符", by=by.actor(), version=one.version)


def test_below_the_sum_one_person_decides(app: Flask) -> None:
    limit(8_001)
    officer = build.officer()
    _gift, number, decision = held(officer)
    with db.read():
        assert find.get(decision).state is DecisionState.free
    assert dispatched(number, officer) is None


def test_nothing_leaves_before_the_second_yes(either_app: Flask) -> None:
    """Neither by rule nor in the database; and the second is not the first."""
    limit(8_000)
    first, second = build.officer(), build.officer()
    gift, number, decision = held(first)
    assert stands(gift) == (20_000, 12_000, 8_000, 0, 0)
    assert dispatched(number, first) is DecidingRefusal.second_missing
    for sent in ("dispatched", "delivered"):
        with pytest.raises(IntegrityError), db.write() as session:
            session.execute(text(f"UPDATE gift_allotment SET state = '{sent}', confirmed_by = 1"))
    himself = "UPDATE gift_decision SET state = 'agreed', second_by = decided_by, second_as = 1"
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(himself))
    with pytest.raises(Refusal) as no:
        answered(decision, first, yes=True)
    assert no.value.code is DecidingRefusal.first_person
    with db.read():
        assert find.waiting(first.actor(), find.get(decision).county_id) == []
        assert len(find.waiting(second.actor(), find.get(decision).county_id)) == 1
    answered(decision, second, yes=True)
    assert letters(LetterKind.gift_second) == [first.account_id]
    assert dispatched(number, first) is None
    with pytest.raises(Refusal) as no:
        answered(decision, second, yes=False)
    assert no.value.code in (DecidingRefusal.answered,)


def test_a_no_gives_everything_back(either_app: Flask) -> None:
    limit(8_000)
    first, second = build.officer(), build.officer()
    gift, number, decision = held(first)
    answered(decision, second, yes=False)
    assert stands(gift) == (20_000, 20_000, 0, 0, 0)
    with db.read():
        one = gifts_find.allotment(number)
        assert one.state is AllotmentState.taken_back
        assert one.wish.state is WishState.open
    for change in ("state = 'waiting'", "state = 'agreed'", "value = 1"):
        with pytest.raises(IntegrityError), db.write() as session:
            session.execute(text(f"UPDATE gift_decision SET {change}"))


def test_splitting_does_not_help(either_app: Flask) -> None:
    """What one person decides of one gift on one day counts together; tomorrow it begins anew."""
    limit(15_000)
    first, other, her = build.officer(), build.officer(), director()
    gift = build.gift(first, build.funds(100_000))
    states = []
    for by, days in ((first, 0), (first, 0), (other, 0), (first, 1)):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            number = allot(gift, open_wish(her), by, 8_000)
        with db.read():
            states.append(find.get(gifts_find.allotment(number).decision_id or 0).state.value)
    assert states == ["free", "waiting", "free", "free"]


def test_an_allotment_without_a_decision_is_refused(either_app: Flask) -> None:
    officer = build.officer()
    held(officer)
    other = open_wish(director())
    columns = "county_id, gift_id, amount, state, decided_by, decided_as, decided_at, version"
    past = f"INSERT INTO gift_allotment ({columns}, wish_id) SELECT {columns}, {other}"
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(f"{past} FROM gift_allotment"))


SUMS = st.dictionaries(st.integers(1, 4), st.integers(1, 300), min_size=1)


@given(SUMS, SUMS, st.integers(1, 400), st.integers(0, 200))
def test_more_is_never_freer(
    sums: dict[int, int], before: dict[int, int], sum_: int, more: int
) -> None:
    """Whoever waits for a second person waits with a larger sum as well, and with a larger one
    before; cutting one sum in two on a day frees neither part of all of it."""
    if wants_second(sums, before, sum_):
        gift = min(sums)
        assert wants_second({**sums, gift: sums[gift] + more}, before, sum_)
        assert wants_second(sums, {**before, gift: before.get(gift, 0) + more}, sum_)
    for gift, fen in sums.items():
        if fen >= sum_ and fen > 1:
            assert wants_second({gift: fen - fen // 2}, {gift: fen // 2}, sum_)


def test_on_the_pages_of_both(app: Flask, device: Callable[[], Browser]) -> None:
    limit(8_000)
    first, second = build.officer(), build.officer()
    gift, number, decision = held(first)
    mine, other = device(), device()
    mine.sign_in(first.phone)
    other.sign_in(second.phone)
    mine.get(f"/gifts/{gift}")
    assert "登记发出" not in mine.words
    mine.get(f"/gifts/decisions/{decision}")
    assert "同意，可以发出" not in mine.words
    other.get("/desk")
    assert "复核捐赠分配" in other.words
    other.get("/gifts/decisions")
    other.press(f"/gifts/decisions/{decision}", f"/gifts/decisions/{decision}/agree")
    assert "已复核同意" in other.words
    mine.get("/desk")
    assert "已由第二人复核" in mine.words
    mine.press(f"/gifts/{gift}", f"/gifts/allotments/{number}/dispatch")
    assert "已发出，并通知村" in mine.words
    with db.read():
        assert wishes_find.get(1).state is WishState.granted
