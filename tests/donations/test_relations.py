"""Who gives and who gets it belong together: it stops until another has looked (慈善法 40, 59).

Made to fail: a tie that whoever came upon it may clear; an allotment that asks no tie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.donations.actions import relations
from jiedui.donations.queries import relations as find
from jiedui.donations.queries import wishes as wishes_find
from jiedui.donations.rules.deciding import DecidingRefusal
from jiedui.donations.rules.relations import (
    ClearReason,
    Somebody,
    Tie,
    TieAnswer,
    plain_phone,
    tie,
    ties,
)
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director
from tests.builders.helpers import agency
from tests.client import Browser
from tests.donations.test_books import allot, no_allot, open_wish, stands
from tests.people import Person


def tied(by: Person) -> tuple[int, int]:
    """A gift of somebody whose telephone is a household's, and the household's wish."""
    wish = open_wish(director())
    with db.write():
        mother = wishes_find.get(wish).child.household.guardians[0]
        mother.phone = phone = people.phone_number()
    spaced = f"+86 {phone[:3]}-{phone[3:7]} {phone[7:]}"
    return build.gift(by, build.goods(3, phone=spaced)), wish


def come_upon(gift: int, wish: int, by: Person) -> int:
    """The tie that was found (opens its own write)."""
    with db.write():
        assert relations.look_at(build.read(gift), wishes_find.get(wish), by=by.actor())
        return next(iter(find.known({(gift, wish)})[gift, wish].values())).id


def answer(number: int, said: TieAnswer, by: Person) -> None:
    """Another person answers (opens its own write)."""
    reason = ClearReason.other_person if said is TieAnswer.cleared else ClearReason.related
    with db.write():
        relations.answer(find.get(number), said, reason, "电话核实", by=by.actor())


def test_it_stops_until_another_person_clears_it(either_app: Flask) -> None:
    """And who cleared it does not decide on it; by rule and in the database."""
    first, second, third = build.officer(), build.officer(), build.officer()
    gift, wish = tied(first)
    assert no_allot(gift, wish, first) is DecidingRefusal.related
    number = come_upon(gift, wish, first)
    with pytest.raises(Refusal) as no:
        answer(number, TieAnswer.cleared, first)
    assert no.value.code is DecidingRefusal.first_person
    himself = "UPDATE gift_tie SET answer = 'cleared', reason = 'other_person', evidence = 'x',"
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(f"{himself} answered_by = found_by, answered_as = found_as"))
    answer(number, TieAnswer.cleared, second)
    assert no_allot(gift, wish, second) is DecidingRefusal.cleared_by_self
    allot(gift, wish, third)
    assert stands(gift) == (3, 2, 1, 0, 0)
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text("UPDATE gift_tie SET answer = 'upheld', reason = 'related'"))


def test_upheld_it_stays_stopped(either_app: Flask) -> None:
    """Whatever a program does: an allotment past the rule is refused by the database."""
    first, second = build.officer(), build.officer()
    gift, wish = tied(first)
    answer(come_upon(gift, wish, first), TieAnswer.upheld, second)
    assert no_allot(gift, wish, first) is DecidingRefusal.related
    other = open_wish(director())
    allot(gift, other, first)
    columns = "county_id, gift_id, amount, state, decision_id, decided_by, decided_as, decided_at"
    past = f"INSERT INTO gift_allotment ({columns}, version, wish_id) SELECT {columns}, 1, {wish}"
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(f"{past} FROM gift_allotment"))


def test_who_belongs_to_the_giving_unit_does_not_decide(app: Flask) -> None:
    officer, wish = build.officer(), open_wish(director())
    unit, receiver = agency("北试商店", UnitKind.company), build.charity()
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    gift = build.gift(officer, build.goods(3, name="", phone="", unit_id=unit), receiver)
    with db.read():
        pairs = [(build.read(gift), wish)]
        assert find.stands_in_both(manager.actor(), pairs) == {(gift, wish)}
        assert find.stands_in_both(officer.actor(), pairs) == set()


def test_the_page_tells_the_kind_and_nobody(app: Flask, device: Callable[[], Browser]) -> None:
    first, second = build.officer(), people.appoint(Role.coordinator, office=Office.youth_league)
    gift, wish = tied(first)
    mine, other = device(), device()
    mine.sign_in(first.phone)
    other.sign_in(second.phone)
    mine.send(f"/gifts/{gift}/allot", wish=str(wish), evidence="纪要")
    assert "疑似关联" in mine.words
    other.get("/desk")
    assert "核查捐赠人与受益家庭的关联" in other.words
    other.get("/gifts/ties/1")
    assert "电话号码相同" in other.words
    with db.read():
        one = wishes_find.get(wish)
        child = children.get(one.child_id)
        secrets = [child.name, child.household.guardians[0].name, child.village.name]
        secrets += [child.household.guardians[0].phone or ""]
    assert not any(secret in other.text for secret in secrets)
    other.send("/gifts/ties/1", reason="other_person", evidence="电话核实")
    assert "核查结果已登记" in other.words
    mine.send(f"/gifts/{gift}/allot", wish=str(wish), evidence="纪要")
    assert "已分配" in mine.words


PHONES = st.sampled_from(["", "13900000001", "+86 139 0000 0001", "13900000002"])
NAMES = st.sampled_from(["", "甲", "张三", "张 三", "李四"])
NUMBERS = st.sampled_from(["", "11010119900307283X", "11010119900307283x"])
SOME = st.builds(Somebody, NAMES, PHONES, NUMBERS)


@given(SOME, SOME, st.lists(SOME, max_size=3))
def test_a_tie_holds_both_ways_and_needs_something_known(
    one: Somebody, other: Somebody, more: list[Somebody]
) -> None:
    """A telephone that is not known ties nobody; more people never untie; a name alone ties only
    where a telephone does not tell two people apart. Made to fail with empty telephones alike."""
    found = tie(one, other)
    assert found == tie(other, one)
    assert (Tie.telephone in found) == (
        bool(one.phone) and plain_phone(one.phone) == plain_phone(other.phone)
    )
    if one.phone and other.phone:
        assert Tie.name not in found
    if not (one.name or one.phone or one.id_number):
        assert not found
    assert found <= ties([one, *more], [*more, other])
