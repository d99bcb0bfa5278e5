"""A support follows the facts; it is told of, applied for, granted, looked at again, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor, Role
from jiedui.care.models.support import SupportCase, SupportStep
from jiedui.care.queries import standards, support
from jiedui.care.rules.support import (
    BY_VILLAGE,
    DECIDED,
    ONE_OF,
    TO_CLAIM,
    EndedWhy,
    Facts,
    Mark,
    RefusedWhy,
    Rule,
    Support,
    SupportRefusal,
    SupportState,
    Verdict,
    Way,
    done_at_once,
    facts_of,
    judge,
    judged,
    move_fault,
    newest_rule,
    notice_ends,
    renews_on,
    rule_on,
    starts_usually,
)
from jiedui.children.models import Child
from jiedui.children.rules import Category, ChildState, Known
from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import By, Someone
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import FileChanged, SheetTaken

# What a household is said to get already counts as granted, until somebody has confirmed it.
REPORTED = {
    Category.minimum_allowance: Support.minimum_allowance,
    Category.destitution_support: Support.destitution_support,
}
FOLLOW, OF_FILES = "care.support", ("national", "bureau")
LISTED = frozenset({Way.claim, Way.service})
STATE_OF = {
    Mark.told: SupportState.told,
    Mark.applied: SupportState.applied,
    Mark.done: SupportState.granted,
}


@dataclass(frozen=True)
class Decision:
    """What was decided on a day. `starts` (None: as the law has it) and `amount_fen` go with a
    grant, a reason with a refusal or an end."""

    state: SupportState
    on: date
    starts: date | None = None
    amount_fen: int | None = None
    refused_why: RefusedWhy | None = None
    ended_why: EndedWhy | None = None


def follow_facts(child: Child) -> int:
    """Let a child's supports follow the file as it is today: what it may newly claim is listed,
    what it has is looked at again, what it is said to get counts as granted until confirmed.
    Returns how many rows are new or answer differently."""
    today, cases = clock.today(), support.cases_of(child.id)
    facts, changed = facts_of(support.situation(child), today), 0
    verdicts = {one.code: one for one in judged(facts, today)}
    for code, one in cases.items():
        answer = _answer(one, verdicts.get(code), facts)
        changed += one.answer is not answer
        one.answer = answer
    for code, verdict in verdicts.items():
        new = code not in cases and child.state is ChildState.open
        if new and verdict.answer is Known.yes and verdict.rule.kind in LISTED:
            cases[code] = _begin(child, code, Known.yes)
            changed += 1
    return changed + _as_reported(child, cases)


def _answer(one: SupportCase, verdict: Verdict | None, facts: Facts) -> Known:
    """A closed file and a rule that is no longer in force give nothing."""
    if verdict is None or one.child.state is not ChildState.open:
        return Known.no
    if one.state is SupportState.granted:
        return judge(verdict.rule, facts, granted=True).answer
    return verdict.answer


def on_file_changed(happening: FileChanged) -> None:
    """A file has changed: so may have what the child may claim."""
    child = db.session.get(Child, happening.child_id)  # it has just been written: no new look
    if child is not None:
        follow_facts(child)


def on_sheet_taken(happening: SheetTaken) -> None:
    """Thousands of files may have changed: the worker looks at what their children may claim, as
    it does every morning."""
    if happening.kind.startswith(OF_FILES):
        by = Someone("sheet", happening.account_id)
        jobs.ask(FOLLOW, by=by, county_id=happening.county_id, county=happening.county_id)


def _begin(child: Child, code: Support, answer: Known) -> SupportCase:
    one = SupportCase(
        county_id=child.county_id,
        child=child,
        code=code,
        state=SupportState.eligible,
        answer=answer,
        since=clock.today(),
    )
    db.session.add(one)
    return one


def _as_reported(child: Child, cases: dict[Support, SupportCase]) -> int:
    if child.state is not ChildState.open:
        return 0
    said, number = {c.category: c for c in child.categories if c.ends is None}, 0
    for category, code in REPORTED.items():
        one = cases.get(code)
        if category not in said or (one is not None and one.state not in TO_CLAIM):
            continue
        if code in ONE_OF and _living_one_of(cases.values()):
            continue
        one = one or _begin(child, code, Known.yes)
        old, one.state, one.reported = one.state, SupportState.granted, True
        one.granted_from, one.since, one.answer = said[category].starts, clock.today(), Known.yes
        cases[code], number = one, number + 1
        _step(one, old, clock.today(), None)
    return number


def _living_one_of(cases: Iterable[SupportCase]) -> bool:
    return any(c.code in ONE_OF and c.state is SupportState.granted for c in cases)


def open_case(child: Child, code: Support, *, by: By) -> SupportCase:
    """Somebody looks into a support that does not follow from the facts by itself: the family
    wishes it, or a fact is missing. Gives the one there is. Refuses a closed file, and what needs
    no application or has no rule today."""
    if child.state is not ChildState.open:
        raise Refusal(SupportRefusal.file_closed)
    rule = rule_on(code, clock.today())
    if rule is None or rule.kind is Way.itself:
        raise Refusal(SupportRefusal.not_in_force)
    known = support.cases_of(child.id).get(code)
    if known is not None:
        return known
    facts = facts_of(support.situation(child), clock.today())
    one = _begin(child, code, judge(rule, facts).answer)
    audit.record(Act.support_moved, one, by=by, code=code, old="", new=one.state)
    return one


def mark(
    cases: Iterable[SupportCase],
    said: Mark,
    on: date,
    *,
    by: Actor,
    versions: Mapping[int, int] | None = None,
) -> list[SupportCase]:
    """Say the same of several supports: that the families were told or have applied, or that it
    is done (a check-up) or still right (a grant looked at again). What changed since the page was
    made is left as it is. Returns those that were marked; refuses an empty choice, a day to come,
    and what may not follow or is not a village's to say."""
    cases = sorted(cases, key=lambda one: one.id)
    if not cases:
        raise Refusal(SupportRefusal.nothing_ticked, "cases")
    if on > clock.today():
        raise Refusal(SupportRefusal.day_in_future, "on")
    good = []
    for one in cases:
        db.lock(SupportCase, one.id)
        if versions is None or versions.get(one.id) == one.version:
            _mark(one, STATE_OF[said], on, by)
            good.append(one)
    return good


def _mark(one: SupportCase, new: SupportState, on: date, by: Actor) -> None:
    rule = _rule(one)
    fault = move_fault(rule, one.state, new)
    if fault is not None:
        raise Refusal(fault, "cases")
    _check_who(rule, new, by)
    if new is SupportState.granted:
        _grant(one, rule, Decision(new, on, one.granted_from, one.amount_fen), by)
    else:
        if new is SupportState.applied:
            one.applied_on, one.due = on, _decide_by(rule, on)
        _move(one, Decision(new, on), by)


def _check_who(rule: Rule, new: SupportState, by: Actor) -> None:
    village = by.role is Role.child_director
    if village and new not in BY_VILLAGE and not done_at_once(rule):
        raise Refusal(SupportRefusal.not_by_village, "cases")


def decide(case: SupportCase, said: Decision, *, by: Actor, version: int | None = None) -> None:
    """Write down what was decided: granted (or granted anew), refused, ended. Refuses an older
    page, what may not follow, a reason or day that is missing or cannot be, and a second one of
    the three allowances of which a child has one."""
    db.lock(SupportCase, case.id)
    fresh(case.version, version)
    rule = _rule(case) if said.state is not SupportState.ended else newest_rule(case.code)
    if said.state not in DECIDED:
        raise Refusal(SupportRefusal.not_now, "state")
    fault = move_fault(rule, case.state, said.state)
    if fault is not None:
        raise Refusal(fault, "state")
    _check_who(rule, said.state, by)
    _check_said(case, said)
    if said.state is SupportState.granted:
        _grant(case, rule, said, by)
    else:
        _move(case, said, by)
        case.due = None


def _check_said(case: SupportCase, said: Decision) -> None:
    if said.on > clock.today():
        raise Refusal(SupportRefusal.day_in_future, "on")
    if case.applied_on is not None and said.on < case.applied_on:
        raise Refusal(SupportRefusal.before_application, "on")
    if said.state is SupportState.refused and said.refused_why is None:
        raise Refusal(SupportRefusal.reason_missing, "refused_why")
    if said.state is SupportState.ended and said.ended_why is None:
        raise Refusal(SupportRefusal.reason_missing, "ended_why")


def _grant(one: SupportCase, rule: Rule, said: Decision, by: Actor) -> None:
    if one.code in ONE_OF:
        others = [c for c in support.cases_of(one.child_id).values() if c.id != one.id]
        if _living_one_of(others):
            raise Refusal(SupportRefusal.one_of_three, "state")
    starts = said.on if done_at_once(rule) else said.starts or starts_usually(rule, said.on)
    if rule_on(one.code, starts) is None:
        raise Refusal(SupportRefusal.not_in_force, "starts")
    amount = said.amount_fen
    if amount is None and not done_at_once(rule):
        held = standards.held_on(one.county_id, one.code, starts)
        amount = held.fen if held is not None and one.code in ONE_OF else None
    _move(one, said, by, amount)
    one.granted_from, one.amount_fen, one.due = starts, amount, renews_on(rule, said.on)
    if rule.keeps is not None and one.child.state is ChildState.open:
        facts = facts_of(support.situation(one.child), clock.today())
        one.answer = judge(rule, facts, granted=True).answer


def _move(one: SupportCase, said: Decision, by: By, amount: int | None = None) -> None:
    old, one.state, one.since, one.reported = one.state, said.state, said.on, False
    one.refused_why, one.ended_why = said.refused_why, said.ended_why
    if said.state is SupportState.granted:
        one.granted_from = one.granted_from or said.on
    else:
        one.amount_fen = None
    _step(one, old, said.on, by.account_id, amount)
    audit.record(Act.support_moved, one, by=by, code=one.code, old=old, new=one.state)


def _step(
    one: SupportCase, old: SupportState, on: date, who: int | None, amount: int | None = None
) -> None:
    one.steps.append(
        SupportStep(
            county_id=one.county_id,
            at=clock.now(),
            on=on,
            by_account=who,
            old=old,
            new=one.state,
            amount_fen=amount,
            refused_why=one.refused_why,
            ended_why=one.ended_why,
            reported=one.reported,
        )
    )


def _rule(one: SupportCase) -> Rule:
    rule = rule_on(one.code, clock.today())
    if rule is None:
        raise Refusal(SupportRefusal.not_in_force)
    return rule


def _decide_by(rule: Rule, applied: date) -> date | None:
    if rule.days is None:
        return None
    return notice_ends(rule, clock.working_days_after(applied, rule.days))
