"""Nobody reads: the next on the roster is called. Nobody acts: duty, then head, then leader, who
hears of number and clock alone.

Seen to fail: a call that is made again each minute (called), who reported is called for their own
(hidden_from), a leader's letter that leads to the report (_about), a call that names another
clock than the one that ran out (clocks_of), a flood that calls (under_way).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, jobs
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.protection import actions
from jiedui.protection.actions import duty
from jiedui.protection.actions.duty import TurnSaid
from jiedui.protection.models import DutyCall
from jiedui.protection.rules.case import Stage
from jiedui.protection.rules.clocks import Clock
from jiedui.protection.rules.duty import DutyRefusal
from jiedui.regions import actions as regions
from jiedui.regions.rules import DEFAULTS, Setting
from tests import people
from tests.builders import worries
from tests.client import Browser
from tests.people import Person

Devices = Callable[[], Browser]
# The next one: who holds a role holds it from today.
MONDAY = clock.at(clock.today() + timedelta(days=7 - clock.today().weekday()), 9)
EVERY = frozenset(range(7))


@contextmanager
def after(**time: float) -> Iterator[None]:
    """So much later than Monday at nine, and the worker has swept."""
    with clock.moved_to(MONDAY + timedelta(**time)):
        jobs.sweep()
        yield


def told(kind: LetterKind) -> list[tuple[int, str]]:
    """Who was written to of what."""
    with db.read():
        rows = select(Letter.to_account_id, Letter.about_kind).where(Letter.kind == kind)
        return [(who, about) for who, about in db.session.execute(rows.order_by(Letter.id))]


def rostered(person: Person, by: Person, rank: int, days: frozenset[int] = EVERY) -> None:
    """On duty from eight to six."""
    with db.write():
        said = TurnSaid(person.account_id, days, time(8), time(18), "13900000001", rank)
        duty.set_turn(said, by=by.actor())


def test_unread_it_goes_to_one_after_another_once_each(either_app: Flask) -> None:
    civil = worries.civil()
    first, second, away = worries.officer(), worries.officer(), worries.officer()
    rostered(second, civil, 2)
    rostered(first, civil, 1)
    rostered(away, civil, 1, days=frozenset({5, 6}))
    with clock.moved_to(MONDAY):
        number = worries.report()
    kind = LetterKind.report_unread
    with after(minutes=29):
        assert told(kind) == []
    with after(minutes=31):
        assert [who for who, _ in told(kind)] == [first.account_id]
    with after(minutes=45):
        assert len(told(kind)) == 1
    with after(minutes=61):
        assert [who for who, _ in told(kind)] == [first.account_id, second.account_id]
    with after(minutes=100):
        assert [who for who, _ in told(kind)][-1] == away.account_id
    with after(minutes=101), db.write():
        actions.take_up(number, by=second.actor())
    with after(minutes=119):
        assert len(told(kind)) == 3, "read: nobody else is called"


def test_a_clock_goes_from_duty_to_the_head_and_to_the_leader_with_a_number_alone(
    device: Devices,
) -> None:
    officer, civil = worries.officer(), worries.civil()
    head = people.appoint(Role.coordinator, office=Office.civil_affairs, head=True)
    leader = people.appoint(Role.leader)
    town = people.appoint(Role.leader, people.TOWNSHIP)
    with clock.moved_to(MONDAY):
        case = worries.case(officer)
    kind = LetterKind.clock_ran_out
    with after(minutes=29):
        assert told(kind) == []
    with after(minutes=31):
        assert told(kind) == [(officer.account_id, "protection_case")]
    with after(hours=2, minutes=31):
        assert told(kind)[1:] == [(head.account_id, "protection_case")]
    with after(hours=8, minutes=31):
        assert told(kind)[2:] == [(leader.account_id, "report_clock")]
    with after(hours=8, minutes=40):
        assert len(told(kind)) == 3
        theirs = device()
        theirs.sign_in(leader.phone)
        page = theirs.get("/reports/run-out").get_data(as_text=True)
        assert "向公安机关报告" in page
        assert worries.WHAT not in page
        assert theirs.get(f"/cases/{case}").status_code == 404
        lower = device()
        lower.sign_in(town.phone)
        assert "没有超时" in lower.get("/reports/run-out").get_data(as_text=True)
    assert civil.account_id not in {who for who, _ in told(kind)}


def test_the_step_stops_the_clock_and_the_next_begins(app: Flask) -> None:
    officer = worries.officer()
    with clock.moved_to(MONDAY):
        case = worries.case(officer)
    with clock.moved_to(MONDAY + timedelta(minutes=20)):
        worries.step(case, Stage.police_told, by=officer)
    with after(hours=23):
        assert told(LetterKind.clock_ran_out) == []
    with after(hours=24, minutes=1):
        assert len(told(LetterKind.clock_ran_out)) == 1
    with db.read():
        assert list(db.session.scalars(select(DutyCall.clock))) == [Clock.safety]
    with clock.moved_to(MONDAY + timedelta(hours=25)):
        worries.step(case, Stage.placed, by=officer)
    with after(hours=71):
        assert len(told(LetterKind.clock_ran_out)) == 1


def test_a_county_sets_its_own_times(app: Flask) -> None:
    officer = worries.officer()
    with db.write():
        known = DEFAULTS[Setting.report_clocks] | {"unread minutes": 5}
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.report_clocks, known, by=officer.actor())
    with clock.moved_to(MONDAY):
        worries.report()
    with after(minutes=6):
        assert len(told(LetterKind.report_unread)) == 1


def test_who_reported_is_not_called_for_their_own(app: Flask) -> None:
    officer, other = worries.officer(), worries.officer()
    with clock.moved_to(MONDAY):
        worries.report(by=officer)
    with after(hours=5):
        called = {who for who, _ in told(LetterKind.report_unread)}
        assert called == {other.account_id}


def test_a_flood_stands_in_the_list_and_calls_nobody(app: Flask) -> None:
    worries.officer()
    with clock.moved_to(MONDAY):
        for number in range(8):
            worries.report(f"重复{number}")
    with after(minutes=31):
        assert len(told(LetterKind.report_unread)) == 5


def test_the_roster_on_its_page(device: Devices) -> None:
    civil, officer = worries.civil(), worries.officer()
    mine = device()
    mine.sign_in(civil.phone)
    form = {"days": ["0", "1"], "start": "08:00", "until": "18:00", "phone": "13900000001"}
    assert mine.send("/duty/new", **{**form, "days": []}).status_code == 422
    mine.send("/duty/new", account=str(officer.account_id), rank="1", **form)
    assert "丘值班" in mine.words
    assert "13900000001" in mine.words
    mine.press("/duty", "/duty/1/end")
    assert "13900000001" not in mine.words
    theirs = device()
    theirs.sign_in(officer.phone)
    assert theirs.get("/duty").status_code == 200
    assert theirs.get("/duty/new").status_code == 404


def test_only_who_reads_reports_is_on_the_roster(app: Flask) -> None:
    civil = worries.civil()
    director = people.appoint(Role.child_director, people.VILLAGE)
    with pytest.raises(Refusal) as refused:
        rostered(director, civil, 1)
    assert refused.value.code is DutyRefusal.no_reader
