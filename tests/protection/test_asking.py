"""Whoever reported asks how far it is, by a number and a secret that can be said by telephone.

Made to catch: a secret found without its number (queries.asked_index), tries that are not counted
(actions.look_for), an outcome told as it is (rules.news).
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.protection.rules import (
    TRIES,
    TRIES_PER_ADDRESS,
    News,
    ReportOutcome,
    ReportState,
    must_wait,
    news,
)
from tests import people
from tests.client import Browser
from tests.protection.test_door import number_and_secret


def reported(app: Flask, what: str = "孩子一个人在家") -> tuple[str, str]:
    """A report of a stranger; number and secret."""
    stranger = Browser(app)
    stranger.send("/report", what=what)
    return number_and_secret(stranger)


def asked(app: Flask, number: str, secret: str, *, language: str = "") -> Browser:
    """Somebody asks, at a device of their own."""
    anybody = Browser(app)
    if language:
        anybody.http.set_cookie("language", language)
    anybody.send("/report/ask", number=number, code=secret)
    return anybody


def other(secret: str) -> str:
    """A secret that is not this one."""
    return f"{(int(secret) + 1) % 10**6:06d}"


def close(app: Flask, **fields: str) -> None:
    """The duty officer reads the one report and closes it."""
    officer = people.appoint(Role.duty_officer)
    reader = Browser(app)
    reader.sign_in(officer.phone)
    reader.get("/reports")
    reader.send("/reports/1", **fields)


def test_number_and_secret_tell_how_far_it_is(either_app: Flask) -> None:
    number, secret = reported(either_app)
    assert "报告已收到，还没有人看" in asked(either_app, number, secret).words
    close(
        either_app, outcome="no danger found", answer="入户看过，奶奶在家", reply="谢谢您的关心。"
    )
    told = asked(either_app, number, secret).words
    assert "已经了解过情况" in told
    assert "谢谢您的关心。" in told
    for secret_of_the_file in ("孩子一个人在家", "入户看过", "没有发现危险"):
        assert secret_of_the_file not in told
    assert "It has been looked into." in asked(either_app, number, secret, language="en").words


@pytest.mark.parametrize("written", ["{} ", "编号 {}", " {}"])
def test_it_may_be_written_as_people_write(app: Flask, written: str) -> None:
    number, secret = reported(app)
    spaced = f"{number[:4]} {number[4:]}"
    wide = secret.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert "报告已收到" in asked(app, written.format(spaced), wide).words


def test_the_secret_is_shown_once_and_lies_nowhere(app: Flask) -> None:
    number, secret = reported(app)
    with db.read():
        rows = [str(row) for row in db.session.execute(text("SELECT * FROM report")).all()]
        used = [str(row) for row in db.session.execute(text("SELECT * FROM used_key")).all()]
    assert not [row for row in rows + used if secret in row.replace(number, "")]
    page = Browser(app).get("/report/ask").get_data(as_text=True)
    assert number not in page


def test_a_wrong_secret_and_a_number_nobody_has_are_told_the_same(app: Flask) -> None:
    number, secret = reported(app)
    wrong, nobody = asked(app, number, other(secret)), asked(app, "00000000", secret)
    for answer in (wrong, nobody):
        assert answer.page is not None
        assert answer.page.status_code == 422
        assert "编号和查询码对不上" in answer.words


def test_wrong_secrets_are_limited_and_the_right_one_waits_an_hour(either_app: Flask) -> None:
    number, secret = reported(either_app)
    for _ in range(TRIES):
        assert "对不上" in asked(either_app, number, other(secret)).words
    assert "请一小时后再试" in asked(either_app, number, other(secret)).words
    assert "请一小时后再试" in asked(either_app, number, secret).words
    with clock.moved_to(clock.now() + timedelta(minutes=61)):
        assert "报告已收到" in asked(either_app, number, secret).words


def test_one_address_cannot_try_number_after_number(app: Flask) -> None:
    number, secret = reported(app)
    for n in range(TRIES_PER_ADDRESS):
        asked(app, f"{n:08d}", "123456")
    assert "请一小时后再试" in asked(app, number, secret).words


def test_asking_right_is_never_limited(app: Flask) -> None:
    number, secret = reported(app)
    for _ in range(TRIES + 2):
        assert "报告已收到" in asked(app, number, secret).words


def test_the_pages_lead_there(app: Flask) -> None:
    stranger = Browser(app)
    assert 'href="/report/ask"' in stranger.get("/report").get_data(as_text=True)
    stranger.send("/report", what="有事")
    assert 'href="/report/ask"' in stranger.text


@given(st.sampled_from(ReportState), st.sampled_from([None, *ReportOutcome]))
def test_no_news_says_what_was_found(state: ReportState, outcome: ReportOutcome | None) -> None:
    told = news(state, outcome)
    assert told in News
    if state is ReportState.handled:
        same = {ReportOutcome.visited, ReportOutcome.no_danger_found}
        assert (told is News.looked_into) == (outcome in same or outcome is None)


@given(st.integers(0, 100), st.integers(0, 100))
def test_tries_are_counted_for_the_number_and_for_the_address(here: int, there: int) -> None:
    assert must_wait(here, there) == (here >= TRIES or there >= TRIES_PER_ADDRESS)
