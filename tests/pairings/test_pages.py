"""Pages of a pairing's life: decide, answer, meet, pause, end, calls, as people use them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.children import queries as children
from jiedui.children.rules import Means, Purpose
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.needs import actions as need_actions
from jiedui.needs import queries as needs
from jiedui.pairings.actions import approvals
from jiedui.pairings.queries import answers
from jiedui.pairings.rules import CloseReason, PairingState, PauseReason, RejectReason
from tests import people
from tests.builders import pairings as build
from tests.builders.children import director, household_child
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
P = PairingState


def signed_in(device: Device, person: Person) -> Browser:
    """A device with somebody signed in."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def facts(pair: Pair) -> dict[str, str]:
    """What must not be read by whom it does not concern."""
    with db.read():
        need = needs.get(pair.need_id)
        child = need.children[0]
        carer = answers.carer(pair.read())
        assert carer is not None
        assert carer.phone is not None
        return {
            "name": child.name,
            "carer": carer.name,
            "phone": carer.phone,
            "village": need.household.village.name,
            "code": child.code,
        }


def state(pair: Pair) -> PairingState:
    """How it stands."""
    with db.read():
        return pair.read().state


def test_the_card_shows_no_identity(app: Flask, device: Device) -> None:
    pair = build.approved()
    helper = signed_in(device, pair.helper)
    helper.get("/pairings/mine")
    assert "1 个孩子在等您答复" in helper.words
    page = helper.get(f"/pairings/{pair.id}").get_data(as_text=True)
    assert "您愿意帮助这个孩子吗" in page
    assert "9–11 岁" in page
    found = {key: value for key, value in facts(pair).items() if value in page}
    assert found == {}
    for label in ("留守", "困境", "儿童之家1", "小学三年级"):
        assert label not in page


def test_a_helper_accepts_on_the_card_and_then_waits(app: Flask, device: Device) -> None:
    pair = build.approved()
    helper = signed_in(device, pair.helper)
    path = f"/pairings/{pair.id}/accept"
    helper.send(path)
    assert "请选择一项" in helper.words or "请选" in helper.words
    helper.send(path, answer="yes")
    assert "您的答复已记录" in helper.words
    assert "正在征求家里的意见" in helper.words
    helper.send(path, answer="yes")
    assert "已经有人决定了" in helper.words or "您已同意" in helper.words


def test_a_helper_does_not_hear_of_a_pair_before_it_is_approved(app: Flask, device: Device) -> None:
    pair = build.proposed()
    helper = signed_in(device, pair.helper)
    for path in (f"/pairings/{pair.id}", f"/pairings/{pair.id}/accept"):
        assert helper.get(path).status_code == 404


def test_another_helper_and_another_village_find_no_such_page(app: Flask, device: Device) -> None:
    pair = build.active()
    strangers = [cleared_volunteer()[0], director(people.NEXT_VILLAGE)]
    for person in strangers:
        browser = signed_in(device, person)
        for tail in ("", "/pause", "/close", "/meet", "/accept", "/answer"):
            assert browser.get(f"/pairings/{pair.id}{tail}").status_code == 404


def test_the_director_records_guardian_and_child_on_one_page(app: Flask, device: Device) -> None:
    pair = build.approved()
    build.accept(pair)
    phone = signed_in(device, pair.director)
    path = f"/pairings/{pair.id}/answer"
    with db.read():
        child = needs.get(pair.need_id).children[0].id
    phone.get(path)
    assert "贾志愿" in phone.words
    phone.send(path, fresh=False)
    assert "请选择一个答复" in phone.words
    # One tap for each answer: the rest is filled in (paper, kept by the director).
    given = {"means": "paper", "paper_holder": "石例女", "paper_where": "村委会"}
    said = {"consent": "yes", f"view_{child}": "yes", "how": "alone"}
    phone.send(path, **given, **said)
    assert "答复已记录" in phone.words
    assert state(pair) is P.ready
    with db.read():
        one = children.latest_consent(children.get(child), Purpose.pairing, pair.id)
        assert one is not None
        assert one.means is Means.paper


def test_a_telephone_answer_without_a_witness_is_asked_for_and_input_kept(
    app: Flask, device: Device
) -> None:
    pair = build.approved()
    phone = signed_in(device, pair.director)
    path = f"/pairings/{pair.id}/answer"
    phone.send(path, consent="yes", means="telephone", phone_number="13900009999")
    assert phone.page is not None
    assert phone.page.status_code == 422
    assert "13900009999" in phone.text
    assert "jd-field--bad" in phone.text


def test_brothers_and_sisters_are_asked_by_name_on_the_same_page(
    app: Flask, device: Device
) -> None:
    village_director = director()
    first = household_child(village_director)
    second = household_child(village_director, sibling_of=first)
    need_id = open_need(village_director, child_id=first)
    with db.write():
        by = village_director.actor()
        need_actions.join_need(needs.get(need_id), children.get(second), by=by)
    pair = build.approved(director=village_director, need_id=need_id)
    build.accept(pair)
    phone = signed_in(device, village_director)
    phone.get(f"/pairings/{pair.id}/answer")
    with db.read():
        names = [children.get(i).name for i in (first, second)]
    assert all(name in phone.words for name in names)
    views = {f"view_{i}": "yes" for i in (first, second)}
    kept = {"paper_holder": "石例女", "paper_where": "村委会", "means": "paper"}
    phone.send(f"/pairings/{pair.id}/answer", consent="yes", how="alone", **views, **kept)
    assert state(pair) is P.ready


def test_from_ready_to_the_first_meeting_and_a_visit(app: Flask, device: Device) -> None:
    pair = build.ready()
    phone, helper = signed_in(device, pair.director), signed_in(device, pair.helper)
    tomorrow = clock.today() + timedelta(days=1)
    path = f"/pairings/{pair.id}/meet"
    phone.send(path, met_on=tomorrow.isoformat(), accompanied_by="石例女")
    assert "这一天还没有到" in phone.words
    assert tomorrow.isoformat() in phone.text
    phone.send(path, met_on=clock.today().isoformat(), accompanied_by="石例女")
    assert "首次见面已记录" in phone.words
    page = helper.get(f"/pairings/{pair.id}").get_data(as_text=True)
    told = facts(pair)
    assert told["name"] in page
    assert told["carer"] in page
    assert f'href="tel:{told["phone"]}"' in page
    assert told["code"] not in page
    for label in ("留守", "困境", "风险", "身份证"):
        assert label not in page


def test_each_look_at_a_pairing_is_on_record(app: Flask, device: Device) -> None:
    pair = build.active()
    signed_in(device, pair.helper).get(f"/pairings/{pair.id}")
    with db.read():
        looked = select(AuditEntry.account_id, AuditEntry.object_id)
        looks = db.session.execute(looked.where(AuditEntry.act == Act.pairing_read.value)).all()
    assert [tuple(one) for one in looks] == [(pair.helper.account_id, pair.id)]


def test_a_helper_pauses_and_is_back(app: Flask, device: Device) -> None:
    pair = build.active()
    helper = signed_in(device, pair.helper)
    helper.get(f"/pairings/{pair.id}/pause")
    assert "正在了解情况" not in helper.words
    helper.send(f"/pairings/{pair.id}/pause", fresh=False, reason="being_looked_into")
    assert state(pair) is P.active
    helper.send(f"/pairings/{pair.id}/pause", reason="helper_away")
    assert state(pair) is P.paused
    helper.press(f"/pairings/{pair.id}", f"/pairings/{pair.id}/resume")
    assert "结对继续" in helper.words
    assert state(pair) is P.active


def test_a_paused_helper_reads_a_neutral_sentence_and_no_name(app: Flask, device: Device) -> None:
    pair = build.active()
    with db.write():
        build.life.pause(pair.read(), PauseReason.being_looked_into, by=pair.director.actor())
    helper = signed_in(device, pair.helper)
    page = helper.get(f"/pairings/{pair.id}").get_data(as_text=True)
    assert "您的名额保留" in page
    assert "正在了解情况" not in page
    assert facts(pair)["name"] not in page
    helper.get("/pairings/mine")
    assert facts(pair)["name"] not in helper.text


def test_an_ending_from_the_helpers_wish_to_the_goodbye(app: Flask, device: Device) -> None:
    pair = build.active()
    helper, phone = signed_in(device, pair.helper), signed_in(device, pair.director)
    helper.send(f"/pairings/{pair.id}/close", reason="helper_time")
    assert "请写明哪天告别" in helper.words
    today = clock.today().isoformat()
    helper.send(f"/pairings/{pair.id}/close", reason="helper_time", goodbye_on=today)
    assert state(pair) is P.closing
    phone.send(f"/pairings/{pair.id}/end", said_goodbye_on=today, after="reopen")
    assert "结对已结束" in phone.words
    helper.get(f"/pairings/{pair.id}")
    assert "谢谢您的付出" in helper.words
    with db.read():
        assert pair.read().close_reason is CloseReason.helper_time


def test_a_helper_steps_back_before_the_first_meeting(app: Flask, device: Device) -> None:
    pair = build.ready()
    helper = signed_in(device, pair.helper)
    helper.send(f"/pairings/{pair.id}/withdraw")
    assert state(pair) is P.declined
    assert facts(pair)["name"] not in helper.get(f"/pairings/{pair.id}").get_data(as_text=True)


def test_a_page_left_open_changes_nothing_and_says_so(app: Flask, device: Device) -> None:
    pair = build.active()
    phone, other = signed_in(device, pair.director), signed_in(device, pair.helper)
    phone.get(f"/pairings/{pair.id}/pause")
    other.send(f"/pairings/{pair.id}/pause", reason="helper_away")
    phone.send(f"/pairings/{pair.id}/pause", fresh=False, reason="child_away")
    assert phone.page is not None
    assert phone.page.status_code in (409, 422)
    with db.read():
        assert pair.read().pause_reason is PauseReason.helper_away


@pytest.mark.parametrize("make", [build.proposed, build.approved, build.ready, build.active])
def test_every_page_of_staff_is_there_in_both_languages(
    app: Flask, device: Device, make: Callable[[], Pair]
) -> None:
    pair = make()
    for person in (pair.director, pair.officer):
        for english in (False, True):
            browser = device().english() if english else device()
            browser.sign_in(person.phone)
            for path in ("/pairings", "/pairings?phase=living", f"/pairings/{pair.id}"):
                assert browser.get(path).status_code == 200
                assert ("Pairings" in browser.words) is english
                assert ("报告危险" in browser.words) is not english


def test_a_link_for_the_guardian_is_shown_once(app: Flask, device: Device) -> None:
    pair = build.approved()
    phone = signed_in(device, pair.director)
    phone.send(f"/pairings/{pair.id}/link")
    found = re.findall(r">(https?://\S+?)<", phone.text)
    assert len(found) == 1
    assert re.search(r">\d{6}<", phone.text)
    phone.get(f"/pairings/{pair.id}/link")
    assert not re.findall(r">(https?://\S+?)<", phone.text)
    path = found[0].split("localhost", 1)[1]
    stranger = device()
    stranger.get(path)
    assert "贾志愿" in stranger.words
    assert len(stranger.text) < 50_000


def test_a_helper_never_hears_of_what_was_rejected(device: Device) -> None:
    """Neither in the list nor by its address; seen to fail while only proposals were kept back."""
    pair = build.proposed()
    with db.write():
        approvals.reject(pair.id, RejectReason.not_suitable, by=pair.officer.actor())
    mine = signed_in(device, pair.helper)
    assert mine.http.get(f"/pairings/{pair.id}").status_code == 404
    mine.get("/pairings/mine")
    assert f"/pairings/{pair.id}" not in mine.text
