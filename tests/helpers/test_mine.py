"""A helper's own page: where the vetting lies, signing, changing, leaving and coming back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from jiedui.core import db, happenings
from jiedui.core.errors import Refusal
from jiedui.core.happenings import HelperCapacityLowered
from jiedui.factory.wiring import LISTENERS
from jiedui.helpers import actions, queries
from jiedui.helpers.rules import Gate, GateState, HelperRefusal, HelperState
from tests.builders import helpers as built
from tests.client import Browser
from tests.helpers import filling
from tests.people import Person

Device = Callable[[], Browser]
MINE = "/helpers/mine"


@pytest.fixture
def paired_with_two() -> Iterator[None]:
    """An upper room that knows of two living pairings."""

    def refuse(lowered: HelperCapacityLowered) -> None:
        if lowered.capacity < 2:
            raise Refusal(HelperRefusal.capacity_below_pairings, "capacity")

    happenings.listen({HelperCapacityLowered: (refuse,)})
    yield
    happenings.listen(LISTENERS)


def signed_in(device: Device, **over: object) -> tuple[Browser, Person, int]:
    """A volunteer at their device."""
    person, helper_id = built.volunteer(**over)
    one = device()
    one.sign_in(person.phone)
    return one, person, helper_id


def details(**over: object) -> dict[str, object]:
    """What the page of changing asks."""
    plain: dict[str, object] = {
        "offers": ["reading"],
        "capacity": "1",
        "unit_id": "0",
        "languages": ["mandarin"],
        **filling.where(),
    }
    return plain | over


def test_the_page_says_where_it_lies_and_what_comes_next(device: Device) -> None:
    """Every gate with its state, since when, and who does the next step."""
    one, _person, _id = signed_in(device)
    one.get(MINE)
    for words in ("身份核实", "违法犯罪记录查询", "行为守则", "培训", "还缺", "等到现在"):
        assert words in one.words
    assert "请带身份证到乡镇或办公室" in one.words
    assert "留守" not in one.words
    assert "困境" not in one.words


def test_a_helper_signs_the_code_of_conduct(device: Device) -> None:
    """Read on its page, signed with a button; the gate is good."""
    one, _person, helper_id = signed_in(device)
    assert "孩子说不，不需要理由" in one.get("/helpers/mine/conduct").get_data(as_text=True)
    page = one.press("/helpers/mine/conduct", "/helpers/mine/conduct")
    assert page.request.path == MINE
    with db.read():
        assert queries.gate_states(queries.get(helper_id))[Gate.conduct] is GateState.good


def test_details_are_changed_and_a_stale_page_is_refused(device: Device) -> None:
    """What was there stands in the form; a second window's older page changes nothing."""
    one, person, helper_id = signed_in(device)
    other = device()
    other.sign_in(person.phone)
    other.get("/helpers/mine/change")
    one.send("/helpers/mine/change", **details(slots=["weekend"]))
    with db.read():
        helper = queries.get(helper_id)
        assert [s.slot for s in helper.slots] == [15, 16, 17, 18, 19, 20]
        assert [o.kind for o in helper.offers] == ["reading"]
    late = other.send("/helpers/mine/change", fresh=False, **details(slots=["0"]))
    assert late.status_code == 409
    with db.read():
        assert len(queries.get(helper_id).slots) == 6


def test_a_change_is_checked_like_a_registration(device: Device) -> None:
    """No slot is refused beside the field and the rest is kept."""
    one, _person, _id = signed_in(device)
    page = one.send("/helpers/mine/change", **details(slots=[], about="只在村里"))
    assert page.status_code == 422
    assert "没有选时段" in one.words
    assert "只在村里" in one.text


def test_capacity_never_falls_below_the_living_pairings(
    device: Device, paired_with_two: None
) -> None:
    """The upper room refuses beside the field; two is possible, and unused seats go."""
    one, _person, helper_id = signed_in(device, capacity=3)
    page = one.send("/helpers/mine/change", **details(capacity="1"))
    assert page.status_code == 422
    assert "结对的孩子比这个数多" in one.words
    one.send("/helpers/mine/change", **details(capacity="2"))
    with db.read():
        helper = queries.get(helper_id)
        assert helper.capacity == 2
        assert [s.seat for s in helper.seats] == [1, 2]


def test_a_seat_that_a_pairing_is_written_on_stays(either_app: Flask) -> None:
    """The foreign key keeps the seat of a past pairing; raising again makes no double."""
    person, helper_id = built.volunteer(capacity=3)
    with db.write() as session:
        session.connection().exec_driver_sql(
            "CREATE TABLE seat_holder (helper_id INTEGER, seat INTEGER, "
            "FOREIGN KEY (helper_id, seat) REFERENCES helper_seat (helper_id, seat))"
        )
        held = f"INSERT INTO seat_holder VALUES ({helper_id}, 3)"
        session.connection().exec_driver_sql(held)
    for capacity, seats in ((1, [3]), (2, [1, 3]), (3, [1, 2, 3])):
        with db.write():
            helper = queries.get(helper_id)
            actions.update(helper, built.offer(capacity=capacity), by=person.actor())
        with db.read():
            assert [s.seat for s in queries.get(helper_id).seats] == seats


def test_leaving_and_coming_back(device: Device) -> None:
    """Withdrawing asks first; coming back is a button; a suspension is not ended so."""
    one, _person, helper_id = signed_in(device)
    assert "您要退出吗" in one.get("/helpers/mine/leave").get_data(as_text=True)
    one.press("/helpers/mine/leave", "/helpers/mine/leave")
    assert "您已退出" in one.words
    with db.read():
        assert queries.get(helper_id).state is HelperState.withdrawn
    one.press(MINE, "/helpers/mine/back")
    with db.read():
        assert queries.get(helper_id).state is HelperState.registered


def test_a_suspended_helper_cannot_take_themselves_back(device: Device) -> None:
    """403: their own page, but not this act."""
    one, _person, helper_id = signed_in(device)
    coordinator = built.vetter()
    with db.write():
        actions.suspend(queries.get(helper_id), by=coordinator.actor())
    one.get(MINE)
    assert "您目前暂停参加" in one.words
    one.get("/helpers/mine/leave")
    assert one.press("/helpers/mine/leave", "/helpers/mine/back").status_code == 403


def test_a_paper_is_named_and_waits_to_be_seen(device: Device) -> None:
    """It counts for nothing until the office has looked at it."""
    one, _person, helper_id = signed_in(device)
    one.send("/helpers/mine/paper", kind="teacher", number="T-1", expires="")
    assert "办公室还没有看过" in one.words
    with db.read():
        assert queries.get(helper_id).credentials[0].outcome is None


def test_a_form_typed_while_the_session_ended_is_kept(device: Device) -> None:
    """After signing in again the input stands there."""
    one, person, _id = signed_in(device)
    one.get("/helpers/mine/change")
    one.http.delete_cookie("jiedui")
    one.send("/helpers/mine/change", fresh=False, **details(about="晚上也行"))
    one.sign_in(person.phone)
    one.get("/helpers/mine/change")
    assert "晚上也行" in one.text


def test_nobody_else_has_such_a_page(device: Device) -> None:
    """A coordinator has no own helper's page, nor a volunteer the office's list."""
    one, _person, helper_id = signed_in(device)
    _p, other = built.volunteer()
    for path in (
        "/helpers",
        "/helpers/checks",
        f"/helpers/{other}",
        f"/helpers/{helper_id}/suspend",
    ):
        assert one.get(path).status_code == 404, path
    assert one.get(f"/helpers/{helper_id}").status_code == 200
    office = device()
    office.sign_in(built.vetter().phone)
    assert office.get(MINE).status_code == 404
