"""Calls to those without an account: who is called, what a yes, a no and no answer do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.children import queries as children
from jiedui.children.rules import Means, Purpose
from jiedui.core import clock, db
from jiedui.core.errors import NotNow, Refusal
from jiedui.pairings.actions import calls as actions
from jiedui.pairings.actions.calls import Heard
from jiedui.pairings.queries import answers, calls
from jiedui.pairings.rules import CallFor, CallOutcome, PairingRefusal, PairingState
from jiedui.pairings.rules.decisions import call_again
from tests.builders import pairings as build
from tests.builders.helpers import clear, on_paper
from tests.builders.pairings import Pair
from tests.client import Browser

Device = Callable[[], Browser]
GUARDIAN, HELPER = CallFor.guardian_consent, CallFor.helper_acceptance


def without_account() -> Pair:
    """An approved pairing of a helper who has no account."""
    enterer = build.officer()
    helper_id = on_paper(enterer)
    clear(helper_id, by=build.officer())
    return build.approved(helper_of=(enterer, helper_id))


def make(pair: Pair, what_for: CallFor, outcome: CallOutcome, second: str = "") -> None:
    """The director makes a call (opens its own write)."""
    with db.write():
        actions.make(pair.id, what_for, Heard(outcome, second), by=pair.director.actor())


def waiting(pair: Pair) -> list[tuple[int, CallFor]]:
    """The director's calls to make now."""
    with db.read():
        return [(c.pairing.id, c.what_for) for c in calls.calls_for(pair.director.actor())]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))
def test_a_call_nobody_took_comes_back_at_seven_in_the_evening(now: datetime) -> None:
    again = call_again(now)
    assert (again.hour, again.minute) == (19, 0)
    assert timedelta(hours=3) <= again - now < timedelta(hours=27)


def test_a_guardian_who_has_not_answered_is_called(app: Flask) -> None:
    pair = build.approved()
    assert waiting(pair) == [(pair.id, GUARDIAN)]
    build.family_says(pair, child=None)
    assert waiting(pair) == []


def test_a_helper_without_an_account_is_called_by_village_and_office(app: Flask) -> None:
    pair = without_account()
    assert (pair.id, HELPER) in waiting(pair)
    with db.read():
        mine = calls.calls_for(pair.officer.actor())
    assert [c.what_for for c in mine] == [HELPER]  # families are called by those who know them


def test_a_yes_of_a_guardian_needs_somebody_who_listened(app: Flask) -> None:
    pair = build.approved()
    with pytest.raises(Refusal) as caught:
        make(pair, GUARDIAN, CallOutcome.yes)
    assert caught.value.field == "second_person"
    make(pair, GUARDIAN, CallOutcome.yes, "李文书")
    with db.read():
        assert answers.said(pair.read()).guardian is True
        child = children.get(pair.read().need.children[0].id)
        consent = children.latest_consent(child, Purpose.pairing, pair.id)
        assert consent is not None
        assert consent.means is Means.telephone
        assert consent.evidence["second_person"] == "李文书"
        assert len(consent.evidence["number"]) == 11


def test_a_no_of_a_guardian_needs_neither_reason_nor_witness(app: Flask) -> None:
    pair = build.approved()
    make(pair, GUARDIAN, CallOutcome.no)
    with db.read():
        assert pair.read().state is PairingState.refused
    assert waiting(pair) == []


def test_no_answer_returns_in_the_evening(app: Flask) -> None:
    pair = build.approved()
    make(pair, GUARDIAN, CallOutcome.no_answer)
    assert waiting(pair) == []
    with db.read():
        (later,) = calls.all_for(pair.director.actor())
        assert later.again_at is not None
        again = later.again_at
    assert clock.local(again).hour == 19
    with clock.moved_to(again + timedelta(minutes=1)):
        assert waiting(pair) == [(pair.id, GUARDIAN)]


def test_a_helper_without_an_account_says_yes_and_no_by_call(app: Flask) -> None:
    yes, no = without_account(), without_account()
    make(yes, HELPER, CallOutcome.yes)
    make(no, HELPER, CallOutcome.no)
    with db.read():
        assert yes.read().accepted_by == yes.director.account_id
        assert no.read().state is PairingState.declined


def test_a_helper_with_an_account_answers_alone(app: Flask) -> None:
    pair = build.approved()
    with pytest.raises(Refusal) as caught:
        make(pair, HELPER, CallOutcome.yes)
    assert caught.value.code is PairingRefusal.has_account


def test_an_office_does_not_call_a_family(app: Flask) -> None:
    pair = build.approved()
    with db.write():
        by = pair.officer.actor()
        with pytest.raises(NotNow):
            actions.make(pair.id, GUARDIAN, Heard(CallOutcome.no), by=by)


def test_a_helper_hears_the_township_and_no_village(app: Flask, device: Device) -> None:
    pair, phone = without_account(), device()
    phone.sign_in(pair.officer.phone)
    phone.get(f"/pairings/{pair.id}/call/helper")
    script = phone.words.split("可以这样说")[1].split("电话结果")[0]
    assert "北东山镇有个孩子想要亲情陪伴" in script
    assert "上村" not in script


def test_the_page_says_whom_to_call_and_what_to_say(app: Flask, device: Device) -> None:
    pair, phone = build.approved(), device()
    phone.sign_in(pair.director.phone)
    phone.get("/pairings/calls")
    assert "要打 1 个电话" in phone.words
    assert 'href="tel:139' in phone.text
    path = f"/pairings/{pair.id}/call/guardian"
    phone.get(path)
    assert "贾志愿（结对志愿者）" in phone.words
    assert "不同意不用说理由" in phone.words
    phone.send(path, fresh=False, outcome="yes")
    assert phone.page is not None
    assert phone.page.status_code == 422
    assert "checked" in phone.text  # the choice is kept
    phone.send(path, outcome="yes", second_person="李文书")
    assert "电话结果已记录" in phone.words
    phone.get(path)
    assert "这个电话不用打了" in phone.words
