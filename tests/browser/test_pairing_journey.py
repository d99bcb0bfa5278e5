"""A pairing from the card to the record, in a browser: ten sessions, one that was called off, one
in dispute, one with somebody who stood in, the three voices, a good ending, and a record whose
signature is checked outside the portal. The card comes as an e-mail, by a real mail server.

Seen to fail: hours of who stood in counted for the pairing's own helper, a disputed session that
stays in dispute after the answer, grants that outlive the ending."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.children.models import Child
from jiedui.contact.actions.dates import NIGHTLY
from jiedui.contact.models import PlannedSession
from jiedui.contact.rules.plan import COMING
from jiedui.core import carriers, clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.hours import queries
from jiedui.hours.models import Objection, ServiceSession
from jiedui.hours.rules import Book, EntryState, Evidence
from jiedui.needs.rules import NeedState
from jiedui.settings import Outward
from tests import people
from tests.browser.conftest import ItIs, Served
from tests.browser.hand import Hand
from tests.builders import contact
from tests.builders import pairings as build
from tests.builders.helpers import cleared_volunteer
from tests.builders.pairings import Pair
from tests.house.tree import ROOT
from tests.letters import post_office as offices
from tests.letters.conftest import outward
from tests.letters.post_office import PostOffice
from tests.people import Person

MET = date(2026, 3, 7)  # a Saturday
BY_CODE = [date(2026, 3, 14), date(2026, 3, 21), date(2026, 3, 28), date(2026, 4, 18)] + [
    date(2026, 5, 23), date(2026, 5, 30), date(2026, 6, 13), date(2026, 6, 20),
]  # fmt: skip
STOOD_IN, DOUBTED, CALLED_OFF = date(2026, 4, 11), date(2026, 4, 25), date(2026, 5, 16)
MISSED, ENDED = date(2026, 6, 6), date(2026, 6, 27)
MAIL = "zhiyuan@county.example"


@pytest.fixture
def mail(either_app: Flask, served: Served) -> Iterator[PostOffice]:
    """A mail server, and the portal knows it."""
    with offices.opened(PostOffice()) as office:
        settings = replace(
            either_app.config["SETTINGS"], outward=outward(office), public_url=served.url
        )
        either_app.config["PUBLIC_URL"] = served.url
        carriers.configure(settings)
        yield office
        carriers.configure(replace(settings, outward=Outward()))


@dataclass
class Life:
    """Two people's story, and who plays in it."""

    browser: Browser
    url: str
    mail: PostOffice
    pair: Pair
    township: Person
    codes: list[str] = field(default_factory=list)

    def at(self, person: Person) -> Hand:
        """Somebody takes the phone in hand and signs in."""
        return Hand(self.browser, self.url).sign_in(person.phone)

    def newest(self, table: type, *conditions: object) -> int:
        """The newest row's number."""
        with db.read():
            found = select(table.id).where(*conditions).order_by(table.id.desc())  # type: ignore[attr-defined]
            return int(db.session.scalars(found.limit(1)).one())


def letters_by_mail(life: Life) -> None:
    """The volunteer gives an address, types the code that came there, and chooses e-mail."""
    hand = life.at(life.pair.helper)
    hand.go("/me/letters/address")
    hand.fill(address=MAIL)
    hand.press()
    jobs.work_off()
    sent = life.mail.received[-1].read().get_content()
    code = re.search(r"\d{8}|\d{4} \d{4}", sent)
    assert code is not None, sent
    hand.go("/me/letters/code")
    hand.fill(code=code[0])
    hand.press()
    hand.go("/me/letters")
    hand.fill(way="email", pace="at once", language="zh_CN")
    hand.press()
    hand.done()


def approve_and_answer(life: Life) -> None:
    """The office approves; the card comes by e-mail, and its link leads through the sign-in;
    helper, guardian and child say yes; the two meet, accompanied."""
    pair = life.pair
    hand = life.at(pair.officer)
    hand.go(f"/pairings/{pair.id}/decide")
    hand.fill(decision="approve")
    hand.press()
    hand.done()
    jobs.sweep()
    jobs.work_off()
    letter = life.mail.received[-1].read().get_content()
    with db.read():
        assert pair.read().need.children[0].name not in letter
    link = re.search(re.escape(life.url) + r"(\S+)", letter)
    assert link is not None, letter
    hand = life.at(pair.helper)
    hand.go(link[1])
    hand.go(f"/pairings/{pair.id}/accept")
    hand.fill(answer="yes")
    hand.press()
    hand.done()
    hand = life.at(pair.director)
    hand.go(f"/pairings/{pair.id}/answer")
    hand.fill(consent="yes", means="paper", paper_holder="石例女", paper_where="村委会")
    hand.fill(how="alone", **{f"view_{life.newest(Child)}": "yes"})
    hand.press()
    hand.go(f"/pairings/{pair.id}/meet")
    hand.fill(met_on=MET.isoformat(), accompanied_by="村儿童主任")
    hand.press()
    hand.go(f"/hours/pairings/{pair.id}/strip")
    hand.press()
    life.codes = hand.page.locator(".jd-codes li").all_inner_texts()
    hand.done()
    assert len(life.codes) == 20
    contact.planned(pair)


def come(life: Life, on: date, code: str = "") -> None:
    """An hour and a half on a Saturday morning, logged in the afternoon."""
    hand = life.at(life.pair.helper)
    hand.go(f"/hours/pairings/{life.pair.id}/new")
    hand.fill(on=on.isoformat(), starts="09:00", ends="10:30", note="一起读书", code=code)
    hand.press()
    hand.sees("已签到核实" if code else "每周")
    hand.done()


def planned_on(life: Life, day: date) -> int:
    """The session that the plan has for a day."""
    with db.read():
        rows = db.session.scalars(select(PlannedSession).where(PlannedSession.state.in_(COMING)))
        return next(one.id for one in rows if clock.local(one.start_at).date() == day)


def missed(life: Life) -> None:
    """The plan has noticed that nobody came, and says so to the office."""
    with db.write():
        county = people.region(people.COUNTY).id
        jobs.ask(NIGHTLY, by=SYSTEM, county_id=county, county=county)
    jobs.work_off()
    hand = life.at(life.pair.officer)
    hand.page.set_viewport_size({"width": 1440, "height": 900})
    hand.go(f"/pairings/{life.pair.id}/plan?month={MISSED:%Y-%m}")
    turns = hand.page.locator("td .s--missed")
    assert turns.count() == 1
    assert "没有记录" in turns.inner_text()
    hand.done()


def stand_in(life: Life, it_is: ItIs) -> int:
    """The volunteer cannot come; the office asks another, who comes, and logs it without a name."""
    other, number = cleared_volunteer(name="贾代班")
    session = planned_on(life, STOOD_IN)
    hand = life.at(life.pair.helper)
    hand.go(f"/plan/{session}/cancel")
    hand.fill(reason="helper_cannot")
    hand.press()
    hand.done()
    hand = life.at(life.pair.officer)
    hand.go(f"/plan/{session}/substitute")
    hand.fill(helper=number)
    hand.press()
    hand.done()
    hand = life.at(other)
    hand.go(f"/stand-in/{session}")
    hand.press()
    hand.sees("谢谢")
    hand.done()
    it_is(STOOD_IN, 14)
    hand = life.at(other)
    hand.go("/hours")
    hand.page.locator("main a", has_text="记一次服务").first.click()
    hand.page.wait_for_url("**/stand-in/*/hours")
    hand.fill(code=life.codes.pop(0), note="一起下棋")
    hand.press()
    hand.sees("已签到核实")
    with db.read():
        name = life.pair.read().need.children[0].name
    it_is(STOOD_IN + timedelta(days=1), 9)
    hand = life.at(other)
    hand.go("/hours")
    assert name not in hand.page.content()
    hand.done()
    return number


def call_off(life: Life) -> None:
    """One session does not take place: one tap, and the family is to be told."""
    contact.planned(life.pair)
    session = planned_on(life, CALLED_OFF)
    hand = life.at(life.pair.helper)
    hand.go(f"/plan/{session}/cancel")
    hand.fill(reason="helper_cannot")
    hand.press()
    hand.done()
    hand = life.at(life.pair.director)
    hand.go("/plan/changes")
    hand.press("已告诉家里")
    hand.done()


def voices(life: Life) -> None:
    """A support contact: the child's by a face, asked alone; the carer's; the volunteer's."""
    hand = life.at(life.pair.director)
    hand.go(f"/pairings/{life.pair.id}/follow-up/new")
    hand.fill(child="glad", alone="y", carer="well", helper="well", through="visit")
    hand.fill(on_day=clock.today().isoformat())
    hand.press()
    hand.sees("已记下")
    hand.done()


def dispute(life: Life, it_is: ItIs) -> None:
    """The director doubts a session without a code, the volunteer objects, the township answers."""
    it_is(DOUBTED, 14)
    come(life, DOUBTED)
    session = life.newest(ServiceSession)
    it_is(DOUBTED + timedelta(days=2))
    hand = life.at(life.pair.director)
    hand.go(f"/hours/sessions/{session}/dispute")
    hand.fill(reason="cannot_tell")
    hand.press()
    hand.done()
    hand = life.at(life.pair.helper)
    hand.go(f"/hours/sessions/{session}/object")
    hand.fill(words="那天照护人忘了给码，邻居也看见了")
    hand.press()
    hand.done()
    hand = life.at(life.township)
    hand.go(f"/hours/objections/{life.newest(Objection)}")
    hand.fill(outcome="counts", words="已向邻居核实")
    hand.press()
    hand.done()
    with db.read():
        assert queries.get(session).state is EntryState.counted


def end(life: Life) -> None:
    """A good ending: why and who wished it, a last word of all three, the goodbye; what the
    volunteer could see closes, and the wish returns."""
    pair, hand = life.pair, life.at(life.pair.director)
    hand.go(f"/pairings/{pair.id}/close")
    hand.fill(reason="helper_moved", wanted_by="helper", goodbye_on=ENDED.isoformat())
    hand.press()
    hand.go(f"/pairings/{pair.id}/follow-up/new")
    hand.fill(child="glad", alone="y", carer="well", helper="well", through="visit")
    hand.fill(on_day=ENDED.isoformat())
    hand.press()
    hand.go(f"/pairings/{pair.id}/end")
    hand.fill(said_goodbye_on=ENDED.isoformat(), after="reopen")
    hand.press()
    hand.done()
    with db.read():
        need = pair.read().need
        name = need.children[0].name
        assert need.state is NeedState.open
    hand = life.at(pair.helper)
    hand.go(f"/pairings/{pair.id}")
    assert name not in hand.page.content()
    hand.done()


def certify(life: Life, folder: Path) -> None:
    """The record is signed; its signature is checked without the portal; a changed one fails."""
    hand = life.at(life.pair.helper)
    hand.go(f"/helpers/{life.pair.helper_id}/records")
    hand.fill(starts=MET.isoformat(), ends=ENDED.isoformat())
    hand.press()
    hand.sees("平台服务记录")
    with hand.page.expect_download() as waiting:
        hand.page.locator('main a[href$="record.json"]').click()
    record, keys = folder / "record.json", folder / "keys.json"
    waiting.value.save_as(record)
    keys.write_text(hand.page.request.get(f"{life.url}/check/keys").text())
    hand.done()
    said = json.loads(json.loads(record.read_text())["document"])
    assert checked(record, keys) == 0
    assert said["minutes"]["checked_in"] == len(BY_CODE) * 90
    forged = folder / "forged.json"
    forged.write_text(record.read_text().replace("2026-03", "2025-03"))
    assert checked(forged, keys) == 1


def checked(record: Path, keys: Path) -> int:
    """What the small programme beside the portal says."""
    command = [sys.executable, "-I", str(ROOT / "deploy" / "check_record.py"), record, keys]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode


def test_from_the_card_to_the_record(
    browser: Browser, served: Served, mail: PostOffice, it_is: ItIs, tmp_path: Path
) -> None:
    it_is(MET)
    pair = build.proposed(helper_of=cleared_volunteer(name="贾志愿"))
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    life = Life(browser, served.url, mail, pair, township)
    letters_by_mail(life)
    approve_and_answer(life)
    for on in BY_CODE[:3]:
        it_is(on, 14)
        come(life, on, life.codes.pop(0))
    voices(life)
    other = stand_in(life, it_is)
    it_is(BY_CODE[3], 14)
    come(life, BY_CODE[3], life.codes.pop(0))
    dispute(life, it_is)
    call_off(life)
    for on in BY_CODE[4:]:
        it_is(on, 14)
        come(life, on, life.codes.pop(0))
    it_is(ENDED, 14)
    missed(life)
    with db.read():
        mine = queries.sums(pair.helper_id)[Book.voluntary]
        theirs = queries.sums(other)[Book.voluntary]
        assert mine[Evidence.checked_in].minutes == len(BY_CODE) * 90
        assert mine[Evidence.declared].minutes + mine[Evidence.listed].minutes == 90
        assert theirs[Evidence.checked_in].sessions == 1
        assert len(queries.of_pairing(pair.id)) == 10
    end(life)
    certify(life, tmp_path)
