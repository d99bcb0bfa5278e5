"""A unit claims wishes by the dozen: they are kept for its gift, given with one press, and let go
when nothing comes.

Seen to fail: a claimed wish offered to another gift (queries.wishes.unclaimed), given past the rule
(the trigger), two living claims of one wish (the index), claimed pieces in the engine's rows
(candidates.rows), a claim that outlives its thirty days (is_over), a township told of four wishes
(as_seen)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.donations import jobs
from jiedui.donations.actions import allotments, claims, plans
from jiedui.donations.actions import gifts as giving
from jiedui.donations.models import Allotment, GiftClaim
from jiedui.donations.queries import claims as find
from jiedui.donations.queries import gifts as find_gifts
from jiedui.donations.queries import plans as find_plans
from jiedui.donations.queries import wishes as find_wishes
from jiedui.donations.rules.books import AllotmentState, GiftRefusal, GiftState, RefuseReason
from jiedui.donations.rules.claims import HELD_FOR, PLACE_LEAST, alike, as_seen, is_over
from jiedui.donations.rules.deciding import DecidingRefusal, DecisionState
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import WishState
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.builders.helpers import agency
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def manager(name: str = "北试鞋业公司") -> Person:
    """Who speaks for a company."""
    return people.appoint(Role.unit_manager, unit_id=agency(name, UnitKind.company))


def wished(count: int) -> list[int]:
    """So many open wishes for things for school."""
    her = director()
    child = household_child(her)
    return build.many_wishes(child, count, her, build.officer())


def claimed(who: Person, count: int) -> int:
    """The unit claims so many (opens its own write)."""
    with db.write():
        return claims.claim(build.goods(count, name="", phone=""), by=who.actor()).id


def come(number: int, by: Person, receiver: int | None = None) -> None:
    """A charity has received what was offered (opens its own writes)."""
    unit = receiver or build.charity()
    with db.write():
        giving.accept(find_gifts.get(number), unit, by=by.actor())
    with db.write():
        gift = find_gifts.get(number)
        giving.receive(gift, gift.amount, "票 0007", by=by.actor())


def test_a_dozen_is_claimed_received_and_given_with_one_press(device: Device) -> None:
    """On the pages: the company sees no child and no village; the office presses once; above the
    county's sum a second person looks."""
    numbers = wished(14)
    who, browser, office = manager(), device(), device()
    officer = build.officer()
    office.sign_in(officer.phone)
    browser.sign_in(who.phone)
    browser.get("/gifts/ours/claim")
    assert "14 份待认领" in browser.words
    refused = browser.send("/gifts/ours/claim", kind="school_things", amount="15", words="书包",
                           condition="new")  # fmt: skip
    assert refused.status_code == 422
    assert "最多可认领 14 份" in browser.words
    browser.send("/gifts/ours/claim", kind="school_things", amount="12", words="书包",
                 condition="new")  # fmt: skip
    assert "已为贵单位保留 12 份心愿" in browser.words
    assert not re.search(r"W-\d{4}", browser.text)
    come(1, officer)
    office.get("/gifts/1")
    assert "分配给已认领的 12 份心愿" in office.words
    office.send("/gifts/1/claimed", evidence="节前认领名单")
    assert "已分配 12" in office.words
    with db.read() as session:
        given = session.query(Allotment).all()
        assert {one.wish_id for one in given} <= set(numbers)
        assert len(given) == 12
        assert find_gifts.get(1).stock.in_stock == 0
        assert find.counts(find_gifts.get(1).county_id) == {GoodsKind.school_things: 2}
    assert office.send("/gifts/1/claimed", evidence="再按一次").status_code == 422


def test_from_the_countys_sum_on_a_second_person_looks(app: Flask) -> None:
    wished(26)
    who, officer = manager(), build.officer()
    number = claimed(who, 25)
    come(number, officer)
    with db.write():
        found = claims.give_claimed(find_gifts.get(number), "名单", by=officer.actor())
        assert found.taken == 25
        assert found.decision is not None
        assert found.decision.state is DecisionState.waiting


def test_what_is_claimed_is_nobody_elses(either_app: Flask) -> None:
    """Not on the office's list, not in the proposal, not past the page, not past the rule."""
    numbers = wished(3)
    who, officer = manager(), build.officer()
    claimed(who, 2)
    other = build.gift(officer, build.goods(5))
    with db.read():
        county = find_gifts.get(other).county_id
        (free,) = [one.id for one in find_gifts.fitting(find_gifts.get(other))]
        assert [one.id for one in find_plans.open_wishes(county)] == [free]
        assert sum(n for kinds in find_wishes.open_counts(county).values()
                   for n in kinds.values()) == 1  # fmt: skip
        kept = next(one for one in numbers if one != free)
    with db.write(), pytest.raises(Refusal) as refused:
        allotments.allot(
            find_gifts.get(other), find_wishes.get(kept), 1, "名单", by=officer.actor()
        )
    assert refused.value.code is GiftRefusal.wish_claimed
    with db.write():
        allotments.allot(find_gifts.get(other), find_wishes.get(free), 1, "名单",
                         by=officer.actor())  # fmt: skip
    move = text("INSERT INTO gift_allotment (county_id, gift_id, wish_id, amount, state,"
                " decision_id, decided_by, decided_as, decided_at, version)"
                " SELECT county_id, gift_id, :wish,"
                " amount, state, decision_id, decided_by, decided_as, decided_at, 1"
                " FROM gift_allotment")  # fmt: skip
    with pytest.raises(IntegrityError, match="claimed"), db.write() as session:
        session.execute(move, {"wish": kept})
    twice = text("INSERT INTO gift_claim (county_id, gift_id, wish_id, at)"
                 " SELECT county_id, :gift, wish_id, at FROM gift_claim")  # fmt: skip
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(twice, {"gift": other})


def test_the_engine_leaves_claimed_pieces_alone(app: Flask) -> None:
    """Of five bags two are meant for claimed wishes: three are proposed for the four others."""
    wished(2)
    who, officer = manager(), build.officer()
    number = claimed(who, 2)
    her = director()
    others = build.many_wishes(household_child(her), 4, her, officer)
    with db.write():
        find_gifts.get(number).amount = 5
    come(number, officer)
    with db.write():
        plan = plans.make(people.region(people.COUNTY), by=officer.actor())
        db.session.flush()
        lines = find_plans.lines(plan.id)
        assert len(lines) == 3
        assert {one.wish_id for one in lines} <= set(others)


def test_two_units_never_get_the_same(app: Flask) -> None:
    wished(5)
    first, second = manager(), manager("北试纸业公司")
    claimed(first, 3)
    with pytest.raises(Refusal) as refused:
        claimed(second, 3)
    assert refused.value.code is GiftRefusal.fewer_open
    claimed(second, 2)
    with db.read() as session:
        wishes = [one.wish_id for one in session.query(GiftClaim)]
    assert len(set(wishes)) == len(wishes) == 5


def released() -> int:
    """The night (opens its own writes)."""
    with db.read():
        county = people.region(people.COUNTY).id
    return jobs.release_claims(0, county=county)["released"]


def test_a_claim_of_which_nothing_comes_is_let_go(app: Flask) -> None:
    """Refused: the next night. Not received: on the thirty-first day. Received: it holds."""
    wished(6)
    who, officer = manager(), build.officer()
    refused, slow, good = claimed(who, 1), claimed(who, 2), claimed(who, 3)
    with db.write():
        giving.refuse(find_gifts.get(refused), RefuseReason.not_needed, by=officer.actor())
    come(good, officer)
    assert released() == 1
    with clock.moved_to(clock.now() + HELD_FOR):
        assert released() == 0
    with clock.moved_to(clock.now() + HELD_FOR + timedelta(days=1)):
        assert released() == 2
        assert released() == 0
    with db.read() as session:
        told = select(Letter.to_account_id, Letter.about_id).where(
            Letter.kind == LetterKind.claims_let_go
        )
        assert session.execute(told.order_by(Letter.about_id)).all() == [
            (who.account_id, refused),
            (who.account_id, slow),
        ]  # one a gift, however many wishes
    with db.read():
        assert find.outstanding(slow) == []
        assert len(find.outstanding(good)) == 3
        assert find.counts(find_gifts.get(good).county_id) == {GoodsKind.school_things: 3}


def test_a_claim_that_still_holds_is_not_let_go(app: Flask) -> None:
    """What the night saw may have changed when it comes to it."""
    wished(1)
    claimed(manager(), 1)
    with db.write() as session:
        assert not claims.release(session.query(GiftClaim).one().id, by=SYSTEM)


def test_what_is_taken_back_stays_claimed(app: Flask) -> None:
    """Taken back from the child: the wish is open, and still this gift's."""
    wished(1)
    who, officer = manager(), build.officer()
    number = claimed(who, 1)
    come(number, officer)
    with db.write():
        claims.give_claimed(find_gifts.get(number), "名单", by=officer.actor())
    with db.write() as session:
        one = session.query(Allotment).one()
        allotments.take_back(one, "搬家", by=officer.actor())
        assert one.state is AllotmentState.taken_back
    with db.read():
        assert len(find.outstanding(number)) == 1


def test_nothing_is_given_before_it_is_received(app: Flask) -> None:
    wished(1)
    who, officer = manager(), people.appoint(Role.coordinator, office=Office.youth_league)
    number = claimed(who, 1)
    with db.write(), pytest.raises(Refusal) as refused:
        claims.give_claimed(find_gifts.get(number), "名单", by=officer.actor())
    assert refused.value.code is DecidingRefusal.none_left


TOWNS = st.sampled_from(["东乡", "西乡", "南乡"])
ROWS = st.lists(st.tuples(st.sampled_from(list(GoodsKind)[:2]), TOWNS), max_size=30)


@given(ROWS)
def test_a_township_is_told_from_five_of_a_kind_on(rows: list[tuple[GoodsKind, str]]) -> None:
    seen = as_seen((kind, "", 1, "", town) for kind, town in rows)
    for one, (kind, town) in zip(seen, rows, strict=True):
        assert one.place == (town if rows.count((kind, town)) >= PLACE_LEAST else "")


@given(ROWS)
def test_wishes_that_look_the_same_are_one_line(rows: list[tuple[GoodsKind, str]]) -> None:
    seen = as_seen((kind, "", 1, "", town) for kind, town in rows)
    lines = alike(seen)
    assert sum(number for _one, number in lines) == len(rows)
    assert len({one for one, _number in lines}) == len(lines)


@given(st.sampled_from(list(GiftState)), st.integers(0, 2), st.sampled_from(list(WishState)),
       st.integers(0, 60))  # fmt: skip
def test_a_claim_never_outlives_its_gift_or_wish(
    gift: GiftState, stock: int, wish: WishState, days: int
) -> None:
    today = clock.today()
    ends = is_over(gift, stock, wish, today - timedelta(days=days), today)
    if wish is WishState.closed or gift is GiftState.refused:
        assert ends
    elif gift is not GiftState.received:
        assert ends == (days > HELD_FOR.days)
    else:
        assert ends == (wish is WishState.open and stock == 0)
