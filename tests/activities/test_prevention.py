"""What prevention has reached is counted from confirmed meetings, and so is the plan: a campaign
against drowning that reaches a school shows there at once.

Made to fail: a meeting counted before the school has confirmed it (`confirmed_by` left out of
`held_between`); a school that is covered by what was held at the village's other place
(`place_of`); a line of the plan that counts what was held before its first day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.queries import prevention as queries
from jiedui.activities.rules.events import Theme
from jiedui.activities.rules.prevention import (
    HeldAt,
    PlanRefusal,
    Reach,
    TargetSaid,
    covered,
    place_of,
)
from jiedui.care.rules.statement import AgeBand
from jiedui.core import clock, db
from tests import people
from tests.activities.test_classes import refused
from tests.activities.test_pages import signed_in
from tests.builders import events as build
from tests.client import Browser

Device = Callable[[], Browser]
DROWNING = Theme.drowning


def target(**over: object) -> TargetSaid:
    """Every school within a month."""
    today = clock.today()
    plain = {"theme": DROWNING, "reach": Reach.schools, "number": 2, "starts": today,
             "until": today + timedelta(days=30)}  # fmt: skip
    return TargetSaid(**(plain | over))  # type: ignore[arg-type]


def test_a_drowning_campaign_reaches_a_school_and_its_coverage_shows(
    app: Flask, device: Device
) -> None:
    """Plan line, event by an office at a school, figures by the office, the school confirms; the
    page of coverage has the school, the plan has moved."""
    near, far = build.school("北试小学"), build.school("南坡小学", people.FAR_VILLAGE)
    person = build.office(Office.emergency)
    office = signed_in(device, person)
    until = (clock.today() + timedelta(days=30)).isoformat()
    line = {"theme": "drowning", "reach": "schools", "until": until}
    today = clock.today().isoformat()
    office.send("/prevention/plan/new", number="3", starts=today, **line)
    assert "全县只有 2 个" in office.words
    office.send("/prevention/plan/new", number="2", starts=today, **line)
    assert "已列入计划" in office.words
    assert "0/2" in office.words
    day = (clock.today() + timedelta(days=7)).isoformat()
    office.get("/prevention/drowning")
    assert "2 个还没有开展过" in office.words
    link = re.search(rf'href="(/events/new\?[^"]*place={near.place}[^"]*)"', office.text)
    assert link is not None
    plan = {"theme": "drowning", "how": "drill", "title": "防溺水进校园", "place": str(near.place),
            "starts": day, "ends": day, "begins_at": "14:00", "ends_at": "15:30"}  # fmt: skip
    office.send("/events/new", seats="20", audience="school", expected="300", **plan)
    assert "要么填名额，要么填预计到场人数" in office.words
    assert "防溺水进校园" in office.text
    office.send("/events/new", audience="school", expected="300", **plan)
    assert "活动已安排。" in office.words
    assert "计入计划" in office.words
    with db.read():
        (event,) = queries_events(person)
        meeting = event.id, queries_meeting(event.id)
    with clock.moved_to(clock.now() + timedelta(days=8)):
        office = signed_in(device, person)
        office.get("/desk")
        assert "登记活动开展情况" in office.words
        page = f"/meetings/{meeting[1]}"
        office.send(f"{page}/helpers", others="1", **{"band_6-11": "290"})
        assert "至少两名成年人在场" in office.words
        office.send(f"{page}/helpers", others="4", **{"band_6-11": "290", "band_12-13": "8"})
        assert "谢谢" in office.words
        office.get("/prevention/drowning")
        assert "2 个还没有开展过" in office.words
        worker = signed_in(device, near.worker)
        worker.get("/desk")
        assert "确认活动开展情况" in worker.words
        worker.get(f"{page}/list")
        assert "298" in worker.words
        worker.send(f"{page}/list")
        assert "已确认" in worker.words
        assert signed_in(device, far.worker).get(f"{page}/list").status_code == 404
        office.get("/prevention/drowning")
        assert "1 个还没有开展过" in office.words
        first, second = (office.words.index(one) for one in ("南坡小学", "北试小学"))
        assert first < second
        assert "6～11岁 290" in office.words or "290" in office.words
        office.get("/prevention/plan")
        assert "1/2" in office.words
        leader = signed_in(device, people.appoint(Role.leader))
        leader.get("/prevention")
        assert "298" in leader.words


def queries_events(person: people.Person) -> list[build.Activity]:
    """The events somebody sees."""
    return build.events.events_for(person.actor())


def queries_meeting(event_id: int) -> int:
    """The only meeting of an event."""
    return build.meetings.meetings_of(event_id)[0].id


def test_what_was_held_before_or_elsewhere_reaches_no_school(app: Flask) -> None:
    """A line counts from its first day, a school only what was held in it; a village what was held
    anywhere within."""
    one = build.school()
    office = build.office()
    at_home = build.planned(by=office, **build.by_count())
    at_school = build.planned(one.place, by=office, **build.by_count())
    build.held(at_home, at_home.director, {AgeBand.to_11: 30})
    build.held(at_school, one.worker, {AgeBand.to_11: 300})
    with clock.moved_to(at_school.after()):
        today = clock.today()
        with db.write():
            county, by = people.region(people.COUNTY), office.actor()
            made = actions.set_target(county, target(number=1, starts=today), by=by)
            actions.set_target(county, target(number=1, starts=today + timedelta(days=1)), by=by)
            actions.set_target(county, target(number=2, reach=Reach.villages), by=by)
            with refused(PlanRefusal.more_than_there_are):
                actions.set_target(county, target(number=2), by=by)
            with refused(PlanRefusal.over_already):
                actions.set_target(
                    county, target(starts=date(2020, 1, 1), until=date(2020, 6, 1)), by=by
                )
        with db.read():
            rows = queries.progress(made.county_id)
            found = sorted((r.target.reach, r.reached, r.children) for r in rows)
            assert found == [("schools", 0, 0), ("schools", 1, 300), ("villages", 1, 330)]
            ((spot, had),) = queries.coverage(county.path, DROWNING, Reach.schools)
            assert (spot.id, had.times, had.reached) == (one.place, 1, 300)
    with clock.moved_to(at_school.after() + timedelta(days=366)), db.read():
        ((_, had),) = queries.coverage(people.region(people.COUNTY).path, DROWNING, Reach.schools)
        assert had.times == 0


SOMEWHERE = st.builds(
    HeldAt,
    st.just(DROWNING),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 3),
    st.one_of(st.none(), st.integers(10, 13)),
    st.dictionaries(st.sampled_from(AgeBand), st.integers(1, 50)),
)


@given(st.lists(SOMEWHERE, max_size=12), st.sampled_from(Reach))
def test_no_child_is_lost_or_counted_twice(held: list[HeldAt], reach: Reach) -> None:
    """What the schools or villages have had adds up to what was held there."""
    rows = covered(held, reach)
    here = [one for one in held if place_of(one, reach) is not None]
    assert sum(row.times for row in rows.values()) == len(here)
    assert sum(row.reached for row in rows.values()) == sum(
        sum(one.counts.values()) for one in here
    )
    for where, row in rows.items():
        assert row.last == max(one.on for one in here if place_of(one, reach) == where)
