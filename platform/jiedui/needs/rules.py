"""Kinds of place, frequency, urgency and goals of a need; when it can be matched; who owns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from jiedui.access.rules import Office
from jiedui.children.rules import RiskLevel, SchoolStage
from jiedui.core.states import Transitions
from jiedui.helpers.rules import HelpKind, Stage, Subject

URGENT_DAYS = 30


class Where(StrEnum):
    """Where help happens: a place by default; a home only with the carer present."""

    place = "place"
    home = "home"
    online = "online"
    phone = "phone"


class Frequency(StrEnum):
    """How often. Weekly, fortnightly and several times a week hold a weekly slot."""

    weekly = "weekly"
    fortnightly = "fortnightly"
    monthly = "monthly"
    n_per_week = "n_per_week"


class Urgency(StrEnum):
    """How urgent; counts as normal until the township has confirmed it."""

    normal = "normal"
    yellow = "yellow"
    red = "red"


class UrgencyReason(StrEnum):
    """Why it is urgent: one of these, or it is not."""

    guardian_lost = "guardian_lost"
    self_harm_signs = "self_harm_signs"
    bereavement = "bereavement"
    not_attending_school = "not_attending_school"
    lives_alone = "lives_alone"
    exam_year = "exam_year"


class Goal(StrEnum):
    """What should be better at the end."""

    someone_to_talk_to = "someone_to_talk_to"
    homework_done = "homework_done"
    keeps_up_in_subject = "keeps_up_in_subject"
    reads_regularly = "reads_regularly"
    settles_after_change = "settles_after_change"
    gets_on_with_others = "gets_on_with_others"
    stays_in_school = "stays_in_school"


class NeedState(StrEnum):
    """Where a need stands. Waiting: kept, but without consent it is not matched."""

    waiting = "waiting"
    open = "open"
    met = "met"
    closed = "closed"


NEED_MOVES = Transitions(
    {
        # Met while it waits: somebody was there before the portal was.
        NeedState.waiting: {NeedState.open, NeedState.met, NeedState.closed},
        NeedState.open: {NeedState.met, NeedState.closed, NeedState.waiting},
        NeedState.met: {NeedState.open, NeedState.closed, NeedState.waiting},
        # Only where it was withdrawn for two files that turn out to be of two children.
        NeedState.closed: {NeedState.waiting},
    }
)


MOST_DEMAND = 3
TEAM_MOST = 5  # helpers of one team for a child
LIVING = frozenset({NeedState.waiting, NeedState.open, NeedState.met})


class Lack(StrEnum):
    """What a waiting need waits for."""

    consent_missing = "consent_missing"
    consent_refused = "consent_refused"
    view_missing = "view_missing"
    view_refused = "view_refused"


def lacks(consent: bool | None, view: bool | None) -> tuple[Lack, ...]:
    """What is missing before a child's need may be matched: the guardian's yes and the child's."""
    guardian = {None: Lack.consent_missing, False: Lack.consent_refused}.get(consent)
    child = {None: Lack.view_missing, False: Lack.view_refused}.get(view)
    return tuple(lack for lack in (guardian, child) if lack is not None)


class NeedCloseReason(StrEnum):
    """Why a need ends."""

    fulfilled = "fulfilled"
    no_longer_wished = "no_longer_wished"
    consent_withdrawn = "consent_withdrawn"
    child_left = "child_left"
    entered_wrongly = "entered_wrongly"
    doubled = "doubled"  # the child had it twice, on two files: never said by hand


SAID_BY_HAND = tuple(reason for reason in NeedCloseReason if reason is not NeedCloseReason.doubled)


@dataclass(frozen=True)
class Weighed:
    """A living need as it is weighed against another of its kind for the same child. `held`:
    somebody is there for it or proposed; `counted` is the urgency that counts, `said` the one that
    was said."""

    need_id: int
    held: bool
    counted: Urgency
    said: Urgency
    raised_at: datetime


def staying(doubled: Iterable[Weighed]) -> int:
    """Which of several needs of one kind stays where two files become one: the one somebody is
    there for, else the more urgent, else the one that has waited longest."""
    order = list(Urgency)

    def weight(one: Weighed) -> tuple[Any, ...]:
        urgency = (order.index(one.counted), order.index(one.said))
        return (one.held, *urgency, -one.raised_at.timestamp(), -one.need_id)

    return max(doubled, key=weight).need_id


class NeedRefusal(StrEnum):
    """Why something about a need is refused."""

    no_slot = "no slot"
    place_missing = "place missing"
    place_outside = "place outside"
    subject_missing = "subject missing"
    period_backwards = "period backwards"
    period_past = "period past"
    reason_for_urgency = "reason for urgency"
    child_missing = "child missing"
    other_household = "other household"
    same_need_open = "same need open"
    not_urgent = "not urgent"
    confirmed_by_raiser = "confirmed by raiser"
    closed = "closed"
    met_already = "met already"
    times_missing = "times missing"


# One owning office a proposal; a county may set its own (Setting.office_for).
OFFICE_FOR: dict[HelpKind, Office] = {
    HelpKind.companionship: Office.womens_federation,
    HelpKind.tutoring: Office.youth_league,
    HelpKind.reading: Office.youth_league,
    HelpKind.counselling: Office.civil_affairs,
}
STAGE_OF: dict[SchoolStage, Stage] = {
    SchoolStage.primary_1: Stage.primary_lower,
    SchoolStage.primary_2: Stage.primary_lower,
    SchoolStage.primary_3: Stage.primary_lower,
    SchoolStage.primary_4: Stage.primary_upper,
    SchoolStage.primary_5: Stage.primary_upper,
    SchoolStage.primary_6: Stage.primary_upper,
    SchoolStage.junior_1: Stage.junior,
    SchoolStage.junior_2: Stage.junior,
    SchoolStage.junior_3: Stage.junior,
    SchoolStage.senior: Stage.senior,
    SchoolStage.vocational: Stage.senior,
}
# What tutoring is about when nothing else is said.
USUAL_SUBJECTS = frozenset({Subject.chinese, Subject.mathematics})
GOALS_OF: dict[HelpKind, tuple[Goal, ...]] = {
    HelpKind.companionship: (
        Goal.someone_to_talk_to,
        Goal.gets_on_with_others,
        Goal.settles_after_change,
    ),
    HelpKind.reading: (Goal.reads_regularly, Goal.someone_to_talk_to),
    HelpKind.tutoring: (Goal.homework_done, Goal.keeps_up_in_subject, Goal.stays_in_school),
    HelpKind.counselling: (
        Goal.settles_after_change,
        Goal.gets_on_with_others,
        Goal.stays_in_school,
    ),
}


def owning_office(
    kind: HelpKind, risks: frozenset[RiskLevel], county_table: dict[str, str]
) -> Office:
    """The one office that approves: a child at red or yellow goes to civil affairs in any case."""
    if risks & {RiskLevel.red, RiskLevel.yellow}:
        return Office.civil_affairs
    if kind.value in county_table:
        return Office(county_table[kind.value])
    return OFFICE_FOR[kind]


def counted_urgency(urgency: Urgency, confirmed_on: date | None, today: date) -> Urgency:
    """The urgency that counts: confirmed by the township, and not older than thirty days."""
    if urgency is Urgency.normal or confirmed_on is None:
        return Urgency.normal
    alive = today <= confirmed_on + timedelta(days=URGENT_DAYS)
    return urgency if alive else Urgency.normal


def confirm_fault(
    urgency: Urgency, state: NeedState, said_by: Iterable[int | None], confirmer: int
) -> NeedRefusal | None:
    """Whether a person may confirm an urgency: a second person, of a need that still lives."""
    if state not in LIVING:
        return NeedRefusal.closed
    if urgency is Urgency.normal:
        return NeedRefusal.not_urgent
    return NeedRefusal.confirmed_by_raiser if confirmer in set(said_by) else None


@dataclass(frozen=True)
class Wish:
    """What is said of a need, before it is kept."""

    kind: HelpKind
    where: Where
    slots: frozenset[int]
    frequency: Frequency
    times: int | None
    starts: date
    ends: date | None
    subjects: frozenset[str]
    urgency: Urgency
    reason: UrgencyReason | None
    has_place: bool


def wish_fault(wish: Wish, today: date) -> tuple[NeedRefusal, str] | None:
    """What is wrong with a wish, and the field it belongs to."""
    checks = (
        (not wish.slots, NeedRefusal.no_slot, "slots"),
        (wish.where is Where.place and not wish.has_place, NeedRefusal.place_missing, "place"),
        (
            wish.kind is HelpKind.tutoring and not wish.subjects,
            NeedRefusal.subject_missing,
            "subjects",
        ),
        (wish.ends is not None and wish.ends < wish.starts, NeedRefusal.period_backwards, "ends"),
        (wish.ends is not None and wish.ends < today, NeedRefusal.period_past, "ends"),
        (
            wish.urgency is not Urgency.normal and wish.reason is None,
            NeedRefusal.reason_for_urgency,
            "urgency_reason",
        ),
        (
            wish.frequency is Frequency.n_per_week and not wish.times,
            NeedRefusal.times_missing,
            "times",
        ),
    )
    return next(((code, name) for wrong, code, name in checks if wrong), None)
