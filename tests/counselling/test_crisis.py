"""A crisis flag is a report to those on duty, whatever becomes of the form it was raised in.

Seen to fail: a flag lost with a refused referral (when_undone), a second report from the same form
(told).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from jiedui.access.rules import Role
from jiedui.core import db, spool
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.outbox import Letter, LetterKind
from jiedui.counselling.models import CrisisFlag, Referral
from jiedui.protection import actions as protection
from jiedui.protection.models import Report
from tests import people
from tests.builders import children as kids
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
SAID = "他说不想活了"


@pytest.fixture
def there(app: Flask, device: Device) -> tuple[Browser, Person, int]:
    """A director at their child's file, and somebody on duty."""
    officer, director = people.appoint(Role.duty_officer), kids.director()
    child = kids.household_child(director)
    browser = device()
    browser.sign_in(director.phone)
    return browser, officer, child


def many(table: Any) -> int:
    """How many there are."""
    with db.read():
        return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def urgent_letters(person: Person) -> int:
    """How many letters of a report this person has."""
    mine = Letter.to_account_id == person.account_id, Letter.kind == LetterKind.report_waiting
    with db.read():
        return len(db.session.scalars(select(Letter.id).where(*mine)).all())


def test_one_press_tells_those_on_duty(there: tuple[Browser, Person, int]) -> None:
    """Also with nothing written; the numbers stand there to tap; twice pressed is once."""
    browser, officer, child = there
    browser.send(f"/children/{child}/crisis", words="")
    for number in ("110", "120", "12356"):
        assert f'href="tel:{number}"' in browser.text
    assert "已报告值班人员" in browser.words
    browser.send(f"/children/{child}/crisis", words=SAID)
    assert (many(Report), many(CrisisFlag), urgent_letters(officer)) == (2, 2, 2)
    with db.read():
        newest = db.session.scalars(select(Report).order_by(Report.id.desc())).first()
        assert newest is not None
        assert newest.what == SAID
        assert f"C-{child:04d}" in newest.where
        entry = select(AuditEntry).where(AuditEntry.act == Act.crisis_flagged.value)
        assert {one.account_id for one in db.session.scalars(entry)} == {None}


def test_the_same_form_twice_is_one_report(there: tuple[Browser, Person, int]) -> None:
    """A thumb that trembles."""
    browser, _officer, child = there
    path = f"/children/{child}/crisis"
    browser.get(path)
    form = browser._hidden(path)
    for _press in range(3):
        browser._post(path, {**form, "words": SAID}, True)
    assert (many(Report), many(CrisisFlag)) == (1, 1)


def test_a_referral_that_is_refused_has_told_all_the_same(
    there: tuple[Browser, Person, int],
) -> None:
    """The words are missing: no referral; the report is there, once, also when the form is put
    right, and then no guardian is waited for."""
    browser, officer, child = there
    path = f"/children/{child}/refer"
    browser.send(path, crisis="1", words="")
    assert (many(Report), many(Referral), urgent_letters(officer)) == (1, 0, 1)
    browser.send(path, fresh=False, crisis="1", words=SAID)
    assert (many(Report), many(Referral)) == (1, 1)


def test_a_database_that_does_not_answer_loses_nothing(
    app: Flask, there: tuple[Browser, Person, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at the report door: it is put aside as a sealed file, and the page says so."""
    browser, _officer, child = there

    def broken(*_args: object, **_kw: object) -> None:
        raise RuntimeError("no database")

    browser.get(f"/children/{child}/crisis")
    with monkeypatch.context() as now:
        now.setattr(protection, "receive", broken)
        answer = browser.send(f"/children/{child}/crisis", fresh=False, words=SAID)
    assert answer.status_code == 200
    assert many(Report) == 0
    folder = Path(app.config["SETTINGS"].var) / spool.FOLDER
    assert len(spool.waiting(protection.ASIDE, folder=folder)) == 1
