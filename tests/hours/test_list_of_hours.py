"""A list of past hours comes in: into a column of its own, once, never into what was verified.

Seen to fail: the length as part of what makes a row the same (_key), days of the portal's own
sessions brought again (days_here), a record with hours from outside its period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, jobs
from jiedui.core.audit import verify
from jiedui.core.errors import Refusal
from jiedui.helpers import queries as helpers
from jiedui.hours import actions, queries
from jiedui.hours.actions.imported import PastHours, keep_past_hours
from jiedui.hours.actions.sheets import HoursBefore, PastReader
from jiedui.hours.rules import Book, HoursRefusal
from jiedui.hours.rules.past import Period, counted_already
from jiedui.intake.exchange import Bad, Today
from jiedui.intake.exchange.cells import read_hours
from tests import people
from tests.builders import helpers as make
from tests.builders import hours as logged
from tests.builders.sheets import counts, hours, past, problems, take
from tests.client import Browser
from tests.people import Person

days = st.dates(date(2020, 1, 1), date(2025, 12, 31))
lengths = st.integers(0, 400)


def federation() -> Person:
    """Somebody of the county's women's federation."""
    return people.appoint(Role.coordinator, office=Office.womens_federation)


def minutes(helper: int) -> int:
    """What lists have brought for somebody."""
    with db.read():
        return queries.imported_minutes(helper)


@given(days, lengths, days, lengths)
def test_no_day_is_counted_in_two_cuts(first: date, n: int, second: date, m: int) -> None:
    """A year's sum beside its months would count twice; two things on one day do not."""
    one = Period(first, first + timedelta(days=n))
    two = Period(second, second + timedelta(days=m))
    common = {one.starts + timedelta(days=k) for k in range(one.days)} & {
        two.starts + timedelta(days=k) for k in range(two.days)
    }
    assert counted_already(one, [two]) == counted_already(two, [one])
    assert counted_already(one, [two]) == (bool(common) and one != two)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("2", 120), ("2.5", 150), ("2.5小时", 150), ("2 小时 30 分钟", 150), ("2:30", 150),
        ("02:30:00", 150), ("90分钟", 90), ("0.3333333333", 20), ("120小时", 7200),
    ],
)  # fmt: skip
def test_a_length_is_read_as_people_write_it(said: str, wanted: int) -> None:
    assert read_hours(said, Today(date(2026, 1, 1))) == wanted


@pytest.mark.parametrize("said", ["两小时", "2-3", "2:75", "-2", "12345 30", "1e3"])
def test_a_length_that_could_mean_anything_is_not_read(said: str) -> None:
    with pytest.raises(Bad):
        read_hours(said, Today(date(2026, 1, 1)))


def test_hours_of_a_list_stand_in_a_column_of_their_own(either_app: Flask) -> None:
    by = federation()
    person, helper = make.cleared_volunteer()
    rows = [
        past(helper),
        past(helper, what="家访", hours="", minutes=45),
        past(helper, on="", starts="2024-01-01", ends="2024-12-31", hours="120小时"),
    ]
    sheet = hours(rows, by)
    assert counts(sheet) == {"new": 3}
    assert minutes(helper) == 0
    take(sheet, by)
    assert minutes(helper) == 150 + 45 + 7200
    with db.read():
        sums = queries.sums(helper)
        assert all(t.minutes == 0 for book in Book for t in sums[book].values())
        assert verify(people.region(people.COUNTY).id) == []
    mine = Browser(either_app)
    mine.sign_in(person.phone)
    mine.get("/hours")
    assert "导入未核实" in mine.words
    assert "123小时15分" in mine.words.replace(" ", "")


def test_no_minute_counts_twice(either_app: Flask) -> None:
    by = federation()
    _person, helper = make.volunteer()
    rows = [past(helper), past(helper, on="2025-05-11")]
    take(hours(rows, by), by)
    again = hours(rows[::-1], by)
    assert counts(again) == {"same": 2}
    take(again, by)
    assert minutes(helper) == 300
    longer = hours([past(helper, hours="", minutes=180)], by)
    assert counts(longer) == {"changed": 1}
    take(longer, by)
    assert minutes(helper) == 330, "a later list puts the length right"


def test_after_a_crash_in_the_middle_the_rest_follows_and_nothing_counts_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = federation()
    _person, helper = make.volunteer()
    sheet = hours([past(helper, on=f"2025-05-{n:02d}") for n in range(1, 6)], by)
    monkeypatch.setattr(HoursBefore, "at_once", 2)
    whole, calls = PastReader._take, []

    def breaks(self: PastReader, *args: object, **kw: object) -> object:
        calls.append(1)
        if 4 <= len(calls) <= 12:
            raise RuntimeError("the power went")
        return whole(self, *args, **kw)  # type: ignore[arg-type]

    monkeypatch.setattr(PastReader, "_take", breaks)
    take(sheet, by)
    assert minutes(helper) == 300, "the broken part leaves nothing"
    monkeypatch.setattr(PastReader, "_take", whole)
    with clock.moved_to(clock.now() + 2 * jobs.STUCK_AFTER), db.write():
        county = people.region(people.COUNTY).id
        jobs.ask("intake.go_on", by=by.actor(), county_id=county, county=county)
    with clock.moved_to(clock.now() + 2 * jobs.STUCK_AFTER):
        jobs.work_off()
    assert minutes(helper) == 750


def test_two_lists_checked_before_either_is_taken_count_once(app: Flask) -> None:
    by = federation()
    _person, helper = make.volunteer()
    first, second = hours([past(helper)], by), hours([past(helper), past(helper, what="x")], by)
    take(first, by)
    take(second, by)
    assert minutes(helper) == 300


def test_the_database_itself_keeps_a_row_once(either_app: Flask) -> None:
    _person, helper = make.volunteer()
    by, day = federation(), date(2025, 5, 10)
    said = PastHours(helper, "k" * 64, Period(day, day), 60, "陪伴", "")
    with db.write():
        county = people.region(people.COUNTY).id
        keep_past_hours(said, county, by=by.actor())
    with pytest.raises(IntegrityError), db.write():
        keep_past_hours(said, county, by=by.actor())
    assert minutes(helper) == 60


def test_everything_that_is_wrong_is_named_by_cell(app: Flask) -> None:
    _person, helper = make.volunteer()
    rows = [
        past(helper),
        past(helper),
        past(helper, on=""),
        past(helper, starts="2025-01-01", ends="2025-01-02"),
        past(helper, on="", starts="2025-03-02", ends="2025-03-01"),
        past(helper, on="2099-01-01"),
        past(helper, on="2025-06-01", hours=13),
        past(helper, on="2025-06-02", hours=""),
        past(helper, on="2025-06-03", hours="很久"),
        past(helper, on="", starts="2025-05-01", ends="2025-05-31", hours=20),
        past(helper, on="2025-06-04", helper_id=people.id_number()),
        past(helper, on="2025-06-05", helper_name="贾别人"),
    ]
    assert problems(hours(rows, federation())) == [
        (3, "what", "twice"),
        (4, "on", "no day"),
        (5, "on", "day or period"),
        (6, "ends", "backwards"),
        (7, "on", "in future"),
        (8, "hours", "too long"),
        (9, "hours", "no length"),
        (10, "hours", "no number"),
        (11, "starts", "overlaps"),
        (12, "helper_id", "unknown"),
        (13, "helper_name", "name differs"),
    ]


def test_days_that_the_portal_has_on_record_are_not_brought_again(app: Flask) -> None:
    pair = logged.serving()
    with logged.evening_after() as day:
        logged.logged(pair, day)
        rows = [
            past(pair.helper_id, on=day.isoformat()),
            past(pair.helper_id, on="", starts="2025-01-01", ends=day.isoformat()),
            past(pair.helper_id),
        ]
        assert problems(hours(rows, federation())) == [
            (2, "on", "in portal"),
            (3, "starts", "in portal"),
        ]


def test_an_organisation_brings_hours_of_its_own_people(app: Flask) -> None:
    unit, office = make.agency("北试志愿队"), federation()
    manager = people.appoint(Role.unit_manager, people.VILLAGE, unit_id=unit)
    ours = make.on_paper(office, unit_id=unit)
    theirs = make.on_paper(office)
    sheet = hours([past(ours, unit=""), past(theirs)], manager)
    assert problems(sheet) == [(3, "helper_id", "known elsewhere")]
    take(sheet, manager, without_faulty=True)
    with db.read():
        assert [row.unit for row in queries.imported_of(ours)] == ["北试志愿队"]
    assert minutes(theirs) == 0


def test_a_record_shows_them_apart_and_is_not_issued_for_them_alone(app: Flask) -> None:
    by, pair = federation(), logged.serving()
    with logged.evening_after() as day:
        helper = pair.helper_id
        take(hours([past(helper), past(helper, on="2019-01-05")], by), by)
        with db.write(), pytest.raises(Refusal) as no:
            actions.issue_certificate(helpers.get(helper), day.replace(2025), day, by=by.actor())
        assert no.value.code is HoursRefusal.nothing_to_certify
        logged.verified(pair, day)
        first = date(2025, 1, 1)
        with db.write():
            issued = actions.issue_certificate(helpers.get(helper), first, day, by=by.actor())
            assert issued.sums["imported"] == 150, "only what lies within the period"
            assert (issued.sums["listed"], issued.sums["declared"]) == (90, 0)
            number = issued.number
        anybody = Browser(app)
        anybody.get(f"/check/{number}")
        assert "导入未核实 2 小时 30 分" in anybody.words
        with db.write():
            kept = queries.certificate_by_number(number)
            assert kept is not None
            kept.sums = {k: v for k, v in kept.sums.items() if k != "imported"}
        anybody.get(f"/check/{number}")
        assert "这份证明有效" in anybody.words, "one that was issued before there were lists"
        assert "导入未核实" not in anybody.words
        office = Browser(app)
        office.sign_in(by.phone)
        office.get(f"/helpers/{helper}/records")
        assert "导入以往服务时长" in office.words
