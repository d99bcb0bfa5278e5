"""Who reads a report, what is noted, and who must not see it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import audit, db
from jiedui.core.acts import Act
from jiedui.protection import actions
from jiedui.protection.models import Feedback, Report
from jiedui.protection.rules import ReportOutcome, ReportState
from tests import people
from tests.builders import children as kids
from tests.client import Browser

Devices = Callable[[], Browser]


def reported(device: Devices, what: str = "孩子一个人在家", as_phone: str = "") -> int:
    """A report sent from a device of its own; its id."""
    stranger = device()
    if as_phone:
        stranger.sign_in(as_phone)
    stranger.send("/report", what=what)
    with db.read():
        number = db.session.scalar(select(Report.id).order_by(Report.id.desc()))
    assert number is not None
    return number


def acts(*wanted: Act) -> list[tuple[str, int | None]]:
    """Which of these acts are on record, and whose they are."""
    entry = audit.AuditEntry
    with db.read():
        rows = db.session.execute(select(entry.act, entry.account_id).order_by(entry.id)).all()
    return [(act, who) for act, who in rows if act in {w.value for w in wanted}]


def test_the_duty_officer_reads_and_says_what_came_of_it(either_app: Flask) -> None:
    officer = people.appoint(Role.duty_officer, name="丘值班")
    report_id = reported(lambda: Browser(either_app), "孩子一个人在家三天了")
    mine = Browser(either_app)
    mine.sign_in(officer.phone)
    assert "1 份报告还没人看" in mine.get("/reports").get_data(as_text=True)
    assert "三天" not in mine.words, "the words of a report stand only where reading is noted"
    assert "三天" in mine.get(f"/reports/{report_id}").get_data(as_text=True)
    mine.send(f"/reports/{report_id}", outcome="visited", answer="村干部已上门")
    assert "处理结果已记下" in mine.words
    with db.read():
        report = db.session.get_one(Report, report_id)
        assert report.state is ReportState.handled
        assert report.outcome is ReportOutcome.visited
        assert {report.read_by, report.handled_by} == {officer.account_id}
    told = acts(Act.report_read, Act.report_handled)
    assert told[0] == (Act.report_read.value, officer.account_id)
    assert told[-1] == (Act.report_handled.value, officer.account_id)


def test_an_outcome_must_be_chosen_and_what_was_typed_stays(device: Devices) -> None:
    officer = people.appoint(Role.duty_officer)
    report_id = reported(device)
    mine = device()
    mine.sign_in(officer.phone)
    page = mine.send(f"/reports/{report_id}", answer="电话没人接")
    assert page.status_code == 422
    assert "电话没人接" in page.get_data(as_text=True)
    assert "请选一个" in mine.words
    with db.read():
        assert db.session.get_one(Report, report_id).state is ReportState.read


def test_nobody_deals_with_their_own_report(device: Devices) -> None:
    officer = people.appoint(Role.duty_officer)
    other = people.appoint(Role.coordinator, office=Office.civil_affairs)
    report_id = reported(device, as_phone=officer.phone)
    mine, theirs = device(), device()
    mine.sign_in(officer.phone)
    theirs.sign_in(other.phone)
    assert mine.get(f"/reports/{report_id}").status_code == 404
    assert f"/reports/{report_id}" not in mine.get("/reports").get_data(as_text=True)
    assert theirs.get(f"/reports/{report_id}").status_code == 200


@pytest.mark.parametrize(
    ("role", "place", "office"),
    [
        (Role.township_supervisor, people.TOWNSHIP, None),
        (Role.child_director, people.VILLAGE, None),
        (Role.coordinator, people.COUNTY, Office.womens_federation),
        (Role.coordinator, people.TOWNSHIP, Office.civil_affairs),
        (Role.account_admin, people.COUNTY, None),
        (Role.leader, people.COUNTY, None),
        (Role.duty_officer, people.OTHER_COUNTY, None),
    ],
)
def test_others_do_not_find_it(
    device: Devices, role: Role, place: str, office: Office | None
) -> None:
    """A township cannot see reports about its own staff, nor one county another's."""
    person = people.appoint(role, place, office=office)
    report_id = reported(device)
    theirs = device()
    theirs.sign_in(person.phone)
    assert theirs.get(f"/reports/{report_id}").status_code == 404
    assert f"/reports/{report_id}" not in theirs.get("/reports").get_data(as_text=True)


def test_two_at_once_are_told_that_it_was_dealt_with(device: Devices) -> None:
    officers = [people.appoint(Role.duty_officer) for _ in range(2)]
    report_id = reported(device)
    first, second = device(), device()
    for browser, officer in zip((first, second), officers, strict=True):
        browser.sign_in(officer.phone)
        browser.get(f"/reports/{report_id}")
    first.send(f"/reports/{report_id}", fresh=False, outcome="visited")
    late = second.send(f"/reports/{report_id}", fresh=False, outcome="no danger found")
    assert late.status_code == 409
    with db.read():
        assert db.session.get_one(Report, report_id).outcome is ReportOutcome.visited


def test_an_opinion_is_kept_and_read(device: Devices) -> None:
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    stranger = device()
    assert stranger.send("/feedback", text="").status_code == 422
    stranger.send("/feedback", text="字太小了", contact="13800000000")
    assert "谢谢您" in stranger.words
    reader = device()
    reader.sign_in(civil.phone)
    assert "字太小了" in reader.get("/feedback/all").get_data(as_text=True)
    with db.read():
        said = db.session.scalars(select(Feedback.id)).one()
    reader.press("/feedback/all", f"/feedback/{said}/read")
    with db.read():
        assert db.session.get_one(Feedback, said).read_by == civil.account_id


def test_an_opinion_is_answered_to_who_has_its_code(device: Devices) -> None:
    """Made to catch: an answer that anybody's code opens, codes that can be tried without end, a
    second answer over the first."""
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    stranger = device()
    stranger.send("/feedback", text="字太小了")
    code = re.search(r"\d{3} \d{3} \d{4}", stranger.words)
    assert code is not None
    stranger.send("/feedback/answer", code=code[0])
    assert "尚未答复" in stranger.words
    reader = device()
    reader.sign_in(civil.phone)
    with db.read():
        said = db.session.scalars(select(Feedback.id)).one()
    reader.send(f"/feedback/{said}/answer", answer="已放大，请打13800138000")
    assert "这里好像写了手机号码" in reader.words
    reader.send(f"/feedback/{said}/answer", answer="已放大，谢谢")
    assert reader.send(f"/feedback/{said}/answer", fresh=False, answer="又一次").status_code == 422
    stranger.send("/feedback/answer", code=code[0])
    assert "已放大，谢谢" in stranger.words
    wrong = device()
    for _ in range(5):
        wrong.send("/feedback/answer", code="1234567890")
        assert "没有查到这个查询码" in wrong.words
    wrong.send("/feedback/answer", code="1234567890")
    assert "字太小" not in wrong.words
    assert "一小时" in wrong.words


def test_who_has_an_account_reads_the_answer_where_they_said_it(device: Devices) -> None:
    civil, director = people.appoint(Role.coordinator, office=Office.civil_affairs), kids.director()
    mine, other = device(), device()
    mine.sign_in(director.phone)
    mine.send("/feedback", text="希望能语音输入")
    assert "查询码" not in mine.words
    with db.write():
        said = db.session.scalars(select(Feedback)).one()
        actions.answer_opinion(said, "正在做", by=civil.actor())
    mine.get("/feedback")
    assert "正在做" in mine.words
    other.sign_in(kids.director().phone)
    other.get("/feedback")
    assert "正在做" not in other.words
