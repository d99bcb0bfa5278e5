"""The page of times, the receipt of a run, setting a time: counts and numbers, nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import HoldReason
from jiedui.core import clock, db, words
from jiedui.core.actors import SYSTEM
from jiedui.oversight import jobs, queries
from jiedui.oversight.models import RetentionRun
from jiedui.oversight.rules import DataClass, RetentionRefusal
from tests import people
from tests.builders import closed
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
LONG = timedelta(days=3 * 366 + 10)


def on(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def bureau() -> Person:
    """Who sets a county's times."""
    return people.appoint(Role.coordinator, office=Office.civil_affairs)


def night() -> None:
    """The run of this night."""
    with db.read():
        county = people.region(people.COUNTY).id
    jobs.clear(county, by=SYSTEM)


def test_the_page_says_what_is_due_and_names_nobody(app: Flask, device: Device) -> None:
    """Before the first run, after it, and what is held back: files by number."""
    kept = closed.closed_file()
    admin, office = people.appoint(Role.account_admin), bureau()
    with clock.moved_to(clock.now() + LONG):
        page = on(device, admin)
        page.get("/retention")
        assert "尚未开始执行" in page.words
        night()
        page = on(device, admin)
        page.get("/retention")
        assert "在此之前只列出到期内容" in page.words
        assert f"C-{kept.child:04d}" in page.words
        with db.write():
            ledger.set_hold(children.get(kept.child), HoldReason.court, "某案", by=SYSTEM)
        page.get("/retention")
        assert "法院、检察院或公安机关办案需要" in page.words
        assert f"/children/{kept.child}" not in page.text
        assert [secret for secret in (*kept.secrets, "某案") if secret in page.text] == []
        mine = on(device, office)
        mine.get("/retention")
        assert f"/children/{kept.child}/hold" in mine.text


def test_a_receipt_proves_what_was_cleared(app: Flask, device: Device) -> None:
    """Counts by class; a run that found nothing says so."""
    closed.closed_file()
    night()
    with clock.moved_to(clock.now() + LONG + timedelta(days=31)):
        night()
        page = on(device, people.appoint(Role.auditor))
        with db.read():
            first, last = db.session.scalars(select(RetentionRun.id).order_by(RetentionRun.id))
        page.get(f"/retention/runs/{last}")
        assert "已结案儿童档案中的身份信息" in page.words
        page.get(f"/retention/runs/{first}")
        assert "没有到期内容" in page.words
        page.get("/retention")
        assert f"/retention/runs/{last}" in page.text


def test_a_time_is_set_within_its_limits(app: Flask, device: Device) -> None:
    """A refused figure stays in its field with the floor beside it; a good one begins to hold in a
    month; what is fixed has no page; a second one on an old page is refused."""
    night()
    page, other = on(device, bureau()), on(device, bureau())
    path = "/retention/terms/child file"
    assert page.send(path, amount="3").status_code == 422
    assert "不得短于 6" in page.words
    assert 'value="3"' in page.text
    other.get(path)
    page.send(path, amount="24")
    assert "期限已设定" in page.words
    assert "2 年" in page.words
    assert other.send(path, fresh=False, amount="240").status_code in (409, 422)
    with db.read():
        one = queries.term_of(people.region(people.COUNTY).id, DataClass.child_file)
        assert (one.amount, one.clears_from) == (24, clock.today() + timedelta(days=30))
    assert page.get("/retention/terms/sign-in").status_code == 404
    assert page.get("/retention/terms/nothing").status_code == 404


def test_every_refusal_has_its_words(app: Flask) -> None:
    """In the reader's language, with its figures."""
    for one in RetentionRefusal:
        assert words.label(one, floor=1, most=2) != one.value
