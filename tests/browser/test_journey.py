"""The main job, each step by the person who does it, in a browser: from a need to a record."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

from playwright.sync_api import Browser
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.children.models import Child
from jiedui.core import clock, db, jobs
from jiedui.helpers.models import Helper
from jiedui.pairings.models import Pairing, Round
from tests import people
from tests.browser.conftest import Served
from tests.browser.hand import Hand
from tests.builders import needs as built
from tests.client import PASSWORD
from tests.people import Person

TAPS_MOST = 40


def only(table: type, column: str = "id") -> int:
    """The newest row's id."""
    with db.read():
        found = select(getattr(table, column)).order_by(table.id.desc()).limit(1)  # type: ignore[attr-defined]
        return int(db.session.scalars(found).one())


def register(browser: Browser, url: str) -> tuple[str, int]:
    """Step 1: a volunteer registers in four short steps."""
    phone = people.phone_number()
    hand = Hand(browser, url)
    hand.go("/register")
    hand.fill(kind="volunteer", name="贾志愿", id_number=people.id_number(), phone=phone)
    hand.press()
    hand.fill(offers=["companionship"], capacity="1")
    hand.press()
    hand.fill(village_text="上村")
    hand.page.get_by_role("button", name="查找").click()
    with db.read():
        village = people.region(people.VILLAGE).id
    hand.fill(village=village, travel="ebike", reach="10", slots=["saturday_morning", "weekend"])
    hand.press()
    hand.fill(new_password=PASSWORD, again=PASSWORD, agreed="y")
    hand.press()
    hand.sees("登记已经收到")
    hand.fill(phone=phone, password=PASSWORD)
    hand.press()
    hand.go("/helpers/mine/conduct")
    hand.press()
    hand.done()
    return phone, only(Helper)


def vet(browser: Browser, url: str, officer: Person, helper: int) -> None:
    """Step 2: a coordinator records identity, record check and training."""
    hand = Hand(browser, url).sign_in(officer.phone)
    today = clock.today().isoformat()
    for gate in ("identity", "record_check", "training"):
        hand.go(f"/helpers/{helper}/finding/{gate}")
        hand.fill(outcome="good", done_on=today)
        if gate == "record_check":
            hand.fill(authority="北试县公安局")
        hand.press()
    hand.go(f"/helpers/{helper}")
    hand.sees("可以结对")
    hand.done()


def visit(browser: Browser, url: str, director: Person) -> int:
    """Step 3: child, wish, consent and view on one page; returns the taps it took."""
    hand = Hand(browser, url).sign_in(director.phone)
    hand.taps = 0
    hand.go("/visit")
    hand.fill(name="示小雨", birth_date="2016-05-04", sex="f", categories=["left_behind"])
    hand.fill(guardian_name="示大山", guardian_relation="grandmother")
    hand.fill(kind="companionship", slots=["saturday_morning"])
    hand.fill(consent="paper", view="yes", view_how="alone")
    hand.press("保存")
    hand.page.wait_for_url("**/children/*")  # sealed and kept first, then sent
    hand.done()
    return hand.taps


def match(browser: Browser, url: str, officer: Person) -> None:
    """Step 4: a round by hand, solved by a worker, looked at, handed in."""
    hand = Hand(browser, url).sign_in(officer.phone)
    hand.go("/matching")
    hand.press()
    jobs.work_off()
    number = only(Round)
    hand.go(f"/matching/{number}")
    hand.sees("贾志愿")
    hand.go(f"/matching/{number}/publish")
    hand.press()
    jobs.work_off()
    hand.done()


def approve(browser: Browser, url: str, officer: Person, pairing: int) -> int:
    """Step 5: the owning office approves; returns the taps."""
    hand = Hand(browser, url).sign_in(officer.phone)
    hand.taps = 0
    hand.go(f"/pairings/{pairing}/decide")
    hand.fill(decision="approve")
    hand.press()
    hand.done()
    return hand.taps


def say_yes(browser: Browser, url: str, phone: str, director: Person, pairing: int) -> None:
    """Step 6: helper, guardian and child say yes; then the first, accompanied meeting."""
    hand = Hand(browser, url).sign_in(phone)
    hand.go(f"/pairings/{pairing}/accept")
    hand.fill(answer="yes")
    hand.press()
    assert "示小雨" not in hand.page.content()
    hand.done()
    hand = Hand(browser, url).sign_in(director.phone)
    hand.go(f"/pairings/{pairing}/answer")
    child = only(Child)
    hand.fill(consent="yes", means="paper", paper_holder="石例女", paper_where="村委会")
    hand.fill(how="alone", **{f"view_{child}": "yes"})
    hand.press()
    hand.go(f"/pairings/{pairing}/meet")
    hand.fill(met_on=clock.today().isoformat(), accompanied_by="村儿童主任")
    hand.press()
    hand.done()


def serve(browser: Browser, url: str, phone: str, director: Person, pairing: int) -> None:
    """Step 7: the helper logs a session in the night of this very day, the township sees that it
    stands out and lets it count, the director verifies it in the weekly list."""
    hand = Hand(browser, url).sign_in(phone)
    hand.go(f"/pairings/{pairing}")
    hand.sees("示小雨")
    hand.go(f"/hours/pairings/{pairing}/new")
    while (clock.local(clock.now()).hour, clock.local(clock.now()).minute) < (0, 2):
        time.sleep(1)  # just after midnight nothing of the day has happened yet
    end = min(_today_at(0, 40), clock.local(clock.now()).replace(tzinfo=None))
    hand.fill(on=clock.today().isoformat(), starts="00:00", ends=f"{end:%H:%M}", kind="meeting")
    hand.press()
    hand.done()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    hand = Hand(browser, url).sign_in(township.phone)
    hand.go("/hours/questions")
    hand.sees("深夜或凌晨")
    hand.press("情况属实，计入")
    hand.sees("这次服务已计入。")
    hand.done()
    hand = Hand(browser, url).sign_in(director.phone)
    hand.go("/hours/weekly")
    hand.page.locator('main [name="sessions"]').first.check()
    hand.press()
    hand.done()


def _today_at(hour: int, minute: int) -> datetime:
    day = clock.today()
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)


def certify(browser: Browser, url: str, phone: str, helper: int) -> None:
    """Step 8: the record of service, which anybody can check and which shows no child."""
    hand = Hand(browser, url).sign_in(phone)
    hand.go(f"/helpers/{helper}/records")
    hand.fill(starts=clock.today().isoformat(), ends=clock.today().isoformat())
    hand.press()
    hand.sees("平台服务记录")
    shown = hand.page.locator(".jd-cert__no").inner_text()
    number = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", shown)
    hand.done()
    assert number is not None, shown
    anybody = Hand(browser, url)
    anybody.go(f"/check/{number[0]}")
    anybody.sees("贾")
    assert "示小雨" not in anybody.page.content()
    anybody.done()


def test_from_a_need_to_a_verified_record(browser: Browser, served: Served) -> None:
    """All ten steps' thin line, on SQLite and on PostgreSQL."""
    url = served.url
    first = people.appoint(Role.coordinator, office=Office.youth_league)
    second = people.appoint(Role.coordinator, office=Office.womens_federation)
    director = people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        built.place()
    phone, helper = register(browser, url)
    vet(browser, url, first, helper)
    assert visit(browser, url, director) <= TAPS_MOST
    match(browser, url, first)
    pairing = only(Pairing)
    assert approve(browser, url, second, pairing) <= 5
    say_yes(browser, url, phone, director, pairing)
    serve(browser, url, phone, director, pairing)
    certify(browser, url, phone, helper)
