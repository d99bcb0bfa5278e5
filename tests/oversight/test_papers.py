"""The impact assessment and letters about a leak: made from facts and from a form, nothing stored.

Seen to fail: a mobile number with blanks that went into the letters (names_somebody), words of the
leak on record (make_breach_letters), a version that stayed when a fact changed (version).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import func, select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.oversight.exchange import impact
from jiedui.oversight.queries import holding
from jiedui.oversight.rules.breach import (
    Breach,
    BreachRefusal,
    LeakKind,
    breach_fault,
    names_somebody,
)
from jiedui.oversight.rules.impact import Kind
from tests import people
from tests.builders import children as kids
from tests.client import Browser
from tests.house.table import token_of

Device = Callable[[], Browser]
TODAY = date(2026, 11, 27)
SAID: dict[str, Any] = {
    "kinds": ["identity", "contact"], "cause": "一台办公电脑在维修时被拷贝",
    "harm": "可能接到诈骗电话", "remedies": "已报警并更换全部密码",
    "advice": "不要接听陌生来电，不要转账", "contact": "县民政局 0551-62345678",
}  # fmt: skip


def said(**over: Any) -> dict[str, Any]:
    """A leak as somebody fills it in."""
    day = clock.today()
    return SAID | {"happened": f"{day - timedelta(days=2)}", "noticed": f"{day}"} | over


def bureau(device: Device) -> Browser:
    """The desk of civil affairs."""
    browser = device()
    browser.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    return browser


def leak(**over: Any) -> Breach:
    """A leak as the rule sees it."""
    facts: dict[str, Any] = {
        "kinds": (LeakKind.identity,), "happened": TODAY, "noticed": TODAY, "people": None,
        "cause": "丢失", "harm": "骚扰", "remedies": "报警",
        "advice": "当心", "contact": "县民政局",
    }  # fmt: skip
    return Breach(**(facts | over))


def test_letters_are_made_and_nothing_of_them_is_kept(app: Flask, device: Device) -> None:
    desk = bureau(device)
    desk.get("/breach")
    sent = said(people="12") | {"csrf_token": token_of(desk)}
    answer = desk.http.post("/breach", data=sent)
    assert answer.status_code == 200
    paper = Document(BytesIO(answer.get_data()))
    text = "\n".join(p.text for p in paper.paragraphs)
    for words in ("致监护人", "这不是你的错", "个人信息泄露情况报告", "12355", *SAID.values()):
        if isinstance(words, str):
            assert words in text
    rows = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows}
    assert rows["可能受影响的人数"] == "12"
    assert rows["信息种类"] == "姓名、身份证号、出生日期；电话号码、住址"
    with db.read():
        made = AuditEntry.act == Act.breach_letters_made
        details = list(db.session.scalars(select(AuditEntry.details).where(made)))
    assert [json.loads(one) for one in details] == [{"kinds": ["identity", "contact"]}]
    # A word put right, the same page sent again: the file comes again.
    again = desk.http.post("/breach", data=sent | {"cause": "一台电脑被盗"})
    assert "wordprocessingml" in again.content_type
    assert "一台电脑被盗" in "".join(p.text for p in Document(BytesIO(again.data)).paragraphs)


def test_a_refused_form_keeps_what_was_typed(app: Flask, device: Device) -> None:
    desk = bureau(device)
    answer = desk.send("/breach", **said(cause="向139 0000 1234的号码发送了名单"))
    assert answer.status_code == 422
    assert "告知书不得写明任何人的身份" in desk.words
    assert "向139 0000 1234的号码发送了名单" in desk.text
    assert "不要接听陌生来电" in desk.text
    tomorrow = f"{clock.today() + timedelta(days=1)}"
    assert desk.send("/breach", **said(noticed=tomorrow)).status_code == 422
    assert "这一天还没有到" in desk.words
    assert desk.send("/breach", **said(kinds=[])).status_code == 422
    with db.read():
        made = AuditEntry.act == Act.breach_letters_made
        assert db.session.scalar(select(func.count()).where(made)) == 0


@pytest.mark.parametrize(
    ("over", "fault"),
    [
        ({}, None),
        ({"happened": TODAY + timedelta(days=1)}, (BreachRefusal.in_future, "happened")),
        ({"noticed": TODAY - timedelta(days=1)}, (BreachRefusal.noticed_before, "noticed")),
        ({"advice": "请打13800138000"}, (BreachRefusal.names_somebody, "advice")),
        ({"contact": "13800138000"}, None),
    ],
)
def test_what_the_letters_refuse(over: dict[str, Any], fault: Any) -> None:
    assert breach_fault(leak(**over), TODAY) == fault


def test_whose_number_it_is() -> None:
    """An identity number or a mobile number, however it is written; no landline, no year."""
    for text in ("号码99000120150101123X。", "3 13800138000", "138-0013-8000", "138 0013 8000"):
        assert names_somebody(text), text
    for text in ("0551-62345678", "2026年11月27日共120人", "文号〔2025〕17号", "12355"):
        assert not names_somebody(text), text


def test_the_assessment_says_how_much_there_is(app: Flask, device: Device) -> None:
    kids.household_child()
    desk = bureau(device)
    paper = Document(BytesIO(desk.get("/yearly/impact").get_data()))
    cells = [[c.text for c in row.cells] for t in paper.tables for row in t.rows]
    assert ["在册儿童（身份、学校、健康、家庭情况）", "1"] in cells
    assert ["监护人及家庭其他成年人", "2"] in cells
    row = next(row for row in cells if row[0] == "已结案儿童档案中的身份信息")
    assert (row[1], row[3]) == ("36 个月", "个人信息保护法第十九条")
    assert ["剩余风险有哪些，由谁负责？", "", ""] in cells
    english = bureau(device).english()
    paper = Document(BytesIO(english.get("/yearly/impact").get_data()))
    assert paper.paragraphs[0].text == "Impact assessment: protection of personal information"


def test_its_version_is_that_of_the_facts(app: Flask) -> None:
    """The same facts, the same version; one child more, another."""
    before = _version()
    assert before == _version()
    kids.household_child()
    assert _version() != before


def _version() -> str:
    with db.read():
        return impact.version(holding.held_of(people.region(people.COUNTY)))


def test_every_kind_is_counted(app: Flask) -> None:
    with db.read():
        held = holding.held_of(people.region(people.COUNTY))
    assert set(held.amounts) == set(Kind)
