"""A stranger reports on a phone whose line breaks; the case goes through every step by the duty
officer's hands, one clock runs out on the way, and a second person closes it.

Would fail: a report that is lost with the line; a step that the page does not lead to; a clock that
runs out and tells nobody; one person who opens and closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, jobs
from jiedui.core.outbox import Letter, LetterKind
from jiedui.protection.models import ProtectionCase, Report
from tests import people
from tests.browser.conftest import ItIs, Served
from tests.browser.hand import Hand
from tests.builders import worries

pytestmark = pytest.mark.reliability  # half a minute of clicks: the longer runs play them
VOICE = b"\x00\x00\x00\x18ftypM4A " + b"v" * 4000


def reported(browser: Browser, served: Served) -> tuple[str, str]:
    """By a stranger, with a voice message, while the line is gone for a moment; number and secret
    as the page shows them."""
    stranger = Hand(browser, served.url)
    stranger.go("/report")
    voice = {"name": "录音.m4a", "mimeType": "audio/mp4", "buffer": VOICE}
    stranger.page.locator("main [name=voice]").set_input_files(voice)  # type: ignore[arg-type]
    with db.read():
        village = people.region(people.VILLAGE).full_name
    stranger.fill(what="隔壁孩子身上有伤", where=f"{village} 桥头第二家")
    stranger.context.set_offline(True)
    stranger.press()
    expect(stranger.page.locator("#door-waits")).to_contain_text("还没有发出")
    stranger.context.set_offline(False)
    expect(stranger.page.locator("body")).to_contain_text("查询码", timeout=20_000)
    number, secret = stranger.page.locator("dd.jd-num").all_inner_texts()
    assert stranger.taps <= 4  # two fields, one press; the voice is one more
    stranger.trouble = [t for t in stranger.trouble if "ERR_INTERNET_DISCONNECTED" not in t]
    stranger.done()
    return number, secret


def through(officer: Hand, case: int) -> None:
    """Every step that is left, each as the case's own page leads to it."""
    for fields in (
        {"how": "done", "placement": "kin", "words": "姑姑家"},
        {"words": "民政、公安、乡镇都在"},
        {"how": "done", "words": "每周入户"},
        {"how": "done", "ground": "admonished", "words": "告诫书已送达"},
        {"how": "done", "words": "孩子安好"},
    ):
        officer.go(f"/cases/{case}")
        officer.open_link(f"/cases/{case}/next")
        officer.fill(**fields)
        officer.press()
    officer.go(f"/cases/{case}/end")
    officer.fill(outcome="visited", answer="已稳定", reply="谢谢您。")
    officer.press()


def test_a_report_is_heard_and_brought_to_its_end(
    browser: Browser, served: Served, it_is: ItIs
) -> None:
    duty, second = worries.officer(), worries.civil()
    head = people.appoint(Role.coordinator, office=Office.civil_affairs, head=True)
    number, secret = reported(browser, served)
    with db.read() as session:
        report = session.scalars(select(Report)).one().id
    officer = Hand(browser, served.url).sign_in(duty.phone)
    officer.go("/desk")
    officer.go(f"/reports/{report}")
    officer.sees("隔壁孩子身上有伤")
    assert officer.page.locator("audio").count() == 1
    officer.go(f"/reports/{report}/case")
    officer.fill(situation="injuries", suspect="guardian", words="已电话核实")
    officer.press()
    with db.read() as session:
        case = session.scalars(select(ProtectionCase)).one()
        case_id, village = case.id, case.region_id
        assert village == people.region(people.VILLAGE).id
    it_is(clock.today() + timedelta(days=1))
    jobs.sweep()
    with db.read() as session:
        told = select(Letter.to_account_id).where(Letter.kind == LetterKind.clock_ran_out)
        assert {duty.account_id, head.account_id} <= set(session.scalars(told))
    officer.done()
    officer = Hand(browser, served.url).sign_in(duty.phone)
    officer.go(f"/cases/{case_id}/next")
    officer.fill(how="done", officer="城关派出所 丁警官", number="受案2026-0001")
    officer.press()
    through(officer, case_id)
    officer.done()
    other = Hand(browser, served.url).sign_in(second.phone)
    other.go(f"/cases/{case_id}")
    other.page.get_by_role("button", name="结案", exact=True).click()
    other.page.wait_for_load_state()
    other.done()
    asking = Hand(browser, served.url)
    asking.go("/report/ask")
    asking.fill(number=number, code=secret)
    asking.press()
    asking.sees("谢谢您。")
    asking.done()
