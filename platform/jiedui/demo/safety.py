"""School safety in the demo: two schools inspected by the education office, the police and by
themselves; faults settled, waiting for a second look, overdue; patrols and equipment."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Actor, Office, Role
from jiedui.activities.actions import safety as actions
from jiedui.activities.queries import safety as queries
from jiedui.activities.rules.safety import (
    Gear,
    Item,
    Mark,
    PatrolKind,
    PatrolRemark,
    PatrolSaid,
    Seen,
)
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind
from jiedui.regions import queries as regions

M = Mark
# How many days ago, by which office (None: the school), what was seen wrong.
WALKS = (
    (70, Office.education, ((Item.exits, M.serious, "教学楼西侧疏散门上锁"),
                            (Item.extinguishers, M.minor, "三楼两具灭火器压力不足"))),
    (34, Office.police, ((Item.guards, M.minor, "防暴叉缺一把"),)),
    (12, Office.education, ((Item.food_samples, M.serious, "留样盒未写时间"),
                            (Item.crossing, M.minor, "校门前标线磨损"))),
    (4, None, ((Item.railings, M.serious, "二楼走廊一处护栏松动"),)),
    (2, Office.emergency, ((Item.wiring, M.grave, "厨房插座烧焦"),)),
)  # fmt: skip
GEAR = (
    (Gear.extinguisher, 42, 120), (Gear.hydrant, 8, 120), (Gear.emergency_light, 30, -9),
    (Gear.alarm_button, 2, 60), (Gear.camera, 36, 200), (Gear.first_aid, 3, 30),
)  # fmt: skip
PATROLS = (PatrolKind.morning, PatrolKind.dismissal, PatrolKind.night, PatrolKind.with_police)


def play(stage: Stage) -> None:
    """Each school with an account of its own; the first has the overdue ones."""
    with stage.read():
        schools = [one.id for one in partners.units(stage.county_id, UnitKind.school)]
        towns = regions.townships(regions.get(stage.county_id).path)
        people = [n for t in towns for n in stage.staff.of(Role.school_worker, t.code)]
        staffed = {stage.actor(n).unit_id: stage.actor(n) for n in people}
    for place, number in enumerate(one for one in schools if one in staffed):
        _school(stage, number, staffed[number], leave=place == 0)
    stage.calendar("activities.safety overdue")


def _school(stage: Stage, number: int, worker: Actor, *, leave: bool) -> None:
    today = clock.today()
    for ago, office, faults in WALKS if leave else WALKS[:3]:
        with stage.on(today - timedelta(days=ago), 10), stage.write():
            by = stage.official(Role.coordinator, office.value) if office else worker
            wrong = {item: Seen(item, mark, words) for item, mark, words in faults}
            known = [*Item][: 14 if office else 8]
            seen = [wrong.get(i) or Seen(i, M.fine) for i in Item if i in {*known, *wrong}]
            one = actions.inspect(queries.school(number), clock.today(), seen, by=by)
            found = [(f.id, f.mark) for f in one.findings]
        if ago > 30 or not leave:
            _settle(stage, found, worker, ago, office)
        elif ago == 12:  # one is put right and waits, the other is overdue or will be
            with stage.on(today - timedelta(days=3), 15), stage.write():
                actions.put_right(found[1][0], "已联系交警补划标线", clock.today(), by=worker)
    _kept(stage, number, worker)


def _settle(
    stage: Stage, found: list[tuple[int, Mark]], worker: Actor, ago: int, office: Office | None
) -> None:
    for number, _mark in found:
        with stage.on(clock.today() - timedelta(days=ago - 4), 15), stage.write():
            actions.put_right(number, "已整改，有专人负责", clock.today(), by=worker)
        with stage.on(clock.today() - timedelta(days=ago - 6), 15), stage.write():
            if office is not None:
                by = stage.official(Role.coordinator, office.value)
                actions.look_again(number, well=True, words="现场查看属实", by=by)


def _kept(stage: Stage, number: int, worker: Actor) -> None:
    today = clock.today()
    for ago in range(1, 9):
        kind = PATROLS[ago % len(PATROLS)]
        remark = PatrolRemark.vehicles if ago == 5 else PatrolRemark.nothing
        day = today - timedelta(days=ago)
        with stage.on(day, 23), stage.write():
            at = clock.at(day, 7 if kind is PatrolKind.morning else 17, 30)
            actions.patrolled(queries.school(number), PatrolSaid(at, kind, remark), by=worker)
    with stage.write():
        for gear, many, days in GEAR:
            until = today + timedelta(days=days)
            actions.set_gear(queries.school(number), gear, many, until, by=worker)
