"""A campaign against drowning in a browser, each step by whom it belongs to: the plan of the
emergency office, its event at a school, what it reached, the school's word, the page of coverage.

Would fail: figures that count before the school has confirmed them, a button for the school that
the policy does not give, a form that loses what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from jiedui.activities.queries import events, meetings
from jiedui.core import clock, db
from tests.browser.conftest import ItIs, Served
from tests.browser.hand import Hand
from tests.builders import events as build
from tests.people import Person

pytestmark = pytest.mark.reliability  # half a minute of clicks: the longer runs play them


def test_a_campaign_reaches_a_school(browser: Browser, served: Served, it_is: ItIs) -> None:
    school, office = build.school(), build.office()
    today = clock.today()
    day = today + timedelta(days=7)

    def at(person: Person) -> Hand:
        return Hand(browser, served.url).sign_in(person.phone)

    hand = at(office)
    hand.go("/prevention/plan/new")
    hand.fill(
        theme="drowning", reach="schools", number="1", until=(day + timedelta(days=30)).isoformat()
    )
    hand.press()
    hand.sees("0/1")
    hand.go("/prevention/drowning")
    hand.page.get_by_role("link", name="去安排").first.click()
    hand.fill(title="防溺水进校园", how="drill", co_host="消防救援大队", audience="school",
              expected="300", starts=day.isoformat(), ends=day.isoformat())  # fmt: skip
    hand.press()
    hand.sees("活动已安排。")
    hand.sees("北试小学")
    hand.done()
    with db.read():
        (event,) = events.events_for(office.actor())
        meeting = meetings.meetings_of(event.id)[0].id
    it_is(day + timedelta(days=1))
    hand = at(office)
    hand.go("/desk")
    hand.sees("登记活动开展情况")
    hand.go(f"/meetings/{meeting}/helpers")
    hand.fill(others="6", **{"band_6-11": "290", "band_12-13": "8"})
    hand.press()
    hand.go("/prevention/drowning")
    hand.sees("1 个还没有开展过")
    hand.done()
    hand = at(school.worker)
    hand.go("/desk")
    hand.sees("确认活动开展情况")
    hand.go(f"/meetings/{meeting}/list")
    hand.sees("298")
    hand.press()
    hand.sees("已确认")
    hand.done()
    hand = at(office)
    hand.go("/prevention/drowning")
    hand.sees("0 个还没有开展过")
    hand.go("/prevention/plan")
    hand.sees("1/1")
    hand.sees("已完成")
    hand.done()
