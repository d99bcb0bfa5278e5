"""A school is walked through with a phone in hand: parts in order are one tap each, only a fault
opens a box for words, and without a script it is the same walk.

Seen to fail: a number that stands still (walk.js without its listener), words asked of every item
(walk.js without `hidden`), a tick that the server does not know
(InspectionForm.seen without the tick).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from jiedui.activities.queries import safety as queries
from jiedui.core import clock, db
from tests.activities.test_safety import education, school
from tests.browser.conftest import Served
from tests.browser.hand import Hand

PARTS = ("fire", "building", "canteen", "gate", "traffic", "surroundings", "rules")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_walk_through_a_school(served: Served, browser: Browser, script: bool) -> None:
    """Seven parts in order but for one socket, no dormitory: 23 items in eleven taps or fewer."""
    officer, number = education(), school()
    hand = Hand(browser, served.url, java_script_enabled=script).sign_in(officer.phone)
    hand.go(f"/safety/schools/{number}/inspect")
    page = hand.page
    hand.taps = 0
    page.fill("[name=on_day]", clock.today().isoformat())
    for part in PARTS:
        page.check(f"[name=rest_{part}]")
    fire = page.locator("[data-walk]").first
    fire.locator("summary").first.click()
    expect(page.locator("[name=words_wiring]")).to_be_hidden()
    expect(fire.locator("[data-walk-words] summary:visible")).to_have_count(0 if script else 4)
    expect(fire.locator("[data-walk-left]")).to_have_text("0" if script else "4")
    page.select_option("[name=mark_wiring]", "serious")
    if not script:
        fire.locator("[data-walk-words] summary").last.click()
    page.fill("[name=words_wiring]", "厨房插座烧焦")
    expect(page.locator("[name=words_exits]")).to_be_hidden()
    page.locator("button.btn-primary:visible").last.click()
    page.wait_for_url("**/safety/inspections/*")
    with db.read():
        (one,) = queries.inspections_of(number)
        assert (len(one.marks), len(one.findings)) == (23, 1)
    assert hand.trouble == []
