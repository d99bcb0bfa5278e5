"""The report door: a worry is heard whatever is wrong with how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from jiedui.access.rules import Office, Role
from jiedui.core import audit, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.outbox import Letter
from jiedui.protection.models import Report
from jiedui.protection.rules import FLOOD
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.client import Browser

Devices = Callable[[], Browser]


def reports() -> list[Report]:
    """Everything that was reported, oldest first."""
    with db.read():
        found = list(db.session.scalars(select(Report).order_by(Report.id)))
        db.session.expunge_all()
    return found


def number_and_secret(device: Browser) -> tuple[str, str]:
    """What the page after a report shows, once."""
    found = re.findall(r'<dd class="jd-num">([\d ]+)</dd>', device.text)
    number, secret = (one.replace(" ", "") for one in found)
    assert (len(number), len(secret)) == (8, 6)
    return number, secret


def test_a_stranger_reports_and_gets_a_number(either_app: Flask) -> None:
    people.appoint(Role.duty_officer)
    stranger = Browser(either_app)
    stranger.send("/report", what="孩子身上有伤", where="上村桥头第二家", reporter="")
    (kept,) = reports()
    assert stranger.page is not None
    assert stranger.page.status_code == 200
    assert kept.spoken_number in stranger.words
    assert (kept.what, kept.where, kept.reporter_account_id) == (
        "孩子身上有伤",
        "上村桥头第二家",
        None,
    )


def test_a_place_that_names_a_village_leads_there(device: Devices) -> None:
    """The list offers them, nothing has to be chosen; what leaves it open stays open."""
    page = device().get("/report").get_data(as_text=True)
    with db.read():
        village = people.region(people.VILLAGE)
        number, name, known = village.id, village.full_name, village.name
    assert f'<option value="{name}">' in page
    for where, told in ((f"{name}桥头", number), ("河边", None), ("", None)):
        device().send("/report", what="孩子在哭", where=where)
        assert reports()[-1].region_id == told
    assert known in name


def test_the_hotlines_stand_before_the_first_field(device: Devices) -> None:
    page = device().get("/report").get_data(as_text=True)
    assert 0 < page.index('href="tel:110"') < page.index('name="what"')
    assert page.index('href="tel:12345"') < page.index('name="what"')


@pytest.mark.parametrize("field", ["what", "where", "reporter"])
def test_a_form_with_one_word_anywhere_is_a_report(device: Devices, field: str) -> None:
    device().send("/report", **{field: "救"})
    assert [getattr(r, field) for r in reports()] == ["救"]


def test_an_empty_form_is_no_report_and_says_what_to_do(device: Devices) -> None:
    page = device().send("/report", what="  ", where="", reporter="")
    assert page.status_code == 422
    assert "还什么都没写" in page.get_data(as_text=True)
    assert reports() == []


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_whatever_is_typed_is_kept_as_it_is(app: Flask, said: str) -> None:
    """But for blanks around it; blanks alone are no report."""
    before = len(reports())
    Browser(app).send("/report", what=said)
    assert [r.what for r in reports()[before:]] == ([said.strip()] if said.strip() else [])


def test_a_form_that_proves_nothing_is_kept_and_laid_to_nobody(device: Devices) -> None:
    """An old page, another session, no cookies: the report counts, the account does not."""
    director = people.appoint(Role.child_director, people.VILLAGE)
    mine = device()
    mine.sign_in(director.phone)
    answer = mine.http.post("/report", data={"what": "没有令牌"}, follow_redirects=True)
    assert answer.status_code == 200
    assert [(r.what, r.reporter_account_id) for r in reports()] == [("没有令牌", None)]


def test_a_signed_in_person_is_told_so_and_noted(device: Devices) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE, name="钟实验")
    mine = device()
    mine.sign_in(director.phone)
    assert "钟实验" in mine.get("/report").get_data(as_text=True)
    mine.send("/report", what="邻居家有哭声")
    assert [r.reporter_account_id for r in reports()] == [director.account_id]


def test_pressing_twice_is_one_report_with_one_number(either_app: Flask) -> None:
    stranger = Browser(either_app)
    stranger.get("/report")
    fields = {**stranger._hidden("/report"), "what": "按了两次"}
    given = []
    for _ in range(2):
        stranger.page = stranger.http.post("/report", data=fields)
        given.append(number_and_secret(stranger))
    (kept,) = reports()
    assert given[0] == given[1]
    assert given[0][0] == kept.number


def test_the_page_says_truthfully_that_nobody_reads(device: Devices) -> None:
    assert "本县还没有指定看报告的人" in device().get("/report").get_data(as_text=True)


def test_the_page_says_who_reads_and_when(device: Devices) -> None:
    people.appoint(Role.duty_officer)
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.duty_hours, "8:30–17:30", by=SYSTEM)
        regions.set_for_county(county, Setting.duty_phone, "0797-5621234", by=SYSTEM)
    page = device().get("/report").get_data(as_text=True)
    assert "值班员和民政局" in page
    assert "8:30–17:30" in page
    assert 'href="tel:0797-5621234"' in page
    assert "夜间无人值守，请打 110" in page


def test_those_who_read_get_a_letter_and_nobody_else(app: Flask) -> None:
    officer = people.appoint(Role.duty_officer)
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    people.appoint(Role.coordinator, office=Office.youth_league)
    people.appoint(Role.township_supervisor, people.TOWNSHIP)
    people.appoint(Role.duty_officer, people.OTHER_COUNTY)
    Browser(app).send("/report", what="有事")
    with db.read():
        told = set(db.session.scalars(select(Letter.to_account_id)))
    assert told == {officer.account_id, civil.account_id}


def test_a_flood_is_kept_and_marked_and_sends_no_more_letters(app: Flask) -> None:
    people.appoint(Role.duty_officer)
    stranger = Browser(app)
    for n in range(FLOOD + 3):
        stranger.send("/report", what=f"第 {n} 次")
    assert [r.flood for r in reports()] == [False] * FLOOD + [True] * 3
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == FLOOD


def test_a_county_is_chosen_where_there_is_more_than_one(device: Devices) -> None:
    with db.read():
        south = people.region(people.OTHER_COUNTY).id
    device().send("/report", what="南边的事", county=str(south))
    device().send("/report", what="不知道哪里", county="99999")
    with db.read():
        north = people.region(people.COUNTY).id
    assert [r.county_id for r in reports()] == [south, north]


def test_nothing_of_a_report_lies_open(app: Flask) -> None:
    Browser(app).send("/report", what="绝密的话", where="绝密的地方", reporter="绝密的人")
    with db.read():
        row = db.session.execute(text('SELECT what, "where", reporter FROM report')).one()
        entry = audit.AuditEntry
        lines = db.session.execute(select(entry.act, entry.account_id, entry.details)).all()
    assert not [v for v in row if "绝密".encode() in bytes(v)]
    assert [who for act, who, _ in lines if act == Act.report_received.value] == [None]
    assert "绝密" not in "".join(details for _, _, details in lines)


def test_english_readers_are_heard_too(device: Devices) -> None:
    mine = device().english()
    mine.send("/report", what="A child is alone")
    assert "We have your report" in mine.words
