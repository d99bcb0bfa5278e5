"""What a child may have and how far it has come; the lists of the work, by village."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.care.models.support import SupportCase, SupportStep
from jiedui.care.rules.support import (
    RULES,
    TO_CLAIM,
    Situation,
    Support,
    SupportState,
    Task,
    Verdict,
    Way,
    facts_of,
    judge,
    judged,
    rule_on,
)
from jiedui.children.models import Child
from jiedui.children.queries.circumstances import circumstances
from jiedui.children.rules import Known
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.regions.models import Region
from jiedui.regions.queries import ids_within

AT_ONCE = 50
SERVICES = frozenset(rule.code for rule in RULES if rule.kind is Way.service)
# What a county has an amount for.
WITH_AMOUNT = frozenset(Support) - SERVICES - {Support.exemptions, Support.boarding_place}


def situation(child: Child) -> Situation:
    """A file as far as support asks for it."""
    return Situation(
        circumstances=circumstances(child),
        categories=child.living_categories,
        stage=child.school_stage,
        boarding=child.boarding,
        grade=child.detail.disability_grade,
        income=child.household.income,
        ill=bool(child.detail.illness),
    )


@dataclass(frozen=True)
class Entitled:
    """One support on a child's file: what the rules say, and how far it has come."""

    verdict: Verdict
    case: SupportCase | None

    @property
    def state(self) -> SupportState | None:
        """How far it has come; None before anybody has begun."""
        return self.case.state if self.case else None

    @property
    def shown(self) -> bool:
        """Whether it stands open on the file: a yes, or something that has begun."""
        return self.verdict.answer is Known.yes or self.state not in (None, SupportState.eligible)


def entitled(child: Child) -> list[Entitled]:
    """Every support, as the rules answer today, with what has come of it."""
    today = clock.today()
    facts, cases = facts_of(situation(child), today), cases_of(child.id)
    found = []
    for verdict in judged(facts, today):
        one = cases.get(verdict.code)
        if one is not None and one.state is SupportState.granted:
            verdict = judge(verdict.rule, facts, granted=True)
        found.append(Entitled(verdict, one))
    return found


def verdict_of(one: SupportCase) -> Verdict | None:
    """What the rules say of a support today, and why; None when none is in force."""
    today = clock.today()
    rule = rule_on(one.code, today)
    if rule is None:
        return None
    facts = facts_of(situation(one.child), today)
    return judge(rule, facts, granted=one.state is SupportState.granted)


def cases_of(child_id: int) -> dict[Support, SupportCase]:
    """A child's supports, by which."""
    found = select(SupportCase).where(SupportCase.child_id == child_id)
    return {one.code: one for one in db.session.scalars(found.order_by(SupportCase.id))}


def _whole() -> Select[Any]:
    child = joinedload(SupportCase.child)
    return select(SupportCase).options(child.joinedload(Child.village).joinedload(Region.parent))


def support_case(case_id: int) -> SupportCase:
    """The support with this id; raise Missing."""
    found = _whole().where(SupportCase.id == case_id).options(selectinload(SupportCase.steps))
    one: SupportCase | None = db.session.scalar(found)
    if one is None:
        raise Missing
    return one


def steps_of(child_id: int) -> list[SupportStep]:
    """Every step of a child's supports, each with its support."""
    found = select(SupportStep).join(SupportCase).where(SupportCase.child_id == child_id)
    return list(db.session.scalars(found.options(joinedload(SupportStep.case))))


def task_now(today: date) -> ColumnElement[Any]:
    """The list of the work that a SupportCase stands in (care.rules.support.task_of as SQL)."""
    one, yes, no = SupportCase, SupportCase.answer == Known.yes, SupportCase.answer == Known.no
    wanted = and_(one.state.in_(TO_CLAIM), yes)
    granted = one.state == SupportState.granted
    return case(
        (and_(wanted, one.code.in_(SERVICES)), Task.due.value),
        (wanted, Task.claim.value),
        (one.state == SupportState.applied, Task.decision.value),
        (and_(granted, no), Task.doubt.value),
        (and_(granted, one.reported), Task.reported.value),
        (and_(granted, one.due <= today), Task.due.value),
        else_=None,
    )


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    task: Task
    code: Support | None = None
    region_id: int | None = None


def _within(actor: Actor, region_id: int | None = None) -> ColumnElement[bool]:
    inside = Child.village_id.in_(ids_within(actor.scope))
    if region_id is None:
        return inside
    region = db.session.get(Region, region_id)
    path = region.path if region is not None else "-"
    return and_(inside, Child.village_id.in_(ids_within(path)))


def _narrowed(actor: Actor, wanted: Wanted) -> Select[Any]:
    found = _whole().join(Child, SupportCase.child_id == Child.id)
    found = found.where(
        task_now(clock.today()) == wanted.task.value, _within(actor, wanted.region_id)
    )
    return found.where(SupportCase.code == wanted.code) if wanted.code else found


def work(actor: Actor, wanted: Wanted, number: int = 1) -> list[SupportCase]:
    """One page of a list of the work: by village, what is due first, then by child."""
    found = _narrowed(actor, wanted).join(Region, Region.id == Child.village_id)
    late = case((SupportCase.due.is_(None), 1), else_=0)
    order = (Region.code, late, SupportCase.due, SupportCase.child_id, SupportCase.id)
    page = found.order_by(*order).limit(AT_ONCE).offset((number - 1) * AT_ONCE)
    return list(db.session.scalars(page))


def how_many(actor: Actor, wanted: Wanted) -> int:
    """How many stand in a list of the work."""
    ids = _narrowed(actor, wanted).with_only_columns(SupportCase.id).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


@dataclass(frozen=True)
class Load:
    """How much of one task waits, since when, and by when the first is due."""

    count: int
    since: date
    due: date | None


def load(actor: Actor) -> dict[Task, Load]:
    """What waits in a region, by task."""
    task = task_now(clock.today()).label("task")
    found = (
        select(task, func.count(), func.min(SupportCase.since), func.min(SupportCase.due))
        .join(Child, SupportCase.child_id == Child.id)
        .where(_within(actor), or_(SupportCase.state.in_((*TO_CLAIM, "applied", "granted"))))
        .group_by(task)
    )
    rows = db.session.execute(found)
    return {Task(name): Load(n, since, due) for name, n, since, due in rows if name is not None}


def granted(actor: Actor, code: Support) -> list[SupportCase]:
    """Who has a support in the actor's region, by id."""
    found = _whole().join(Child, SupportCase.child_id == Child.id)
    found = found.where(
        SupportCase.code == code, SupportCase.state == SupportState.granted, _within(actor)
    )
    return list(db.session.scalars(found.order_by(SupportCase.id)))


def chosen(ids: Iterable[int], actor: Actor) -> list[SupportCase]:
    """Those of these supports that lie in the actor's region, by id."""
    found = _whole().join(Child, SupportCase.child_id == Child.id)
    found = found.where(SupportCase.id.in_(list(ids)), _within(actor))
    return list(db.session.scalars(found.order_by(SupportCase.id)))
