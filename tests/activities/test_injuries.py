"""An injury is a figure: recorded once, exact for a county, no small number for a township, never a
name. A water hazard has a keeper of the village, and is due each week while children swim.

Made to fail: a township that reads a single drowning as a number (`exact` always true); one that
reads the whole and all causes but one (`shown` without protect); causes withheld in the year of
whose whole so few are told (`seen` without asking for the whole); a struck
injury that still counts; a second record of the same injury that needs no tick; a hazard that is
due each month in July (`WARM` empty)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import Injury, WaterHazard
from jiedui.activities.queries import hazards, injuries
from jiedui.activities.rules.hazards import HazardRefusal, HazardSaid, Water, due
from jiedui.activities.rules.injuries import (
    Cause,
    Counted,
    InjuryRefusal,
    InjurySaid,
    Outcome,
    Season,
    Spot,
    figures,
    season_of,
    seen,
)
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock, db
from jiedui.core.withheld import LEAST
from tests import people
from tests.activities.test_classes import refused
from tests.activities.test_pages import signed_in
from tests.attacker import works_out
from tests.builders import events as build
from tests.builders.children import director
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def injury(**over: object) -> InjurySaid:
    """A child of primary school was hurt in a pond of the village yesterday."""
    plain = {
        "on": clock.today() - timedelta(days=1), "region_id": people.region(people.VILLAGE).id,
        "cause": Cause.drowning, "spot": Spot.water, "outcome": Outcome.hospital,
        "band": AgeBand.to_11,
    }  # fmt: skip
    return InjurySaid(**(plain | over))  # type: ignore[arg-type]


def record(by: Person, **over: object) -> int:
    """Somebody records one."""
    with db.write():
        return actions.record_injury(injury(**over), by=by.actor()).id


def test_a_county_reads_figures_a_township_no_small_ones(app: Flask, device: Device) -> None:
    """Six falls and one drowning: the county reads both, the township that there were seven."""
    her, school, health = director(), build.school(), build.office(Office.health)
    record(her)
    for day in range(6):
        record(school.worker, cause=Cause.fall, on=clock.today() - timedelta(days=day))
    record(health, region_id=_far(), cause=Cause.traffic)
    county = signed_in(device, people.appoint(Role.leader))
    county.get("/prevention/injuries")
    assert "伤害事件 8" in county.words
    assert "溺水 1" in county.words
    town = signed_in(device, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    town.get("/prevention/injuries")
    assert "伤害事件 7" in town.words
    assert "溺水 不公布" in town.words
    assert "跌落 不公布" not in county.words
    assert "跌落 6" not in town.words  # seven less six is one
    assert "按乡镇和原因" not in town.words


def _far() -> int:
    with db.read():
        return people.region(people.FAR_VILLAGE).id


def test_one_that_both_saw_is_recorded_once_and_a_mistake_is_struck(
    app: Flask, device: Device
) -> None:
    """On the page: the second is asked whether it is another child; who recorded it strikes it."""
    her, school = director(), build.school()
    first = record(school.worker)
    browser = signed_in(device, her)
    with db.read():
        village = str(people.region(people.VILLAGE).id)
        day = (clock.today() - timedelta(days=1)).isoformat()
    said = {"on": day, "cause": "drowning", "spot": "water", "outcome": "died", "band": "6-11",
            "region": village}  # fmt: skip
    browser.send("/prevention/injuries/new", **said)
    assert "是另一名儿童吗" in browser.words
    browser.send("/prevention/injuries/new", another="y", **said)
    assert "已登记，谢谢。" in browser.words
    with db.read():
        assert _whole() == 2
    assert browser.send(f"/prevention/injuries/{first}/strike").status_code == 404
    with db.read():
        (mine,) = injuries.own(her.actor())
        number = mine.id
    browser.press("/prevention/injuries/new", f"/prevention/injuries/{number}/strike")
    assert "不再统计" in browser.words
    with db.write(), refused(InjuryRefusal.struck_already):
        actions.strike_injury(db.session.get_one(Injury, number), by=her.actor())
    with db.write():
        assert _whole() == 1
        with refused(InjuryRefusal.elsewhere):
            far = people.region(people.FAR_VILLAGE).id
            actions.record_injury(injury(region_id=far), by=her.actor())


def _whole() -> int:
    path, years = people.region(people.COUNTY).path, {clock.today().year, clock.today().year - 1}
    return sum(injuries.of_year(path, year).whole for year in years)


ROWS = st.lists(
    st.builds(
        Counted, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(Cause),
        st.sampled_from(Spot), st.sampled_from(Outcome), st.integers(1, 3),
    ),
    max_size=20,
)  # fmt: skip


@given(ROWS)
def test_every_injury_stands_once_in_each_table(rows: list[Counted]) -> None:
    found = figures(rows)
    for counted in (found.by_season, found.by_cause, found.by_township, found.by_spot,
                    found.by_outcome):  # fmt: skip
        assert sum(counted.values()) == found.whole == len(rows)


@settings(max_examples=25)
@given(ROWS, st.integers(0, 12))
def test_a_township_works_nothing_out(rows: list[Counted], falls: int) -> None:
    """From the whole of the year with all causes and their seasons, all places, all outcomes."""
    day = date(2026, 7, 1)
    known = [*rows, *(Counted(day, Cause.fall, Spot.home, Outcome.treated, 1),) * falls]
    found = figures(known)
    read = seen(found, exact=False)
    seasons = [([(cause, season) for season in Season], cause) for cause in Cause]
    tables = (
        ({**read.by_cause, **read.by_season}, [(list(Cause), "whole"), *seasons]),
        (read.by_spot, [(list(Spot), "whole")]),
        (read.by_outcome, [(list(Outcome), "whole")]),
    )
    true = {**found.by_cause, **found.by_season, **found.by_spot, **found.by_outcome}
    for cells, sums in tables:
        assert not [n for n in (read.whole, *cells.values()) if n is not None and 0 < n < LEAST]
        told = works_out({**cells, "whole": read.whole}, sums)  # type: ignore[dict-item]
        assert [name for name in told if true.get(name)] == []  # type: ignore[call-overload]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_seasons_and_how_often_a_hazard_is_due(day: date) -> None:
    """June to August is summer; from May to September a week, else a month at most."""
    assert (season_of(day) is Season.summer) == (day.month in (6, 7, 8))
    assert (season_of(day) is Season.winter) == (day.month in (12, 1, 2))
    assert (due(day, day) - day).days == (7 if 5 <= day.month <= 9 else 30)


def test_a_hazard_is_looked_at_by_who_is_responsible(app: Flask, device: Device) -> None:
    """Entered by the emergency office; its director has it on the desk once it is due, was there,
    and takes it off the list when it was filled in."""
    her, stranger = director(), people.appoint(Role.child_director, people.NEXT_VILLAGE)
    office = build.office()
    with db.write():
        village = people.region(people.VILLAGE)
        said = HazardSaid(village.id, Water.pond, "老磨坊后池塘", her.account_id, True, False)
        made = actions.enter_hazard(said, by=office.actor())
        wrong = HazardSaid(village.id, Water.well, "井", stranger.account_id, True, True)
        with refused(HazardRefusal.no_keeper):
            actions.enter_hazard(wrong, by=office.actor())
        half = HazardSaid(village.id, Water.well, "井", her.account_id, True, True, 27.0)
        with refused(HazardRefusal.point_half):
            actions.enter_hazard(half, by=office.actor())
        number = made.id
    page = f"/prevention/hazards/{number}"
    browser = signed_in(device, her)
    browser.get("/desk")
    assert "巡查水域隐患点" not in browser.words
    with clock.moved_to(clock.now() + timedelta(days=31)):
        browser = signed_in(device, her)
        browser.get("/desk")
        assert "巡查水域隐患点" in browser.words
        browser.get("/prevention/hazards")
        assert "1 处逾期未巡查" in browser.words
        browser.send(f"{page}/look", sign="y", fence="y")
        assert "巡查已登记" in browser.words
        with db.read():
            one = db.session.get_one(WaterHazard, number)
            assert (one.checked_on, one.checked_by, one.fence) == (
                clock.today(), her.account_id, True,
            )  # fmt: skip
            assert hazards.waiting_for(her.actor()) == []
        assert signed_in(device, stranger).get(f"{page}/look").status_code == 404
        browser.press(page, f"{page}/gone")
        assert "隐患点已销号" in browser.words
        assert "老磨坊后池塘" not in browser.words
