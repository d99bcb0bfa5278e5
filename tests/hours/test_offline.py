"""The page for a place without a line: about nobody, for helpers; numbers as people type them.

Seen to fail: another helper's pairing taken by its number; a page that does not lie on the
phone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.core import clock, phone
from jiedui.hours.rules import pairing_number
from tests.builders import pairings as build
from tests.builders.hours import serving
from tests.client import Browser
from tests.pairings.test_pages import facts

Device = Callable[[], Browser]


@pytest.mark.parametrize("said", ["P-0012", "p12", " 12 ", "P-００１２", "P－12"])
def test_a_number_is_read_as_it_is_typed(said: str) -> None:
    assert pairing_number(said) == 12


@given(st.text())
def test_whatever_is_typed_is_a_number_or_none(said: str) -> None:
    found = pairing_number(said)
    assert found is None or 0 <= found <= 999_999_999


def test_the_page_lies_on_the_phone_and_names_nobody(app: Flask, device: Device) -> None:
    pair = serving()
    browser = device()
    browser.sign_in(pair.helper.phone)
    laid = browser.http.get("/offline", headers={phone.EMPTY: "1"})
    assert laid.headers[phone.EMPTY] == "1"
    assert not [said for said in facts(pair).values() if said in laid.get_data(as_text=True)]


def test_anothers_number_and_no_number_are_told_the_same(app: Flask, device: Device) -> None:
    pair = serving()
    other = build.trial(director=pair.director)
    browser = device()
    browser.sign_in(pair.helper.phone)
    day = (clock.today() - timedelta(days=1)).isoformat()
    said = []
    for number in (f"P-{other.id:04d}", "P-9999", "nothing"):
        browser.send("/offline", pairing=number, on=day, starts="0900", ends="1000", kind="meeting")
        said.append("这不是您的结对编号" in browser.words)
    assert said == [True, True, True]
