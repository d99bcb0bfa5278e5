"""When sessions fall: how often, into which times, which days are left out.

Seen to fail: a fortnight counted in days instead of weeks, the fifth Saturday of a month taken for
a pair that met on one, a public holiday that also kept a call from being made (rules/plan.py)."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.contact.rules.plan import (
    ContactKind,
    Day,
    Interval,
    LeftOut,
    Plan,
    Turn,
    common_slots,
    left_out,
    suggestions,
    turns,
)

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
SLOTS = st.integers(0, 20)
PLANS = st.builds(
    Plan,
    interval=st.sampled_from(Interval),
    slots=st.lists(SLOTS, min_size=1, max_size=4, unique=True).map(tuple),
    times=st.integers(1, 3),
    kind=st.sampled_from(ContactKind),
    anchor=DAYS,
)


@given(PLANS, st.integers(0, 500))
def test_a_plan_says_the_same_whenever_it_is_asked(plan: Plan, after: int) -> None:
    """Asked for a part it says that part of the whole: so planning every night adds, and never
    plans a day twice or another day."""
    first = plan.anchor + timedelta(days=after)
    whole = list(turns(plan, plan.anchor, first + timedelta(days=90)))
    part = list(turns(plan, first, first + timedelta(days=60)))
    assert part == [t for t in whole if first <= t.on <= first + timedelta(days=60)]
    assert all(t.slot in plan.slots[: plan.times] and t.slot // 3 == t.on.weekday() for t in part)


@given(PLANS)
def test_how_often_it_falls(plan: Plan) -> None:
    """Each week, each other week, once a month: for each of the times that are used."""
    used = min(plan.times, len(plan.slots))
    start = plan.anchor - timedelta(days=plan.anchor.weekday())
    found = list(turns(plan, plan.anchor, start + timedelta(weeks=24, days=-1)))
    weeks = Counter((t.on - start).days // 7 for t in found)
    if plan.interval is Interval.weekly:
        assert [weeks[n] for n in range(1, 24)] == [used] * 23
    elif plan.interval is Interval.fortnightly:
        assert [weeks[n] for n in range(1, 24)] == [0 if n % 2 else used for n in range(1, 24)]
    else:
        months = Counter((t.on.year, t.on.month, t.slot) for t in found)
        assert set(months.values()) == {1}
        whole = {(t.on.year, t.on.month) for t in found}
        assert len(whole) >= 4


@given(PLANS, st.integers(0, 60))
def test_nothing_falls_after_the_goodbye(plan: Plan, days: int) -> None:
    """The last day counts."""
    until = plan.anchor + timedelta(days=days)
    ended = Plan(**(plan.__dict__ | {"until": until}))
    open_ = list(turns(plan, plan.anchor, plan.anchor + timedelta(days=200)))
    found = list(turns(ended, plan.anchor, plan.anchor + timedelta(days=200)))
    assert found == [t for t in open_ if t.on <= until]


def test_days_that_are_left_out_say_why() -> None:
    """By the kind of contact, the time of day and the place."""
    meeting, call = ContactKind.meeting, ContactKind.call
    for day, slot, kind, at_school, why in (
        (Day(holiday=True), 15, meeting, False, LeftOut.public_holiday),
        (Day(holiday=True), 15, call, False, None),
        (Day(holiday=True), 15, ContactKind.video, False, None),
        (Day(worked_weekend=True), 15, meeting, False, LeftOut.school_day),
        (Day(worked_weekend=True), 17, meeting, False, None),
        (Day(exams=True), 17, meeting, False, LeftOut.exam_week),
        (Day(exams=True), 17, ContactKind.letter, False, None),
        (Day(school_holiday=True), 15, meeting, True, LeftOut.school_holiday),
        (Day(school_holiday=True), 15, meeting, False, None),
        (Day(), 15, meeting, True, None),
    ):
        assert left_out(day, slot, kind, at_school=at_school) is why


def test_the_agreed_time_comes_first_and_weekends_before_weekdays() -> None:
    """Only what both have."""
    assert common_slots(4, {1, 4, 15, 17}, {1, 4, 16, 17}) == [4, 17, 1]
    assert common_slots(None, {1}, {2}) == []


@given(st.lists(SLOTS, unique=True), DAYS, st.sets(SLOTS))
def test_three_times_are_suggested_and_none_is_taken(
    slots: list[int], first: date, busy: set[int]
) -> None:
    """Each on another day, in order."""
    days = [first + timedelta(days=n) for n in range(14)]
    taken: set[tuple[date, time]] = {
        (turn.on, turn.starts)
        for day in days
        for slot in busy
        if slot // 3 == day.weekday()
        for turn in [Turn(day, slot)]
    }
    found = suggestions(slots, days, taken)
    assert len(found) <= 3
    assert sorted({t.on for t in found}) == [t.on for t in found]
    assert not {(t.on, t.starts) for t in found} & taken
    if set(slots) - busy:
        assert found
