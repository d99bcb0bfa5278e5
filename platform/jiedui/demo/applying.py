"""Units that have registered themselves and wait for their office: a company and a team."""

from __future__ import annotations

from datetime import timedelta

from jiedui.core import clock
from jiedui.core.actors import ANYBODY
from jiedui.demo.acts import Stage
from jiedui.partners import actions
from jiedui.partners.rules import Applied, NewUnit, UnitKind

# The code adds up, and is invented.
WAIT = (
    (UnitKind.company, "示例制鞋有限公司（虚构）", "91360733MA0000000H", "贾明厂", "19900009001",
     "二十名员工想在周六来儿童之家一天，另捐一批书包", 3),
    (UnitKind.volunteer_team, "示例退休教师志愿队（虚构）", None, "贾校长", "19900009002",
     "五位退休教师，可以辅导语文和数学", 9),
)  # fmt: skip


def play(stage: Stage) -> None:
    """One within the week, one that waits too long."""
    for kind, name, code, contact, phone, wants, ago in WAIT:
        with stage.on(clock.today() - timedelta(days=ago)), stage.write():
            said = NewUnit(kind, name, stage.county_id, code)
            actions.apply(Applied(said, contact, phone, wants), by=ANYBODY)
