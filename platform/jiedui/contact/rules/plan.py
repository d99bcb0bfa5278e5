"""When the sessions of a pairing fall: how often, into which common times, and which days are left
out and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jiedui.core.states import Transitions
from jiedui.needs.rules import Frequency, Where
from jiedui.pairings.rules import PairingState

AHEAD = timedelta(weeks=8)
SUGGESTED = 3
SUGGESTED_WITHIN = timedelta(weeks=3)
MISSED_AFTER = timedelta(days=14)  # a session may be logged that much later
FORTNIGHT = 14


class ContactKind(StrEnum):
    """How the two are in touch."""

    meeting = "meeting"
    call = "call"
    video = "video"
    letter = "letter"
    parcel = "parcel"


KIND_AT: dict[Where, ContactKind] = {
    Where.place: ContactKind.meeting,
    Where.home: ContactKind.meeting,
    Where.online: ContactKind.video,
    Where.phone: ContactKind.call,
}


class Interval(StrEnum):
    """How often a pairing plans to be in touch."""

    weekly = "weekly"
    fortnightly = "fortnightly"
    monthly = "monthly"


INTERVAL: dict[Frequency, Interval] = {
    Frequency.weekly: Interval.weekly,
    Frequency.n_per_week: Interval.weekly,
    Frequency.fortnightly: Interval.fortnightly,
    Frequency.monthly: Interval.monthly,
}


class SessionState(StrEnum):
    """Where a planned session stands. A moved one is still to come, at its new time."""

    planned = "planned"
    moved = "moved"
    cancelled = "cancelled"
    held = "held"
    missed = "missed"


S = SessionState
SESSION_MOVES = Transitions(
    {
        S.planned: {S.moved, S.cancelled, S.held, S.missed},
        S.moved: {S.moved, S.cancelled, S.held, S.missed},
        # Held after all, on another day; or a day that is not left out any more.
        S.cancelled: {S.planned, S.moved},
        S.missed: {S.held},
    }
)
COMING = frozenset({S.planned, S.moved})


class LeftOut(StrEnum):
    """Why a session does not take place: by the calendar, or because somebody said so."""

    public_holiday = "public_holiday"
    school_day = "school_day"
    school_holiday = "school_holiday"
    exam_week = "exam_week"
    helper_cannot = "helper_cannot"
    family_cannot = "family_cannot"
    other_reason = "other_reason"
    pairing_stopped = "pairing_stopped"


SAID = (LeftOut.helper_cannot, LeftOut.family_cannot, LeftOut.other_reason)
BY_CALENDAR = frozenset(
    {LeftOut.public_holiday, LeftOut.school_day, LeftOut.school_holiday, LeftOut.exam_week}
)
# The two meet while this goes on; what is planned shows nowhere otherwise.
GOING_ON = frozenset(
    {PairingState.trial, PairingState.active, PairingState.legacy, PairingState.closing}
)


class DatesKind(StrEnum):
    """What a county writes into its school calendar."""

    school_holiday = "school_holiday"
    exam_week = "exam_week"


class PlanRefusal(StrEnum):
    """Why something about a planned session is refused."""

    not_coming = "not coming"
    past = "past"
    helper_busy = "helper busy"
    pairing_busy = "pairing busy"
    not_suggested = "not suggested"
    not_going_on = "not going on"
    reason_missing = "reason missing"
    dates_backwards = "dates backwards"
    dates_too_long = "dates too long"
    dates_overlap = "dates overlap"
    not_cleared = "not cleared"
    not_possible = "not possible"
    is_the_helper = "is the helper"
    asked_already = "asked already"
    not_asked = "not asked"


@dataclass(frozen=True)
class Plan:
    """How a pairing plans: `slots` are the weekly times it may use, the agreed one first; `times`
    how many of them each week; `at_school` whether it takes place in a school."""

    interval: Interval
    slots: tuple[int, ...]
    times: int
    kind: ContactKind
    anchor: date
    until: date | None = None
    at_school: bool = False


@dataclass(frozen=True)
class Day:
    """What a calendar says of a day: a public holiday, a weekend that is worked instead, holidays
    or exams of the schools."""

    holiday: bool = False
    worked_weekend: bool = False
    school_holiday: bool = False
    exams: bool = False


@dataclass(frozen=True)
class Turn:
    """One session that should take place: its day, its weekly time."""

    on: date
    slot: int

    @property
    def starts(self) -> time:
        """When it begins by a clock in China."""
        return usual_times(self.slot)[0]

    @property
    def ends(self) -> time:
        """When it ends."""
        return usual_times(self.slot)[1]


HABIT: dict[int, tuple[time, time]] = {
    0: (time(9), time(10, 30)),
    1: (time(16, 30), time(18)),
    2: (time(19), time(20)),
}
EVENING = 2


def usual_times(slot: int | None) -> tuple[time, time]:
    """Beginning and end of a session in a weekly slot (three a day from Monday morning)."""
    return HABIT[1 if slot is None else slot % 3]


def slot_of(moment: datetime) -> int:
    """The weekly slot into which a local beginning falls."""
    third = 0 if moment.hour < 12 else 1 if moment.hour < 18 else EVENING
    return moment.weekday() * 3 + third


def common_slots(agreed: int | None, need: Collection[int], helper: Collection[int]) -> list[int]:
    """The weekly times both have, the agreed one first, weekends before weekdays."""
    both = sorted(set(need) & set(helper), key=lambda slot: (slot < 15, slot))
    first = [agreed] if agreed is not None else []
    return [*first, *(slot for slot in both if slot != agreed)]


def left_out(day: Day, slot: int, kind: ContactKind, *, at_school: bool) -> LeftOut | None:
    """Why no session is planned on a day. A call or a letter finds its way on a holiday; a weekend
    that is worked is a school day until the evening; in a week of exams nobody is visited."""
    if kind not in (ContactKind.meeting, ContactKind.video):
        return None
    in_person = kind is ContactKind.meeting
    checks = (
        (day.holiday and in_person, LeftOut.public_holiday),
        (day.worked_weekend and slot % 3 != EVENING, LeftOut.school_day),
        (day.exams, LeftOut.exam_week),
        (day.school_holiday and at_school and in_person, LeftOut.school_holiday),
    )
    return next((why for wrong, why in checks if wrong), None)


def turns(plan: Plan, first: date, last: date) -> Iterator[Turn]:
    """The sessions of a plan between two days, both counted, in their order."""
    if plan.until is not None:
        last = min(last, plan.until)
    chosen = plan.slots[: plan.times]
    day = max(first, plan.anchor)
    while day <= last:
        for slot in sorted(chosen):
            if slot // 3 == day.weekday() and _falls(plan, day):
                yield Turn(day, slot)
        day += timedelta(days=1)


def _falls(plan: Plan, day: date) -> bool:
    """Whether a weekly day is one of the plan's: each; each other; the same one of each month."""
    if plan.interval is Interval.weekly:
        return True
    if plan.interval is Interval.fortnightly:
        weeks = (_monday(day) - _monday(plan.anchor)).days // 7
        return weeks % 2 == 0
    return _nth(day) == min(_nth(plan.anchor), 4)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _nth(day: date) -> int:
    """The how manieth of its weekday in its month a day is, from 1."""
    return (day.day - 1) // 7 + 1


def suggestions(
    slots: Sequence[int], days: Iterable[date], taken: Collection[tuple[date, time]]
) -> list[Turn]:
    """The next free times, at most three: each day once, the agreed weekly time first on it."""
    found: list[Turn] = []
    for day in days:
        here = [Turn(day, slot) for slot in slots if slot // 3 == day.weekday()]
        free = [turn for turn in here if (turn.on, turn.starts) not in taken]
        found += free[:1]
        if len(found) == SUGGESTED:
            break
    return found
