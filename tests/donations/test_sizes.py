"""Sizes of clothes and shoes: read from what people write, kept on one scale, fitting or not; and
no wish without a yes at home.

Seen to fail: shoes of the wrong size that are given all the same (`fits` always true); a wish that
somebody of another household agreed to."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.children import queries as children
from jiedui.children.rules import Means
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.donations.actions import allotments
from jiedui.donations.actions import wishes as actions
from jiedui.donations.candidates import propose
from jiedui.donations.queries import gifts as find_gifts
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.books import GiftRefusal, gift_fault
from jiedui.donations.rules.goods import GoodsKind, fits, measure, shown, span
from jiedui.donations.rules.wishes import WishRefusal, WishSaid
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.donations.test_wishes import refused

SHOES, CLOTHES = GoodsKind.shoes, GoodsKind.winter_clothes


@pytest.mark.parametrize(
    ("kind", "said", "is_"),
    [
        (CLOTHES, "140", 140), (CLOTHES, "身高140", 140), (CLOTHES, "140/64", 140),
        (CLOTHES, "12岁", None), (CLOTHES, "大号", None), (SHOES, "34", 220), (SHOES, "34码", 220),
        (SHOES, "220mm", 220), (SHOES, "34.5", 222), (SHOES, "5", None),
        (GoodsKind.books, "34", None),
    ],
)  # fmt: skip
def test_a_size_is_read_from_what_people_write(kind: GoodsKind, said: str, is_: int | None) -> None:
    assert measure(kind, said) == is_


@given(st.integers(15, 45), st.integers(15, 45), st.integers(15, 45))
def test_a_size_fits_between_the_ends(low: int, high: int, size: int) -> None:
    """Of what is written in old numbers; and what is shown is what was written."""
    sizes = span(SHOES, str(low), str(high))
    assert (sizes is None) == (low > high)
    if sizes is not None:
        assert fits(sizes, measure(SHOES, str(size))) == (low <= size <= high)
        assert [shown(SHOES, one) for one in sizes] == [str(low), str(high)]


def _shoes(*sizes: str) -> list[int]:
    """Open wishes for shoes, each of a child of its own."""
    her, there = director(), people.appoint(Role.township_supervisor, people.TOWNSHIP)
    wishes = [build.wish(household_child(her), her, build.said(SHOES, size=size)) for size in sizes]
    build.looked_at(*wishes, by=there)
    return wishes


def test_shoes_go_only_to_whom_they_fit(app: Flask) -> None:
    """By hand as by the engine."""
    small, right = _shoes("30", "34")
    office = build.officer()
    number = build.gift(office, build.goods(kind=SHOES, sizes=("33", "36")))
    with db.read():
        gift = find_gifts.get(number)
        assert gift.sizes_said == "33–36"
        assert [one.id for one in find_gifts.fitting(gift)] == [right]
        rows = [find.get(small), find.get(right)]
        proposed = propose([gift], rows, clock.today())
        assert [one.wish_id for one in proposed.lines] == [right]
    with db.write(), pytest.raises(Refusal) as no:
        allotments.allot(find_gifts.get(number), find.get(small), 1, "清单", by=office.actor())
    assert no.value.code is GiftRefusal.wrong_size
    with db.write():
        allotments.allot(find_gifts.get(number), find.get(right), 1, "清单", by=office.actor())


def test_sizes_that_say_nothing_are_refused_beside_their_field(app: Flask) -> None:
    today = clock.today()
    for sizes in (("36", "33"), ("大", ""), ("33", "很大")):
        assert gift_fault(build.goods(kind=SHOES, sizes=sizes), today) == (
            GiftRefusal.sizes_unread, "size_from",
        )  # fmt: skip
    assert gift_fault(build.goods(kind=SHOES, sizes=("", "36")), today) is None
    assert gift_fault(build.goods(kind=GoodsKind.books, sizes=("厚", "")), today) is None
    her = director()
    assert refused(household_child(her), her, kind=SHOES, size="大") is WishRefusal.size_unread


def test_no_wish_without_a_yes_at_home(either_app: Flask) -> None:
    """Of whoever decides or looks after the child; the database keeps both or neither."""
    her = director()
    child_id, other = household_child(her), household_child(her)
    with db.read():
        stranger = find.who_may_agree(children.get(other))[0].id
        mine = find.who_may_agree(children.get(child_id))[0].id
    for who, how in ((None, None), (mine, None), (stranger, Means.spoken)):
        said = WishSaid(GoodsKind.toy, 5_000, agreed=who, agreed_how=how)
        with db.write(), pytest.raises(Refusal) as no:
            actions.raise_wish(children.get(child_id), said, by=her.actor())
        assert (no.value.code, no.value.field) == (WishRefusal.nobody_agreed, "agreed")
    number = build.wish(child_id, her)
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(f"UPDATE material_wish SET agreed_by = NULL WHERE id = {number}"))
