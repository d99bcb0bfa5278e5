"""A parcel is confirmed by the code that lies at home: whoever brings it needs no account.

Seen to fail: a wrong code that is not counted; a code that the office which decided makes for
itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.core.links import TRIES
from jiedui.donations.actions import allotments, parcels
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import wishes
from jiedui.donations.rules.books import AllotmentState, GiftRefusal
from jiedui.donations.rules.wishes import WishState
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.client import Browser
from tests.people import Person


def sent(her: Person, office: Person) -> int:
    """A school bag on its way to a child of the director's."""
    wish = build.wish(household_child(her), her)
    build.looked_at(wish, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    gift = build.gift(office, build.goods())
    with db.write():
        one = allotments.allot(find.get(gift), wishes.get(wish), 1, "清单", by=office.actor())
        db.session.flush()
        allotments.dispatch(one, by=office.actor())
        return one.id


def test_the_code_at_the_door_is_enough(either_app: Flask) -> None:
    her, office = director(), build.officer()
    number = sent(her, office)
    with db.write():
        token, code = parcels.make_link(find.allotment(number), by=her.actor())
    parcels.handed_over(token, code)
    with db.read():
        one = find.allotment(number)
        assert (one.state, one.confirmed_by) == (AllotmentState.delivered, her.account_id)
        assert one.wish.state is WishState.fulfilled
    with pytest.raises(Refusal) as no:
        parcels.handed_over(token, code)
    assert no.value.code is GiftRefusal.link_gone


def test_a_guessed_code_is_counted_and_the_link_goes(app: Flask) -> None:
    her, office = director(), build.officer()
    number = sent(her, office)
    with db.write():
        token, code = parcels.make_link(find.allotment(number), by=her.actor())
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for left in range(TRIES - 1, 0, -1):
        with pytest.raises(Refusal) as no:
            parcels.handed_over(token, wrong)
        assert (no.value.code, no.value.facts["left"]) == (GiftRefusal.code_wrong, left)
    for said in (wrong, code):
        with pytest.raises(Refusal) as no:
            parcels.handed_over(token, said)
        assert no.value.code is GiftRefusal.link_gone
    with db.read():
        assert find.allotment(number).state is AllotmentState.dispatched


def test_who_decided_makes_no_code_and_a_new_one_ends_the_old(app: Flask) -> None:
    both = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    her, office = director(), build.officer()
    number = sent(her, office)
    with db.write(), pytest.raises(Refusal) as no:
        parcels.make_link(find.allotment(number), by=office.actor())
    assert no.value.code is GiftRefusal.decided_by_self
    with db.write():
        old, code = parcels.make_link(find.allotment(number), by=her.actor())
    with db.write():
        parcels.make_link(find.allotment(number), by=both.actor())
    with pytest.raises(Refusal):
        parcels.handed_over(old, code)


def test_from_the_village_to_the_door(app: Flask, device: Callable[[], Browser]) -> None:
    """On the pages: the code is shown once; at the door no name stands; nobody may peep."""
    her, office = director(), build.officer()
    number = sent(her, office)
    mine, bringer = device(), device()
    mine.sign_in(her.phone)
    assert f"/gifts/allotments/{number}/code" in mine.get(f"/gifts/allotments/{number}/come").text
    mine.send(f"/gifts/allotments/{number}/code")
    code = mine.text.split('jd-big jd-num mb-0">')[1][:6]
    door = "/came/" + mine.text.split("/came/")[1].split("<")[0].strip()
    with db.read():
        name = find.allotment(number).wish.child.name
    bringer.get(door)
    assert "书包" in bringer.words or "学习用品" in bringer.words
    assert name not in bringer.text
    bringer.send(door, code="000000" if code != "000000" else "111111")
    assert "口令不对" in bringer.words
    bringer.send(door, code=code)
    assert "已算送达" in bringer.words
    assert bringer.get(door).status_code == 410
