"""What the world knows of support: a check-up that is due, an amount of the county, a girl whom her
school has reported absent."""

from __future__ import annotations

from datetime import timedelta

from jiedui.care.actions import absences, standards
from jiedui.care.queries import support
from jiedui.care.rules.support import Per, Standard, Support
from jiedui.core import clock, db
from tests.house.world import SCHOOLED, World


def make(world: World) -> None:
    """The first girl is to be looked at by a doctor, and has not come to school."""
    with db.read():
        due = support.cases_of(world.things["child"])[Support.check_up]
        world.things["support case"] = due.id
    office = world.people["civil_affairs", "here"]
    teacher = world.people["school_worker", "here"]
    today = clock.today()
    with db.write():
        said = Standard(Support.orphan_allowance, today, 120_000, Per.month, "北试民字〔2026〕1号")
        row = standards.set_standard(said, by=office.actor())
        since = today - timedelta(days=1)
        absence = absences.report_absence(SCHOOLED[0], since, None, by=teacher.actor())
        db.session.flush()
        world.things |= {"standard": row.id, "absence": absence.id}
