"""The register of places: found by what they are for, told of by who is there, pictures without
children.

Seen to fail: a director who may change the neighbour's place (policy: place_edit in_county), hours
that do not join days (opening_hours), a picture kept without the tick (keep_photo), a photo kept as
the telephone wrote it (scans.keep without taken), a second keeper beside the first (_in_charge).
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.partners import actions, queries
from jiedui.partners.rules import (
    Keeper,
    PartnerRefusal,
    PlaceKind,
    PlaceSaid,
    keeper_fault,
    opening_hours,
    read_things,
    written_things,
)
from tests import people
from tests.builders.needs import place
from tests.client import Browser
from tests.photos import DEVICE, photo

Device = Callable[[], Browser]


def home(**over: Any) -> int:
    """A Children's Home in the first village (opens its own write)."""
    with db.write():
        return place(**over).id


def test_a_director_tells_what_the_home_is_for_and_others_find_it(device: Device) -> None:
    """What was typed stands on the page, with who is in charge and what was changed; the register
    finds it by use and kind; a neighbour reads and does not change."""
    number, other = home(), home(kind=PlaceKind.shelter)
    director = people.appoint(Role.child_director, people.VILLAGE, name="温主任")
    one = device()
    one.sign_in(director.phone)
    said: dict[str, Any] = {
        "uses": ["reading", "tutoring"], "slots": ["after_school", "15"], "capacity": "40",
        "things": "图书（绘本） 200\n电脑3台\n\n篮球：2",
        "keeper_account": str(director.account_id),
    }  # fmt: skip
    one.send(f"/places/{number}/details", **said)
    for words in (
        "周一至周五下午",
        "周六上午",
        "图书（绘本）",
        "200",
        "电脑",
        "温主任",
        "变更记录",
        "开放时间",
    ):
        assert words in one.words
    one.get("/places?use=reading")
    assert f"/places/{number}/about" in one.text
    assert f"/places/{other}/about" not in one.text
    one.get("/places?kind=shelter")
    assert f"/places/{other}/about" in one.text
    assert f"/places/{number}/about" not in one.text
    two = device()
    two.sign_in(people.appoint(Role.child_director, people.NEXT_VILLAGE).phone)
    assert two.get(f"/places/{number}/about").status_code == 200
    assert two.get(f"/places/{number}/details").status_code == 404


def test_what_cannot_be_read_is_said_beside_its_field(device: Device) -> None:
    """The rest is kept; what somebody else saved meanwhile is not overwritten."""
    number = home()
    one = device()
    one.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    page = one.send(f"/places/{number}/details", uses=["meals"], things="图书 200\n好多桌子")
    assert page.status_code == 422
    assert "第 2 行看不明白" in one.words
    assert "好多桌子" in one.text
    page = one.send(f"/places/{number}/details", keeper_name="贾园长")
    assert page.status_code == 422
    assert "姓名和电话" in one.words
    one.send(f"/places/{number}/details", keeper_name="贾园长", keeper_phone="0797-1234567")
    assert "贾园长" in one.words
    stale = one.send(f"/places/{number}/details", version="0", capacity="9")
    assert stale.status_code == 409


def test_a_picture_is_kept_without_where_it_was_taken_and_only_with_a_tick(device: Device) -> None:
    """What a telephone writes beside a photo is gone; one without the tick is not kept; a PDF is no
    picture; whoever reads the register opens it, and whoever may change takes it away."""
    number = home()
    one = device()
    one.sign_in(people.appoint(Role.child_director, people.VILLAGE).phone)
    address = f"/places/{number}/pictures"

    def sent(content: bytes, name: str = "a.jpg") -> tuple[Any, str]:
        return (BytesIO(content), name)  # type: ignore[return-value]

    assert one.send(address, file=sent(photo())).status_code == 422
    assert "只保存没有孩子的照片" in one.words
    pdf = b"%PDF-1.4 %%EOF"
    assert one.send(address, file=sent(pdf, "a.pdf"), without_children="y").status_code == 422
    one.send(address, file=sent(photo()), without_children="y")
    with db.read():
        kept = queries.photos_of(number)[0]
        picture, content = kept.id, kept.content
    assert DEVICE.encode() not in content
    assert b"Exif" not in content
    assert one.get(f"/places/pictures/{picture}").status_code == 200
    two = device()
    two.sign_in(people.appoint(Role.leader).phone)
    assert two.get(f"/places/pictures/{picture}").status_code == 200
    one.press(address, f"/places/pictures/{picture}/gone")
    with db.read():
        assert queries.photos_of(number) == []


def test_the_database_keeps_no_picture_of_children_and_one_keeper(either_app: Flask) -> None:
    """Whatever a program forgets."""
    number = home()
    director = people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        there = queries.get_place(number)
        actions.describe(there, PlaceSaid(keeper=Keeper(director.account_id)), by=director.actor())
        actions.describe(there, PlaceSaid(keeper=Keeper(None, "贾婶", "13700000001")),
                         by=director.actor())  # fmt: skip
    with db.read():
        now = queries.keeper_of(number)
        assert now is not None
        assert (now.account_id, now.name) == (None, "贾婶")
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(text("UPDATE place_keeper SET ended_at = NULL"))
    with db.write():
        there = queries.get_place(number)
        actions.keep_photo(there, photo(), without_children=True, by=director.actor())
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(text("UPDATE place_photo SET without_children = false"))


def test_six_pictures_are_enough(app: Flask) -> None:
    """A seventh waits until one is gone."""
    number = home()
    by = people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        there = queries.get_place(number)
        for _ in range(6):
            last = actions.keep_photo(there, photo(), without_children=True, by=by.actor())
        with pytest.raises(Refusal) as refused:
            actions.keep_photo(there, photo(), without_children=True, by=by.actor())
        assert refused.value.code is PartnerRefusal.pictures_enough
        actions.take_photo_away(last, by=by.actor())
        db.session.flush()
        actions.keep_photo(there, photo(), without_children=True, by=by.actor())


@given(st.sets(st.integers(0, 20)))
def test_opening_hours_say_each_slot_once(slots: set[int]) -> None:
    """Joined days say the same slots, no two runs that touch."""
    found = opening_hours(slots)
    said = [day * 3 + one.part for one in found for day in range(one.first, one.last + 1)]
    assert sorted(said) == sorted(slots)
    assert all(
        a.part != b.part or b.first > a.last + 1 for a, b in zip(found, found[1:], strict=False)
    )


NAMES = st.from_regex(r"[a-z]{1,9}( [a-z]{1,9})?", fullmatch=True)


@given(st.dictionaries(NAMES, st.integers(1, 99_999), max_size=12))
def test_what_is_there_reads_back_as_it_was_written(things: dict[str, int]) -> None:
    """Line by line."""
    assert read_things(written_things(things.items())) == (tuple(things.items()), None)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_one_person_is_in_charge_or_nobody(
    account: bool, near: bool, name: bool, phone: bool
) -> None:
    """Never two, never half of one, never somebody of elsewhere."""
    keeper = Keeper(7 if account else None, "a" if name else "", "1" if phone else "")
    fine = (account and near and not name and not phone) or (not account and name == phone)
    assert (keeper_fault(keeper, {7} if near else set()) is None) == fine
