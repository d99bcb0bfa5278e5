"""Reports and their cases for tests, through the actions."""

from __future__ import annotations

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.protection import actions
from jiedui.protection.actions import Worry, cases
from jiedui.protection.models import ProtectionCase, Report
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import (
    DONE,
    Ending,
    LegalGround,
    Placement,
    Situation,
    Stage,
    StepSaid,
    Suspect,
    Triage,
)
from tests import people
from tests.people import Person

WHAT = "孩子手臂上有很多旧伤"
DETAILS = {
    Stage.police_told: {"officer": "城关派出所 丁警官", "number": "受案2026-0001"},
    Stage.placed: {"placement": Placement.kin},
    Stage.intervened: {"ground": LegalGround.admonished},
}


def officer() -> Person:
    """A duty officer of the county."""
    return people.appoint(Role.duty_officer, name="丘值班")


def civil() -> Person:
    """Somebody of civil affairs of the county."""
    return people.appoint(Role.coordinator, office=Office.civil_affairs, name="甄民政")


def report(what: str = WHAT, *, by: Person | None = None, helper_id: int | None = None) -> int:
    """A report that has just come; its id."""
    with db.write():
        county = people.region(people.COUNTY).id
        who = by.account_id if by else None
        worry = Worry(what, "上村", "", "203.0.113.9", account_id=who, helper_id=helper_id)
        return actions.receive(worry, county).id


def case(
    by: Person,
    *,
    report_id: int | None = None,
    situation: Situation = Situation.injuries,
    suspect: Suspect = Suspect.guardian,
    village: str | None = None,
    sealed: bool = False,
) -> int:
    """A case that was just opened on a report; its id."""
    number = report_id or report()
    with db.write():
        actions.take_up(number, by=by.actor())
        region = people.region(village).id if village else None
        said = Triage(situation, suspect, region, sealed=sealed)
        one = cases.open_case(number, said, by=by.actor())
        db.session.flush()
        return one.id


def step(case_id: int, stage: Stage, *, by: Person) -> None:
    """One stage, done just now."""
    with db.write():
        said = StepSaid(stage, clock.now(), "已办", **DETAILS.get(stage, {}))  # type: ignore[arg-type]
        cases.step(case_id, said, by=by.actor())


def brought_to(case_id: int, stage: Stage, *, by: Person) -> None:
    """Every stage until this one, done; "closing" is proposed."""
    for one in DONE:
        step(case_id, one, by=by)
        if one is stage:
            return
    with db.write():
        ending = Ending(ReportOutcome.visited, "孩子安全", "谢谢您，已有人照看。")
        cases.propose_end(case_id, ending, by=by.actor())


def stood(case_id: int) -> tuple[Stage, str]:
    """How a case stands, and its report."""
    with db.read():
        one = db.session.get_one(ProtectionCase, case_id)
        return one.stage, db.session.get_one(Report, one.report_id).state.value
