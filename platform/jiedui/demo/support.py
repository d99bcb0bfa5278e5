"""Support in the demo county: amounts that are invented and say so, grants in every state, and a
few pupils whom their schools have missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.care.actions import absences, standards
from jiedui.care.actions import support as actions
from jiedui.care.actions.support import Decision
from jiedui.care.queries import absences as away
from jiedui.care.queries import support as kept
from jiedui.care.queries.support import Wanted
from jiedui.care.rules.absences import AbsenceEnd
from jiedui.care.rules.support import (
    EndedWhy,
    Mark,
    Per,
    RefusedWhy,
    Standard,
    Support,
    SupportState,
    Task,
)
from jiedui.children import actions as children
from jiedui.children import queries as ledger
from jiedui.children.actions import DetailSaid, GuardianSaid
from jiedui.children.rules import Category, Disability, Relation
from jiedui.core import clock
from jiedui.demo.acts import BATCH, Stage
from jiedui.partners import actions as partners
from jiedui.partners import queries as places
from jiedui.partners.rules import NewPlace, PlaceKind
from jiedui.regions import queries as regions

SOURCE = "演示数据：示例县民政局〔示例〕第%d号（金额为虚构）"
AMOUNTS = (  # yuan a month: last year's and this year's, both invented
    (Support.minimum_allowance, 555, 580),
    (Support.destitution_support, 777, 800),
    (Support.orphan_allowance, 1111, 1234),
    (Support.unattended_allowance, 1111, 1234),
    (Support.disability_living, 77, 88),
    (Support.disability_nursing, 77, 88),
)


def play(stage: Stage) -> None:
    """The whole of it, from the first weeks until yesterday."""
    today = clock.today()
    with stage.read():
        civil = stage.official(Role.coordinator, "civil_affairs")
    with stage.on(today - timedelta(days=338)), stage.write():
        for number, (code, last, now) in enumerate(AMOUNTS, start=1):
            for starts, yuan in ((today.year - 1, last), (today.year, now)):
                said = Standard(code, date(starts, 1, 1), yuan * 100, Per.month, SOURCE % number)
                standards.set_standard(said, by=civil)
    _disabilities(stage, civil, today - timedelta(days=337))
    _looked_after(stage, civil, today - timedelta(days=200))
    _applied(stage, civil, today)
    _schools(stage, civil, today)


def _all(civil: Actor, task: Task, code: Support) -> list[Any]:
    """Everybody in a list of the work."""
    wanted, found, number = Wanted(task, code), [], 1
    while rows := kept.work(civil, wanted, number):
        found += rows
        number += 1
    return found


def _township(stage: Stage, child: Any) -> Actor:
    return stage.official(Role.township_supervisor, f"{child.village.code[:9]}000")


def _director(stage: Stage, child: Any) -> Actor:
    return stage.official(Role.child_director, child.village.code)


def _disabilities(stage: Stage, civil: Actor, day: date) -> None:
    """What the certificate says is put on file: now the rules can answer."""
    with stage.on(day), stage.write():
        rows = ledger.page(civil, ledger.Filter(category=Category.disabled))[0][:20]
        for number, child in enumerate(rows):
            kind = tuple(Disability)[number % len(Disability)]
            said = DetailSaid(rural=True, disability=kind, disability_grade=number % 4 + 1)
            children.change_detail(child, said, by=_director(stage, child))


def _looked_after(stage: Stage, civil: Actor, day: date) -> None:
    """Most check-ups are done, most of what files say is confirmed; some are left."""
    for task, code in (
        (Task.due, Support.check_up),
        (Task.due, Support.insurance_aid),
        (Task.reported, Support.minimum_allowance),
    ):
        with stage.on(day):
            with stage.read():
                ids = [one.id for n, one in enumerate(_all(civil, task, code)) if n % 7]
            for start in range(0, len(ids), BATCH):
                with stage.write():
                    _mark(stage, kept.chosen(ids[start : start + BATCH], civil), Mark.done)


def _mark(stage: Stage, cases: Sequence[Any], said: Mark) -> None:
    for one in cases:
        by = _township(stage, one.child)
        actions.mark([one], said, clock.today(), by=by)


def _applied(stage: Stage, civil: Actor, today: date) -> None:
    """Of those who may claim, most have applied; each state has somebody in it."""
    for code in (
        Support.unattended_allowance,
        Support.disability_nursing,
        Support.living_subsidy,
    ):
        with stage.on(today - timedelta(days=120)), stage.write():
            rows = _all(civil, Task.claim, code)
            _mark(stage, rows[2:], Mark.told)
            _mark(stage, rows[4:-2], Mark.applied)
            asked = [one.id for one in rows[4:-2]]
        with stage.on(today - timedelta(days=90)), stage.write():
            for number, one in enumerate(kept.chosen(asked[2:], civil)):
                _decide(one, number, civil)
        with stage.on(today - timedelta(days=8)), stage.write():
            late = kept.chosen([one.id for one in rows[-2:]], civil)
            _mark(stage, late, Mark.applied)
    with stage.on(today - timedelta(days=12)), stage.write():
        _back_from_prison(stage, civil)


def _decide(one: Any, number: int, civil: Actor) -> None:
    on = clock.today()
    if number % 9 == 3:
        said = Decision(SupportState.refused, on, refused_why=RefusedWhy.papers)
    else:
        said = Decision(SupportState.granted, on)
    actions.decide(one, said, by=civil)
    if number % 9 == 5:
        over = Decision(SupportState.ended, on, ended_why=EndedWhy.moved_away)
        actions.decide(one, over, by=civil)


def _back_from_prison(stage: Stage, civil: Actor) -> None:
    """A father is home again: the allowance that was granted is to be looked into."""
    for one in kept.granted(civil, Support.unattended_allowance)[:2]:
        home = one.child.household
        father = next(g for g in home.guardians if g.relation is Relation.father)
        said = GuardianSaid(father.name, Relation.father, is_carer=False)
        children.change_guardian(father, said, by=_director(stage, one.child))


def _schools(stage: Stage, civil: Actor, today: date) -> None:
    """Each of two schools has an account, and has missed some pupils."""
    with stage.read():
        towns = [
            (town.code, town.path)
            for town in regions.townships(regions.get(stage.county_id).path)
            if stage.staff.of(Role.school_worker, town.code)
        ]
    for code, path in towns:
        with stage.read():
            teacher = stage.actor(stage.staff.of(Role.school_worker, code)[0])
            township = stage.official(Role.township_supervisor, code)
        with stage.on(today - timedelta(days=330)), stage.write():
            place = places.places_in(path, PlaceKind.school)[0]
            said = NewPlace(place.kind, place.name, place.region_id, unit_id=teacher.unit_id)
            partners.change_place(place, said, by=civil)
        _missed(stage, teacher, township, today)


def _missed(stage: Stage, teacher: Actor, township: Actor, today: date) -> None:
    with stage.read():
        rows = [c for c in ledger.page(township, ledger.Filter())[0][:20] if c.school_id][:5]
        pupils = [(c.id, c.name, c.birth_date) for c in rows]
    for number, (child_id, name, born) in enumerate(pupils):
        ago = (60, 33, 20, 9, 1)[number]
        with stage.on(today - timedelta(days=ago - 1)), stage.write():
            since = clock.today() - timedelta(days=1)
            absences.report_absence(name, since, born, by=teacher)
        if number < 3:
            how = (AbsenceEnd.returned, AbsenceEnd.transferred, AbsenceEnd.ill_at_home)[number]
            with stage.on(today - timedelta(days=ago - 4)), stage.write():
                found = [a for a in away.away(township) if a.child_id == child_id]
                absences.end_absence(found[0], how, clock.today(), by=township)
