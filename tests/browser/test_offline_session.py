"""A helper notes sessions where there is no signal: the page opens without a line, what is typed
lies sealed on the phone, goes once, and a second telling changes nothing; in a real browser, with
the line really cut.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import Browser

from jiedui.core import clock, db
from jiedui.hours import actions, queries
from jiedui.hours.rules import Evidence
from tests.browser.conftest import Served
from tests.browser.offline import EVERYTHING, Director
from tests.builders import pairings as build
from tests.builders.hours import serving


def sessions(pairing: int) -> list[Any]:
    """Evidence and minutes of what stands."""
    with db.read():
        return [(one.evidence, one.minutes) for one in queries.of_pairing(pairing)]


def test_sessions_noted_without_a_line_come_in_once(browser: Browser, served: Served) -> None:
    """Two sessions in the mountains, one with the carer's code; then the line is back."""
    with clock.moved_to(clock.now() - timedelta(days=10)):
        pair = serving()
    with db.write():
        code = actions.print_strip(pair.read(), by=pair.director.actor())[0]
    his = Director(browser, served, pair.helper)
    his.lay()
    his.line(there=False)
    day = (clock.today() - timedelta(days=1)).isoformat()
    for starts, ends, told in (("08:00", "09:00", code), ("10:00", "11:30", "")):
        his.page.goto(f"{served.url}/offline")
        his.fill(pairing=f"p-{pair.id}", on=day, starts=starts, ends=ends, code=told)
        his.save()
        his.says("kept")
    assert sessions(pair.id) == []
    kept = str(his.store()) + his.page.evaluate(EVERYTHING)
    with db.read():
        need = pair.read().need
        secrets = [child.name for child in need.children] + [need.household.village.name, code]
    assert not [one for one in secrets if one in kept]
    his.line(there=True)
    his.says("sent", "2")
    assert his.store() == []
    assert sorted(sessions(pair.id)) == [(Evidence.checked_in, 60), (Evidence.declared, 90)]
    his.done()


def test_a_number_of_somebody_elses_waits_as_a_draft(browser: Browser, served: Served) -> None:
    """It says no more than that it is none of one's own."""
    pair = serving()
    other = build.trial(director=pair.director)
    his = Director(browser, served, pair.helper)
    his.go("/offline")
    his.line(there=False)
    day = clock.today().isoformat()
    his.fill(pairing=f"P-{other.id:04d}", on=day, starts="00:01", ends="00:02")
    his.save()
    his.says("kept")
    his.line(there=True)
    his.says("draft", "1")
    assert sessions(other.id) == []
    his.page.locator('[data-says="draft"] a').click()
    his.page.get_by_role("button", name="打开修改").click()
    his.sees("这不是您的结对编号")
    his.done()
