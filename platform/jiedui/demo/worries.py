"""What came in by the report door: one that was dealt with, one that is being looked into, and one
of yesterday that nobody has read; and what people think of the portal."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from jiedui.access.rules import Role
from jiedui.core import clock
from jiedui.core.actors import ANYBODY
from jiedui.demo.acts import Stage
from jiedui.protection import actions as door
from jiedui.protection.actions import Worry, cases, duty
from jiedui.protection.actions.duty import TurnSaid
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import (
    LegalGround,
    Placement,
    Situation,
    StepSaid,
    Suspect,
    Triage,
)
from jiedui.protection.rules.case import Stage as S
from jiedui.regions import queries as regions

AT_HOME = "邻居家两个孩子晚上常常自己在家，灯亮到很晚。"
ABSENT = "班上有个孩子三天没来上学，家里电话打不通。"
ALONE = "集市上看到一个七八岁的孩子一个人过马路，问他家里有谁，他不说话。"
LOOKED = "当天下午入户，奶奶在家；已告诉镇儿童督导员，下周再去一次。"
SMALL = "走访表里的字再大一点就好了，晚上用手机看不清。"
LARGER = "谢谢您的建议。浏览器里把字号调大后，表格会跟着变大；下个版本默认字号也会加大。"
AGAIN = "报名后多久会有回复？希望能看到进度。"
REPLY = "谢谢您。我们已经去看过，后面还会再去。"


# Days ago, what, where, what it may be, and the steps: days after, what, with what.
CASES: tuple[tuple[int, str, str, Situation, tuple[tuple[int, S, dict[str, Any]], ...]], ...] = (
    (
        14,
        "隔壁孩子胳膊上常有瘀青，晚上听到打骂声。",
        "示范村四组",
        Situation.violence,
        (
            (0, S.police_told, {"officer": "示范派出所 甲警官", "number": "示范受案0001"}),
            (1, S.placed, {"placement": Placement.kin}),
            (2, S.assessed, {}),
            (5, S.planned, {}),
            (6, S.intervened, {"ground": LegalGround.admonished}),
            (13, S.followed_up, {}),
        ),
    ),
    (1, "两个孩子单独住，几天没看到大人。", "示范村二组", Situation.alone, ()),
)


def play(stage: Stage) -> None:
    """Three worries of the last weeks."""
    today, county = clock.today(), stage.county_id
    with stage.on(today - timedelta(days=20), 10), stage.write():
        first = door.receive(Worry(AT_HOME, "红旗居委会幸福小区", "", "192.0.2.10"), county)
    with stage.on(today - timedelta(days=19), 9), stage.write():
        officer = stage.official(Role.duty_officer, regions.get(county).code)
        read = door.take_up(first.id, by=officer)
        door.handle(read, ReportOutcome.visited, LOOKED, REPLY, by=officer)
    _cases(stage, today)
    with stage.on(today - timedelta(days=2), 15), stage.write():
        second = door.receive(Worry(ABSENT, "镇中心小学三年级", "班主任", "192.0.2.11"), county)
    with stage.on(today - timedelta(days=2), 16), stage.write():
        door.take_up(second.id, by=officer)
    with stage.on(today - timedelta(days=1), 16), stage.write():
        door.receive(Worry(ALONE, "农贸市场门口", "", "192.0.2.12"), county)
    _opinions(stage, today)


def _cases(stage: Stage, today: date) -> None:
    """Two cases: one whose child is visited again, one whose clock for the police has run out; and
    who is on duty."""
    with stage.read():
        officer = stage.official(Role.duty_officer, regions.get(stage.county_id).code)
    for back, what, where, situation, steps in CASES:
        with stage.on(today - timedelta(days=back), 9), stage.write():
            worry = Worry(what, where, "", f"192.0.2.{back}", situation=situation.value)
            report = door.receive(worry, stage.county_id)
            door.take_up(report.id, by=officer)
            triage = Triage(situation, Suspect.guardian, words="已电话核实。")
            number = cases.open_case(report.id, triage, by=officer).id
        for days, stage_of, more in steps:
            with stage.on(today - timedelta(days=back - days), 16), stage.write():
                said = StepSaid(stage_of, clock.now(), "已办理。", **more)
                cases.step(number, said, by=officer)
    with stage.on(today - timedelta(days=30), 9), stage.write():
        every, phone = frozenset(range(7)), "02087654321"
        turn = TurnSaid(officer.account_id, every, time(8), time(18), phone)
        duty.set_turn(turn, by=officer)


def _opinions(stage: Stage, today: date) -> None:
    """Two opinions about the portal: one answered, one that waits."""
    with stage.on(today - timedelta(days=12), 20), stage.write():
        village = regions.villages(regions.get(stage.county_id).path)[0]
        director = stage.official(Role.child_director, village.code)
        first, _code = door.take_opinion(SMALL, "", stage.county_id, by=director)
    with stage.on(today - timedelta(days=10), 9), stage.write():
        officer = stage.official(Role.duty_officer, regions.get(stage.county_id).code)
        door.answer_opinion(first, LARGER, by=officer)
    with stage.on(today - timedelta(days=1), 21), stage.write():
        door.take_opinion(AGAIN, "", stage.county_id, by=ANYBODY)
