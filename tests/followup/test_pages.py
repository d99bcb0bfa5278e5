"""The pages of following up as a director, an officer, a helper and a family see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.core import clock, db
from jiedui.followup import actions
from jiedui.pairings.rules import PairingState
from tests.builders import pairings as build
from tests.client import Browser
from tests.pairings.test_pages import facts, signed_in, state

Device = Callable[[], Browser]


def test_a_director_writes_down_what_the_three_say(app: Flask, device: Device) -> None:
    pair = build.active()
    browser = signed_in(device, pair.director)
    address = f"/pairings/{pair.id}/follow-up"
    day = clock.today().isoformat()
    browser.send(f"{address}/new", through="call", on_day=day)
    assert "请至少填写其中一人的意见" in browser.words
    name = facts(pair)["name"]
    browser.send(
        f"{address}/new", child="sad", alone="y", child_words=f"{name}说不想去",
        carer="well", through="visit", on_day=day,
    )  # fmt: skip
    assert "这里好像写了" in browser.words
    browser.send(
        f"{address}/new", child="sad", alone="y", child_words="说不想去", carer="well",
        through="visit", on_day=day,
    )  # fmt: skip
    assert "谢谢，已记下。" in browser.words
    assert "孩子不开心" in browser.words
    assert "单独询问" in browser.words
    assert "说不想去" in browser.words
    browser.get("/follow-up")
    assert "有 1 对结对需要关注" in browser.words
    browser.get("/desk")
    assert "需要关注的结对" in browser.words


def test_what_the_three_say_is_not_for_the_helper(app: Flask, device: Device) -> None:
    pair = build.active()
    helper = signed_in(device, pair.helper)
    helper.get(f"/pairings/{pair.id}")
    assert "结对情况怎么样？" in helper.words
    helper.send(f"/pairings/{pair.id}/follow-up/new", helper="trouble", helper_words="路远")
    assert "谢谢，已记下。" in helper.words
    assert helper.get(f"/pairings/{pair.id}/follow-up").status_code == 404
    assert helper.get("/follow-up").status_code == 404
    officer = signed_in(device, pair.officer)
    officer.get(f"/pairings/{pair.id}/follow-up")
    assert "路远" in officer.words
    assert facts(pair)["name"] not in officer.words


def test_a_family_stops_it_by_one_tap_and_no_name_stands_there(app: Flask, device: Device) -> None:
    pair = build.active()
    director = signed_in(device, pair.director)
    director.send(f"/pairings/{pair.id}/stop-key")
    found = re.search(r"/stop/([\w-]+)", director.words)
    assert found
    family = device()
    family.get(found.group())
    assert "要停止结对吗？" in family.words
    known = facts(pair)
    assert not [said for said in known.values() if said in family.words]
    family.send(found.group())
    assert state(pair) is PairingState.active
    family.send(found.group(), who="guardian")
    assert "已经停止" in family.words
    assert state(pair) is PairingState.paused
    director.get("/desk")
    assert "有家庭要求停止：请打电话" in director.words
    director.get(f"/pairings/{pair.id}")
    assert "可以这样告诉家里" in director.words


def test_a_key_that_is_none_says_so_whatever_it_is(app: Flask, device: Device) -> None:
    pair = build.approved()
    with db.write():
        token = actions.make_key(pair.read(), by=pair.director.actor())
    with db.write():
        actions.stop(pair.read(), actions.stopping.Who.guardian, by=pair.director.actor())
    pages = set()
    for key in (token, "none", token[:-1]):
        page = device().get(f"/stop/{key}")
        assert page.status_code == 410
        pages.add(page.get_data(as_text=True).replace(key, "KEY"))
    assert len(pages) == 1


def test_a_helper_sees_own_silence_on_the_desk(app: Flask, device: Device) -> None:
    pair = build.active()
    with clock.moved_to(clock.now() + timedelta(days=15)):
        helper = signed_in(device, pair.helper)
        helper.get("/desk")
        assert "您的结对很久没有消息" in helper.words


def test_staff_say_who_wants_the_end(app: Flask, device: Device) -> None:
    pair = build.active()
    director = signed_in(device, pair.director)
    day = (clock.today() + timedelta(days=7)).isoformat()
    director.send(f"/pairings/{pair.id}/close", reason="child_wish", goodbye_on=day)
    assert "是谁提出的？" in director.words
    assert state(pair) is PairingState.active
    director.send(
        f"/pairings/{pair.id}/close", reason="child_wish", goodbye_on=day, wanted_by="child"
    )
    assert state(pair) is PairingState.closing
