"""How far a support has come for a child, what may follow, and every no."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from jiedui.care.rules.support.table import Rule, Way
from jiedui.children.rules import Known
from jiedui.core.months import months_after
from jiedui.core.states import Transitions


class SupportState(StrEnum):
    """How far it has come."""

    eligible = "eligible"
    told = "told"
    applied = "applied"
    granted = "granted"
    refused = "refused"
    ended = "ended"


# Granted may follow granted: looked at again, or done once more (a check-up).
SUPPORT_MOVES = Transitions(
    {
        SupportState.eligible: {SupportState.told, SupportState.applied, SupportState.granted},
        SupportState.told: {SupportState.applied, SupportState.granted},
        SupportState.applied: {SupportState.granted, SupportState.refused, SupportState.ended},
        SupportState.granted: {SupportState.granted, SupportState.ended},
        SupportState.refused: {SupportState.told, SupportState.applied},
        SupportState.ended: {SupportState.told, SupportState.applied},
    }
)
TO_CLAIM = frozenset({SupportState.eligible, SupportState.told})
# What a village may mark: what it has said to a family, and that the family has applied.
BY_VILLAGE = frozenset({SupportState.told, SupportState.applied})
# What only a decision brings about.
DECIDED = frozenset({SupportState.granted, SupportState.refused, SupportState.ended})


class RefusedWhy(StrEnum):
    """Why an application was refused."""

    income = "income"
    property = "property"
    not_the_group = "not the group"
    papers = "papers"
    other_support = "other support"
    elsewhere = "elsewhere"
    other = "other"


class EndedWhy(StrEnum):
    """Why a support ended, or an application went no further."""

    parent_able = "parent able"
    grown_up = "grown up"
    left_school = "left school"
    income = "income"
    other_support = "other support"
    moved_away = "moved away"
    family_wish = "family wish"
    died = "died"
    by_mistake = "by mistake"
    file_closed = "file closed"


class Task(StrEnum):
    """What is to be done about a support; the lists of the work."""

    claim = "claim"
    due = "due"
    decision = "decision"
    doubt = "doubt"
    reported = "reported"


class Mark(StrEnum):
    """What can be said of many at once."""

    told = "told"
    applied = "applied"
    done = "done"


class SupportRefusal(StrEnum):
    """Why something about support is refused."""

    nothing_ticked = "nothing ticked"
    not_now = "not now"
    not_by_village = "not by village"
    day_in_future = "day in future"
    before_application = "before application"
    reason_missing = "reason missing"
    one_of_three = "one of three"
    not_in_force = "not in force"
    file_closed = "file closed"
    needs_a_decision = "needs a decision"
    standard_taken = "standard taken"


def first_of_next_month(day: date) -> date:
    """The first day of the month after."""
    return months_after(day.replace(day=1), 1)


def starts_usually(rule: Rule, decided: date) -> date:
    """The first day of a grant decided on a day (民发〔2019〕62号: from the next month)."""
    return first_of_next_month(decided) if rule.next_month else decided


def renews_on(rule: Rule, seen: date) -> date | None:
    """When somebody has to look again (or to do it again), after it was seen on a day."""
    return None if rule.renew is None else months_after(seen, rule.renew)


def notice_ends(rule: Rule, decided_by: date) -> date:
    """The end of the public notice that comes on top of the working days."""
    return decided_by + timedelta(days=rule.notice)


def done_at_once(rule: Rule) -> bool:
    """Whether it is simply done, without a decision and an amount."""
    return rule.kind is Way.service


def task_of(
    kind: Way,
    state: SupportState,
    answer: Known,
    due: date | None,
    today: date,
    *,
    reported: bool,
) -> Task | None:
    """Which list of the work something stands in, if any. `due` is the last day of a decision, or
    the day from which it is to be looked at again."""
    if state in TO_CLAIM:
        open_ = Task.due if kind is Way.service else Task.claim
        return open_ if answer is Known.yes else None
    if state is SupportState.applied:
        return Task.decision
    if state is not SupportState.granted:
        return None
    if answer is Known.no:
        return Task.doubt
    if reported:
        return Task.reported
    return Task.due if due is not None and due <= today else None


def move_fault(rule: Rule, old: SupportState, new: SupportState) -> SupportRefusal | None:
    """Why a support cannot become this now."""
    if not SUPPORT_MOVES.allows(old, new):
        return SupportRefusal.not_now
    if new is SupportState.granted and old in TO_CLAIM and not done_at_once(rule):
        return SupportRefusal.needs_a_decision
    return None
