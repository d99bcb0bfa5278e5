"""A charity's clock: what it must publish of a fund, when, and where it was published.

Seen to fail: a final report that is due on the day of the end (`AFTER` 0); a charity's manager who
sees the funds of another charity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.months import months_after
from jiedui.desk.queries.gifts import reports as on_the_desk
from jiedui.donations.actions import reports as actions
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import reports as queries
from jiedui.donations.rules.reports import Due, Project, ReportFault, ReportKind, dues
from tests import people
from tests.builders import gifts as build
from tests.client import Browser

BEGAN = date(2026, 1, 31)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
spans = st.none() | st.integers(1, 1500)


def test_a_year_long_fund_is_told_of_each_three_months_and_at_its_end() -> None:
    project = Project(BEGAN, date(2026, 12, 31), date(2026, 12, 31))
    assert [(one.kind.value, one.on) for one in dues(project, date(2027, 1, 5))] == [
        ("progress", date(2026, 4, 30)), ("progress", date(2026, 7, 31)),
        ("progress", date(2026, 10, 31)), ("final", date(2027, 3, 31)),
    ]  # fmt: skip


def test_a_short_fund_is_told_of_once() -> None:
    project = Project(BEGAN, date(2026, 7, 31), date(2026, 7, 31))
    assert list(dues(project, date(2027, 1, 1))) == [
        Due(date(2026, 10, 31), date(2026, 7, 31), ReportKind.final)
    ]
    assert list(dues(Project(BEGAN, date(2026, 7, 31), None), date(2026, 6, 1))) == []


@given(days, spans, spans, st.integers(0, 900))
def test_between_two_reports_are_three_months_at_most(
    began: date, term: int | None, over: int | None, today: int
) -> None:
    """Whenever it begins; what was due once stays due; only what has ended has a final one."""
    ended = None if over is None else began + timedelta(days=over)
    project = Project(began, None if term is None else began + timedelta(days=term), ended)
    now = began + timedelta(days=today)
    found = list(dues(project, now))
    progress = [one.until for one in found if one.kind is ReportKind.progress]
    for before, after in zip([began, *progress], progress, strict=False):
        assert before < after <= months_after(before, 3) + timedelta(days=3)
    final = [one.until for one in found if one.kind is ReportKind.final]
    assert final == ([ended] if ended else [])
    later = list(dues(project, now + timedelta(days=100)))
    assert set(found) <= set(later)


def test_a_fund_is_on_the_desk_until_it_is_published(app: Flask) -> None:
    """Of the office, and of the charity that received it; not of another charity."""
    office, charity = build.officer(), build.charity()
    mine = people.appoint(Role.unit_manager, unit_id=charity)
    other = people.appoint(Role.unit_manager, unit_id=build.charity("别的慈善会"))
    number = build.gift(office, build.funds(), receiver=charity)
    build.gift(office, build.goods(), receiver=charity)
    today = clock.today()
    for who in (office, mine):
        with db.read():
            assert list(on_the_desk(who.actor())) == []
    with time_machine.travel(months_after(today, 3) + timedelta(days=1)), db.read():
        for who, lines in ((office, 1), (mine, 1), (other, 0)):
            assert len(list(on_the_desk(who.actor()))) == lines
        (late,) = queries.waiting(mine.actor())
        assert late.late
        assert late.due.until == months_after(today, 3)
    said = actions.Published(ReportKind.progress, late.due.until, late.due.until, "慈善中国 53")
    with time_machine.travel(months_after(today, 3) + timedelta(days=1)):
        for wrong, over in (
            (ReportFault.in_future, {"on": late.due.until + timedelta(days=9)}),
            (ReportFault.before_period, {"on": late.due.until - timedelta(days=1)}),
            (ReportFault.not_told, {"place": " "}),
            (ReportFault.not_due, {"kind": ReportKind.final}),
        ):
            with db.write(), pytest.raises(Refusal) as no:
                actions.write_down(find.get(number), replaced(said, **over), by=mine.actor())
            assert no.value.code is wrong
        with db.write():
            actions.write_down(find.get(number), said, by=mine.actor())
        with db.read():
            assert queries.waiting(office.actor()) == []
            assert queries.owed(office.actor())[-1].report is not None
        with db.write(), pytest.raises(Refusal) as no:
            actions.write_down(find.get(number), said, by=office.actor())
        assert no.value.code is ReportFault.not_due


def replaced(said: actions.Published, **over: object) -> actions.Published:
    """The same with something else."""
    return actions.Published(**(vars(said) | over))  # type: ignore[arg-type]


def test_whoever_gave_sees_where_it_was_published(
    app: Flask, device: Callable[[], Browser]
) -> None:
    """The office writes it down on the page; it stands under the number of the gift."""
    with time_machine.travel(months_after(clock.today(), -4), tick=True):
        office = build.officer()
        number = build.gift(office, build.funds())
    mine, giver = device(), device()
    mine.sign_in(office.phone)
    assert "慈善组织信息公开到期" in mine.get("/desk").text
    assert "逾期" in mine.get("/gifts/reports").text
    with db.read():
        gift, (row,) = find.get(number), queries.waiting(office.actor())
        public, due = gift.number, f"{row.due.kind} {row.due.until}"
    mine.send(f"/gifts/{number}/report", due=due, on="2020-01-01", place="慈善中国 53100")
    assert "这一天公示所述期间还没有结束" in mine.words
    assert "慈善中国 53100" in mine.text
    today = clock.today().isoformat()
    mine.send(f"/gifts/{number}/report", due=due, on=today, place="慈善中国 53100")
    assert "已公示" in mine.words
    assert "慈善中国 53100" in giver.get(f"/given/{public}").text
