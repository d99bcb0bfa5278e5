"""What came in by the report door: one that was dealt with, one that is being looked into, and one
of yesterday that nobody has read."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Role
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.protection import actions as door
from jiedui.protection.actions import Worry
from jiedui.protection.rules import ReportOutcome
from jiedui.regions import queries as regions

AT_HOME = "邻居家两个孩子晚上常常自己在家，灯亮到很晚。"
ABSENT = "班上有个孩子三天没来上学，家里电话打不通。"
ALONE = "集市上看到一个七八岁的孩子一个人过马路，问他家里有谁，他不说话。"
LOOKED = "当天下午入户，奶奶在家；已告诉镇儿童督导员，下周再去一次。"
REPLY = "谢谢您。我们已经去看过，后面还会再去。"


def play(stage: Stage) -> None:
    """Three worries of the last weeks."""
    today, county = clock.today(), stage.county_id
    with stage.on(today - timedelta(days=20), 10), stage.write():
        first = door.receive(Worry(AT_HOME, "红旗居委会幸福小区", "", "192.0.2.10"), county)
    with stage.on(today - timedelta(days=19), 9), stage.write():
        officer = stage.official(Role.duty_officer, regions.get(county).code)
        read = door.take_up(first.id, by=officer)
        door.handle(read, ReportOutcome.visited, LOOKED, REPLY, by=officer)
    with stage.on(today - timedelta(days=2), 15), stage.write():
        second = door.receive(Worry(ABSENT, "镇中心小学三年级", "班主任", "192.0.2.11"), county)
    with stage.on(today - timedelta(days=2), 16), stage.write():
        door.take_up(second.id, by=officer)
    with stage.on(today - timedelta(days=1), 16), stage.write():
        door.receive(Worry(ALONE, "农贸市场门口", "", "192.0.2.12"), county)
