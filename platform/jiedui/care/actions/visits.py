"""A visit is recorded: levels move, failing guardianship is reported, in the same step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.care.models.visits import Visit, VisitChild, VisitFinding
from jiedui.care.rules.visits import (
    Helped,
    Said,
    VisitRefusal,
    level_after,
    proposes_less,
    visit_fault,
)
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.models import Child, Household
from jiedui.children.rules import ChildState, RiskLevel, lowers
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.protection import actions as protection
from jiedui.protection.actions import Worry


@dataclass(frozen=True)
class VisitSaid:
    """A visit as it was told. `seen` are the children met (ids), `about` those whom findings and
    proposal are about (empty: all of the house). `told` is what a report says of the findings in
    words, should one be needed."""

    said: Said
    on_day: date
    seen: frozenset[int] = frozenset()
    about: frozenset[int] = frozenset()
    helped: Helped | None = None
    proposed: RiskLevel | None = None
    words: str | None = None
    told: str = ""


def record_visit(home: Household, told: VisitSaid, *, by: By) -> Visit:
    """Keep a visit; levels rise at once, and a failing guardianship is reported in the same step.

    Refuses a house without open files, a day to come or long past, children of another house, and
    a house where people were met and nothing is said of them. A lower level that is proposed
    waits for the township, unless the township made the visit."""
    return _keep(home, told, None, by)


def correct_visit(old: Visit, told: VisitSaid, *, by: By, version: int | None = None) -> Visit:
    """Record a visit once more, as it should have read; the first record stays and counts no
    more. What it has set off stays: only the township lowers a level, and a report is never
    dropped. Refuses as record_visit does, and an older page."""
    db.lock(Visit, old.id)
    fresh(old.version, version)
    if old.superseded:
        raise Refusal(VisitRefusal.corrected_already)
    old.superseded = True
    db.session.flush()
    return _keep(old.household, told, old, by)


def _keep(home: Household, told: VisitSaid, old: Visit | None, by: By) -> Visit:
    kids = [child for child in home.children if child.state is ChildState.open]
    here = frozenset(child.id for child in kids)
    fault = visit_fault(told.said, told.on_day, told.seen, here, clock.today())
    if fault is None and not told.about <= here:
        fault = VisitRefusal.not_of_this_house, "about"
    if fault is not None:
        raise Refusal(*fault)
    visit = _written(home, told, old, by)
    for child in kids:
        row = VisitChild(child=child, seen=child.id in told.seen)
        row.concerned = child.id in (told.about or here)
        visit.children.append(row)
    db.session.add(visit)
    db.session.flush()  # levels are lowered by a visit on record
    if old is None:
        audit.record(Act.visit_made, visit, by=by, outcome=visit.outcome)
    else:
        facts = {"outcome": visit.outcome, "corrects": old.id}
        audit.record(Act.visit_corrected, visit, by=by, **facts)
    _levels(visit, told, by)
    return visit


def _written(home: Household, told: VisitSaid, old: Visit | None, by: By) -> Visit:
    said = told.said
    return Visit(
        county_id=home.county_id,
        household=home,
        on_day=told.on_day,
        kept_at=clock.now(),
        by_account=by.account_id,
        outcome=said.found,
        doing=said.doing,
        carer=said.carer,
        contact=said.contact,
        helped=told.helped,
        proposed=told.proposed,
        words=told.words or None,
        failing=said.failing,
        report_id=_report(home, told, old, by) if said.failing else None,
        corrects_id=old.id if old else None,
        findings=[VisitFinding(noticed=one) for one in said.findings],
    )


def _report(home: Household, told: VisitSaid, old: Visit | None, by: By) -> int:
    """The report of a failing guardianship: of the visit that is corrected, where it had one."""
    if old is not None and old.report_id is not None:
        return old.report_id
    files = " ".join(child.code for child in home.children if child.state is ChildState.open)
    worry = Worry(
        what="\n".join(filter(None, (told.told, told.words))),
        where=" · ".join(filter(None, (home.village.full_name, home.address, files))),
        reporter="",
        address=f"household {home.id}",  # a day with many visits is no flood
        account_id=by.account_id,
    )
    report = protection.receive(worry, home.county_id)
    db.session.flush()
    return report.id


def _levels(visit: Visit, told: VisitSaid, by: By) -> None:
    role = by.role if isinstance(by, Actor) else None
    least = told.said.least
    for row in visit.children:
        if not row.concerned:
            continue
        child = row.child
        less = proposes_less(child.risk, least, told.proposed)
        # What was seen before the level was set says nothing about it.
        less = less and row.seen and visit.on_day >= children.level_set_on(child)
        may_lower = less and lowers(role)
        level = level_after(child.risk, least, told.proposed, may_lower=may_lower)
        if level is not child.risk:
            ledger.move_risk(child, level, by=by)
        elif less:
            visit.asks_less = True


def settle_level(visit: Visit, lower: bool, *, by: Actor, version: int | None = None) -> int:
    """The township decides on a lower level that a visit proposes: it holds from now on for the
    children seen, or it stays as it is. Returns how many levels were lowered. Refuses an older
    page, and where nothing waits to be decided."""
    db.lock(Visit, visit.id)
    fresh(visit.version, version)
    if not visit.asks_less or visit.settled_at is not None or visit.superseded:
        raise Refusal(VisitRefusal.nothing_proposed)
    visit.settled_at = clock.now()
    moved = [row.child for row in visit.children if _is_lowered(visit, row)] if lower else []
    for child in moved:
        ledger.move_risk(child, _wanted(visit), by=by)
    audit.record(Act.visit_level_settled, visit, by=by, lowered=bool(moved))
    return len(moved)


def _wanted(visit: Visit) -> RiskLevel:
    return visit.proposed or RiskLevel.red


def _is_lowered(visit: Visit, row: VisitChild) -> bool:
    child: Child = row.child
    lower = proposes_less(child.risk, visit.said.least, visit.proposed)
    return row.seen and row.concerned and child.state is ChildState.open and lower
