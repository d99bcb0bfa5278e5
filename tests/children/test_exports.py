"""Identified data leaves as a file only with a second person's yes, once, within a day.

Made to catch: the asker who approves, a deputy of the asker who approves, a township that approves
the county's, a second download, a file after a day, a cell that begins with =."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.children import actions, queries
from jiedui.children.actions import ExportAsked
from jiedui.children.models import ChildExport
from jiedui.children.rules import Category, ExportState, RevealReason
from jiedui.core import clock, db, jobs, sheets
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal
from jiedui.core.sheets import LARGE
from tests import people
from tests.builders import children, national
from tests.client import Browser
from tests.people import Person


def asked(by: Person, code: str = people.TOWNSHIP, category: Category | None = None) -> int:
    """A request for a region's children."""
    with db.write():
        said = ExportAsked(people.region(code), RevealReason.school, "秋季入学核对", category)
        one = actions.ask_export(said, by=by.actor())
        db.session.flush()
        return one.id


def approve(number: int, by: Person) -> None:
    """The second person's yes, and the worker's file."""
    with db.write():
        actions.approve_export(queries.export(number), by=by.actor())
    jobs.work_off()


def fetch(number: int, by: Person) -> bytes:
    """Download the file."""
    with db.write():
        return actions.fetch_export(queries.export(number), by=by.actor())


def acts() -> list[str]:
    """The acts on record about exports."""
    with db.read():
        found = select(AuditEntry.act).where(AuditEntry.object_kind == "child_export")
        return list(db.session.scalars(found.order_by(AuditEntry.seq)))


def test_a_file_is_asked_for_agreed_to_and_fetched_once(either_app: Flask) -> None:
    asker, other = national.township(), national.officer()
    child = children.household_child(name="=cmd|' /C calc'!A0")
    number = asked(asker)
    with pytest.raises(Refusal, match="gone"):
        fetch(number, asker)
    approve(number, other)
    with pytest.raises(Refusal, match="not yours"):
        fetch(number, other)
    table = sheets.read(data := fetch(number, asker), LARGE)
    with pytest.raises(Refusal, match="gone"):
        fetch(number, asker)
    assert "秋季入学核对" in table[2][0]
    assert "测试员" in table[1][0]
    assert table[4][0] == f"C-{child:04d}"
    assert table[4][1] == "'=cmd|' /C calc'!A0"
    with ZipFile(io.BytesIO(data)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>" in page
    assert "秋季入学核对" in page
    assert "<f>" not in page
    assert acts() == ["export.asked", "export.approved", "export.fetched"]
    with db.read():
        one = queries.export(number)
        assert (one.state, one.file) == (ExportState.fetched, None)


def test_who_asked_does_not_agree_nor_a_lower_or_another_office(app: Flask) -> None:
    county, town = national.officer(), national.township()
    children.household_child()
    number = asked(county, people.COUNTY)
    others = {
        "own request": county,
        "lower office": town,
    }
    for why, who in others.items():
        with pytest.raises(Refusal, match=why):
            approve(number, who)
    women = people.appoint(Role.coordinator, people.COUNTY, office=Office.womens_federation)
    with pytest.raises(Refusal, match="lower office"):
        approve(number, women)
    approve(number, national.officer())
    mine = asked(town)
    with pytest.raises(Refusal, match="lower office"):
        approve(mine, national.township(people.OTHER_TOWNSHIP))
    approve(mine, national.township())


def test_the_database_refuses_an_approval_by_who_asked(app: Flask) -> None:
    by = national.township()
    children.household_child()
    number = asked(by)
    with db.write():
        one = queries.export(number)
        one.approved_by = one.asked_by
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_what_nobody_fetches_is_gone_after_a_day(app: Flask) -> None:
    asker, other = national.township(), national.officer()
    children.household_child()
    number = asked(asker)
    approve(number, other)
    with clock.moved_to(clock.now() + timedelta(hours=25)):
        with pytest.raises(Refusal, match="gone"):
            fetch(number, asker)
        with db.write():
            county = people.region(people.COUNTY).id
            jobs.ask("children.exports", by=asker.actor(), county_id=county, county=county)
        jobs.work_off()
    with db.read():
        one = queries.export(number)
        assert (one.state, one.file) == (ExportState.expired, None)
    assert acts()[-1] == "export.expired"


def test_a_file_holds_the_askers_area_and_situation_only(app: Flask) -> None:
    town, county = national.township(), national.officer()
    children.household_child()
    children.household_child(code=people.FAR_VILLAGE)
    children.household_child(categories=frozenset({Category.minimum_allowance}))
    number = asked(town, category=Category.minimum_allowance)
    approve(number, county)
    assert len(sheets.read(fetch(number, town), LARGE)) == 4 + 1
    with pytest.raises(Refusal, match="nothing there"):
        asked(town, people.OTHER_TOWNSHIP)
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(ChildExport)) == 1


def test_the_pages_lead_from_the_request_to_the_file(device: Callable[[], Browser]) -> None:
    children.household_child(name="示在册")
    town, county = device(), device()
    town.sign_in(national.township().phone)
    county.sign_in(national.officer().phone)
    with db.read():
        region = people.region(people.TOWNSHIP).id
    assert town.send("/children/export", region=str(region)).status_code == 422
    town.send("/children/export", region=str(region), reason="school", purpose="入学核对")
    assert "需要另一人审批" in town.words
    county.get("/desk")
    assert "审批实名名单导出" in county.words
    county.send("/children/export/1")
    jobs.work_off()
    town.get("/desk")
    assert "实名名单可以下载" in town.words
    page = town.press("/children/export/1", "/children/export/1/file")
    assert page.content_type == sheets.XLSX
    town.get("/children/export/1")
    assert "已下载" in town.words
    assert "下载（仅一次）" not in town.words
