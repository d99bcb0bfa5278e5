"""Whoever has a case in hand says which files it concerns."""

from __future__ import annotations

from sqlalchemy import delete

from jiedui.access.rules import Actor
from jiedui.children.rules import file_number
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.protection.models import CaseChild, ProtectionCase
from jiedui.protection.queries import cases as find
from jiedui.protection.queries import concerned as queries
from jiedui.protection.rules.case import CaseRefusal, Stage


def name_file(case_id: int, number: str, *, by: Actor) -> CaseChild:
    """Say that a case concerns this file (C-0001). Refuses a number that no file of the county has,
    one that is named already, and a case that is closed."""
    case = _running(case_id, by)
    told = file_number(number)
    child = None if told is None else queries.file_in(told, case.county_id)
    if child is None:
        raise Refusal(CaseRefusal.no_such_file, "number")
    if any(one.child_id == child.id for one in queries.files_of(case_id)):
        raise Refusal(CaseRefusal.named_already, "number")
    one = CaseChild(
        county_id=case.county_id, case_id=case.id, child=child, named_by=by.account_id,
        named_at=clock.now(),
    )  # fmt: skip
    db.session.add(one)
    audit.record(Act.case_file_named, case, by=by)
    return one


def take_file_off(case_id: int, child_id: int, *, by: Actor) -> None:
    """It was another child's. Refuses a case that is closed, and a file that is not named."""
    case = _running(case_id, by)
    for one in queries.files_of(case_id):
        if one.child_id == child_id:
            db.session.delete(one)
            audit.record(Act.case_file_off, case, by=by)
            return
    raise Refusal(CaseRefusal.no_such_file, "number")


def _running(case_id: int, by: Actor) -> ProtectionCase:
    db.lock(ProtectionCase, case_id)
    case = find.get_for(case_id, by)
    if case.stage is Stage.closed:
        raise Refusal(CaseRefusal.not_now)
    return case


def forget_file(child_id: int) -> None:
    """A file that is cleared is in no case any more. A step of an act."""
    db.session.execute(delete(CaseChild).where(CaseChild.child_id == child_id))
