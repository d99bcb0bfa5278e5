"""Figures of a year of reports and cases: right, nothing small, nothing sealed, on a page and as a
file.

Seen to fail: a sealed case that is counted with the others (`Told.apart` always false), tables of
cases although so few are cases (year_of without asking for the sum), cases withheld because three
reports wait (_fates without `known`), how many run although few have ended (_outcomes), quarters
of a year whose quarters may not be shown (_by without asking for them), a clock that ran out once
and is kept later (came_out takes the last), a trial that is counted (_told without drill).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.withheld import LEAST
from jiedui.protection import actions
from jiedui.protection.actions import Worry, cases
from jiedui.protection.queries import figures as queries
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import Situation, Stage, Suspect
from jiedui.protection.rules.clocks import Clock, times_of
from jiedui.protection.rules.counted import Fate, From, Kept, Moved, Told, came_from, came_out
from jiedui.protection.rules.figures import QUARTERS, SUM, YEAR, Cells, YearOf, share, year_of
from jiedui.regions.rules import DEFAULTS, Setting
from tests import people
from tests.attacker import works_out
from tests.builders import worries
from tests.client import Browser

Devices = Callable[[], Browser]
TIMES = times_of(DEFAULTS[Setting.report_clocks])
TOWNS = ["东镇", "西镇"]
NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def told(quarter: int, fate: Fate, kind: int, ended: bool, apart: bool) -> Told:
    """A report of a quarter; `kind` draws situation, place, reporter and outcome together."""
    at = datetime(2026, 3 * quarter - 1, 9, 4, tzinfo=UTC)
    case = fate is Fate.case
    way = [Stage.triaged, Stage.police_told][: 1 + kind % 2]
    return Told(
        at.date(), at, list(From)[kind % 3], fate,
        read=at if case else None,
        town=["东镇", "西镇", ""][kind % 3] if case else "",
        situation=list(Situation)[3 + kind] if case else None,
        outcome=list(ReportOutcome)[kind % 3] if case and ended else None,
        steps=tuple(Moved(stage, at, at + n * timedelta(days=1)) for n, stage in enumerate(way))
        if case else (),
        apart=apart and case,
    )  # fmt: skip


def drawn(numbers: list[int]) -> list[Told]:
    """Of each quarter so many cases of four kinds, some of them closed, and reports without one."""
    rows = []
    for at, number in enumerate(numbers):
        quarter, what = at // 6 + 1, at % 6
        fate = Fate.case if what < 4 else list(Fate)[what - 3]
        rows += [told(quarter, fate, what, n % 4 != 1, n == 7) for n in range(number)]
    return rows


NUMBERS = st.sampled_from([0, 0, 0, 1, 2, 3, 5, 8])
ROWS = st.lists(NUMBERS, min_size=24, max_size=24).map(drawn)


def equations(cells: Cells) -> list[tuple[list[tuple[str, str]], tuple[str, str]]]:
    """What adds up in a table."""
    rows = list(dict.fromkeys(row for row, _column in cells if row != SUM))
    columns = list(dict.fromkeys(column for _row, column in cells))
    made = [([(row, one) for row in rows], (SUM, one)) for one in columns]
    if len(columns) > 1:
        made += [([(row, q) for q in QUARTERS], (row, YEAR)) for row in (*rows, SUM)]
    return made


@settings(max_examples=25)
@given(ROWS)
def test_nothing_that_is_withheld_can_be_worked_out(rows: list[Told]) -> None:
    """Of no table alone; and what two tables have in common is shown, or one of them is not."""
    found = year_of(rows, TOWNS, TIMES, LATER)
    counted = [one for one in rows if not one.apart]
    by_name = {
        "fates": lambda one: one.fate, "sources": lambda one: one.source,
        "situations": lambda one: one.situation, "towns": lambda one: one.town,
        "outcomes": lambda one: one.outcome or "",
    }  # fmt: skip
    for table, key in by_name.items():
        cells: Cells = getattr(found, table)
        assert not [n for n in cells.values() if n is not None and 0 < n < LEAST]
        of_case = table != "fates"
        mine = [one for one in counted if one.fate is Fate.case or not of_case]
        for (row, column), n in cells.items():
            true = sum(row in (SUM, key(one)) and column in (YEAR, one.quarter) for one in mine)
            assert n in (None, true)
            if row == SUM and table != "fates":
                assert n == found.fates[(Fate.case if of_case else SUM), column]
        for row, column in works_out(cells, equations(cells)):
            assert not [
                one for one in mine if row in (SUM, key(one)) and column in (YEAR, one.quarter)
            ]


@settings(max_examples=25)
@given(ROWS)
def test_clocks_and_days_say_nothing_of_few(rows: list[Told]) -> None:
    """Nor does how many have ended, with what the clocks say of those that run."""
    found = year_of(rows, TOWNS, TIMES, LATER)
    if not found.clocks:
        return
    whole = found.outcomes[SUM, YEAR]
    assert whole is not None
    for parts in found.clocks.values():
        assert not [n for n in parts.values() if n is not None and 0 < n < LEAST]
        known = {**parts, "sum": whole}
        cells = [one for one in rows if one.fate is Fate.case and not one.apart]
        for name in works_out(known, [(list(Kept), "sum")]):  # type: ignore[arg-type]
            clock_now = next(c for c, p in found.clocks.items() if p is parts)
            assert not [
                one for one in cells
                if came_out(one, TIMES, LATER).get(clock_now, Kept.open) is name
            ]  # fmt: skip
    runs = found.outcomes["", YEAR]
    assert runs is None or not 0 < whole - runs < LEAST


def test_how_many_run_does_not_tell_how_few_have_ended() -> None:
    rows = [told(2, Fate.case, n % 3, n < 3, False) for n in range(30)]
    assert set(year_of(rows, TOWNS, TIMES, LATER).outcomes.values()) == {None, 30}
    rows = [told(2, Fate.case, n % 3, n < 20, False) for n in range(23)]
    outcomes = year_of(rows, TOWNS, TIMES, LATER).outcomes
    assert outcomes["", YEAR] is None
    assert list(outcomes.values()).count(None) == 2


def test_three_that_wait_do_not_take_the_cases_with_them() -> None:
    """The sum of reports is withheld, not that of cases."""
    cases = [told(2, Fate.case, 1, False, False) for _ in range(22)]
    waiting = [told(2, Fate.waiting, 1, False, False) for _ in range(3)]
    found = year_of([*cases, *waiting], TOWNS, TIMES, LATER)
    assert (found.fates[Fate.case, YEAR], found.fates[SUM, YEAR]) == (22, None)
    assert found.situations[SUM, YEAR] == 22


def case_of(*moves: tuple[Stage, timedelta], read: timedelta = timedelta(minutes=5)) -> Told:
    """A case whose steps were written down so long after the report."""
    steps = tuple(Moved(stage, NOON + after, NOON + after) for stage, after in moves)
    return Told(NOON.date(), NOON, From.nobody, Fate.case, read=NOON + read, steps=steps)


def test_how_a_clock_comes_out() -> None:
    """Kept, run out, still open; run out once stays run out; what has not come counts when its
    time is over."""
    minute, day = timedelta(minutes=1), timedelta(days=1)
    one = case_of(
        (Stage.triaged, 10 * minute), (Stage.police_told, 20 * minute), (Stage.placed, 9 * day),
    )  # fmt: skip
    ways = came_out(one, TIMES, NOON + 9 * day)
    assert (ways[Clock.police], ways[Clock.safety]) == (Kept.kept, Kept.run_out)
    assert ways[Clock.assessment] is Kept.run_out
    assert Clock.plan not in ways
    again = case_of(
        (Stage.followed_up, day), (Stage.followed_up, 400 * day), (Stage.closing, 401 * day),
    )  # fmt: skip
    assert came_out(again, TIMES, NOON + 401 * day)[Clock.ending] is Kept.run_out
    assert share({Kept.kept: 15, Kept.run_out: 5, Kept.open: 0}) == 75
    assert share({Kept.kept: 15, Kept.run_out: None, Kept.open: None}) is None


def test_the_kind_of_whoever_reported() -> None:
    assert came_from(None) is From.nobody
    assert came_from({Role.school_worker}) is From.school
    assert came_from({Role.volunteer, Role.child_director}) is From.village
    assert came_from(set()) is From.other


def year(found_in: int) -> YearOf:
    """The county's figures as they are counted."""
    with db.read():
        return queries.of_year(people.region(people.COUNTY), found_in)


def many_cases(by: people.Person, number: int, situation: Situation) -> list[int]:
    """So many cases of a situation in a village."""
    return [worries.case(by, situation=situation, village=people.VILLAGE) for _ in range(number)]


def test_a_years_cases_as_the_county_reads_them(either_app: Flask) -> None:
    """Seven of one situation, three of another, one closed; a sealed one, one about a village's
    worker and a trial are in no figure."""
    officer, second = worries.officer(), worries.civil()
    now = clock.today().year
    first = many_cases(officer, 7, Situation.injuries)[0]
    many_cases(officer, 3, Situation.alone)
    worries.brought_to(first, Stage.closing, by=officer)
    with db.write():
        cases.close(first, by=second.actor())
    before = year(now)
    assert before.situations[Situation.injuries, YEAR] is None  # three could be told from it
    assert before.situations[Situation.missing, YEAR] == 0
    assert before.situations[SUM, YEAR] == before.fates[Fate.case, YEAR] == 10
    assert set(before.outcomes.values()) == {None, 10}  # one has ended
    assert before.sources[From.nobody, YEAR] == 10
    with db.read():
        town = people.region(people.TOWNSHIP).name
    assert before.towns[town, YEAR] == 10
    worries.case(officer, situation=Situation.girl_under_14)
    worries.case(officer, suspect=Suspect.village_worker, village=people.VILLAGE)
    with db.write():
        actions.receive(Worry("", "", "", "t", drill=True), people.region(people.COUNTY).id)
    assert year(now) == before
    assert before.apart is None
    for _ in range(4):
        worries.case(officer, situation=Situation.girl_under_14)
    assert year(now).apart == 6
    assert year(now).situations == before.situations


def test_the_file_says_what_the_page_says_and_nothing_of_few(device: Devices) -> None:
    """By civil affairs and the leader; that it was taken is on record; nobody else reads it."""
    officer, civil = worries.officer(), worries.civil()
    many_cases(officer, 8, Situation.self_harm)
    many_cases(officer, 2, Situation.begging)
    leader = people.appoint(Role.leader)
    for who in (civil, leader):
        browser = device()
        browser.sign_in(who.phone)
        page = browser.get("/reports/figures").get_data(as_text=True)
        assert "不公布" in page
        answer = browser.get("/reports/figures.csv")
        lines = list(csv.reader(StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
        cells = [cell for line in lines for cell in line[1:]]
        assert "10" in cells
        assert not set(cells) & {"1", "2", "3", "4"}
        (harmed,) = [line for line in lines if line and line[0].startswith("因自杀")]
        assert set(harmed[1:]) <= {"不公布", "–"}
        assert worries.WHAT not in answer.get_data(as_text=True)
    with db.read():
        taken = db.session.query(AuditEntry).filter_by(act=Act.case_figures_taken).count()
    assert taken == 2
    stranger = device()
    stranger.sign_in(officer.phone)
    assert stranger.get("/reports/figures").status_code == 404
    assert browser.get("/reports/figures?year=1999").status_code == 404


def test_a_report_of_the_last_evening_of_a_year_is_of_that_year(app: Flask) -> None:
    """By the calendar in China, not by Greenwich."""
    last = clock.today().year - 1
    with clock.moved_to(clock.at(date(last, 12, 31), 23)):
        worries.report()
    with clock.moved_to(clock.at(date(last + 1, 1, 1), 1)):
        worries.report()
    with db.read():
        county = people.region(people.COUNTY)
        mine = queries._told(county, last)
        assert [one.quarter for one in mine] == ["4"]
        assert queries.years(county.id)[-1] == last
