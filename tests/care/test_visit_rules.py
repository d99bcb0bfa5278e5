"""When a house is visited next, and how levels move: never later than the county's table, down only
by the township with a visit on record.

Seen to fail: a raised level that excused an overdue visit (the slowest table dropped), a raised
red that was not due the same day, a new file that ignored its level, a visit older than the file,
a proposal that went below the findings, anybody who lowered, findings that hid who looks after the
children, a successor who read everything.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from jiedui.access.rules import Role
from jiedui.care.rules.visits import (
    FAILING,
    CaredBy,
    Contact,
    Doing,
    HomeFound,
    Noticed,
    Said,
    Turn,
    VisitPlan,
    VisitRefusal,
    Watched,
    child_due,
    house_due,
    level_after,
    next_holidays,
    plan_of,
    proposes_less,
    tells_all,
    turn_of,
    visit_fault,
)
from jiedui.children.rules import ChildRefusal, RiskLevel, above, highest, risk_fault
from jiedui.regions.rules import DEFAULTS, Setting

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
LEVELS = st.sampled_from(RiskLevel)
PLAN = plan_of(DEFAULTS[Setting.visit_plan], DEFAULTS[Setting.school_holidays])
PLANS = st.builds(
    lambda red, more, new, holidays: VisitPlan(
        every=dict(zip(RiskLevel, (red, red + more, red + 2 * more, red + 3 * more), strict=True)),
        new_file=new,
        holidays=holidays,
        begins=((1, 20), (7, 5)),
    ),
    st.integers(1, 30),
    st.integers(0, 60),
    st.integers(1, 60),
    st.integers(1, 60),
)


@st.composite
def watched(draw: st.DrawFn) -> Watched:
    """A child's file and since when its level holds."""
    entered = draw(DAYS)
    return Watched(draw(LEVELS), entered + timedelta(days=draw(st.integers(0, 400))), entered)


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


@given(watched(), DAYS, PLANS)
def test_a_visited_house_is_due_by_the_table_or_when_its_level_rose(
    child: Watched, seen: date, plan: VisitPlan
) -> None:
    due, every = child_due(child, seen, plan), days(plan.every[child.level])
    last = max(seen, child.entered_on)
    assert due <= max(last + every, child.level_on)
    assert due <= last + days(max(plan.every.values()))
    if seen >= child.entered_on:
        assert due > seen or plan.every[child.level] == 0


@given(watched(), PLANS)
def test_a_new_file_is_visited_within_its_days_and_a_red_one_the_same_day(
    child: Watched, plan: VisitPlan
) -> None:
    due = child_due(child, None, plan)
    assert due <= child.entered_on + days(min(plan.new_file, plan.every[child.level]))
    if child.level is RiskLevel.red:
        assert due <= child.level_on


@given(watched(), DAYS, PLANS)
def test_every_house_is_visited_after_holidays_have_begun(
    child: Watched, seen: date, plan: VisitPlan
) -> None:
    last = max(seen, child.entered_on)
    start = next_holidays(last, plan.begins)
    assert start is not None
    assert start > last
    assert child_due(child, seen, plan) <= start + days(plan.holidays)


@given(st.lists(watched(), min_size=1, max_size=4), DAYS, PLANS)
def test_a_house_goes_by_its_most_pressing_child(
    kids: list[Watched], seen: date, plan: VisitPlan
) -> None:
    assert house_due(kids, seen, plan) == min(child_due(one, seen, plan) for one in kids)


def test_the_table_a_county_starts_with() -> None:
    """Weekly, fortnightly, monthly, quarterly; ten days for a new file."""
    seen = date(2026, 3, 1)

    def after(level: RiskLevel) -> int:
        return (child_due(Watched(level, seen, seen), seen, PLAN) - seen).days

    assert [after(level) for level in RiskLevel] == [7, 14, 30, 91]
    new = Watched(RiskLevel.green, seen, seen)
    assert child_due(new, None, PLAN) == seen + days(10)
    late = Watched(RiskLevel.green, date(2026, 6, 1), date(2026, 6, 1))
    assert child_due(late, date(2026, 6, 30), PLAN) == date(2026, 7, 5) + days(28)


def test_a_visit_on_the_day_holidays_begin_is_the_visit_of_these_holidays() -> None:
    begins = ((1, 20), (7, 5))
    assert next_holidays(date(2026, 7, 5), begins) == date(2027, 1, 20)
    assert next_holidays(date(2026, 7, 4), begins) == date(2026, 7, 5)


def test_a_level_that_rose_does_not_excuse_what_was_overdue() -> None:
    """Green and not seen for half a year; blue since today."""
    entered, today = date(2026, 2, 1), date(2026, 6, 30)
    child = Watched(RiskLevel.blue, today, entered)
    assert child_due(child, entered, PLAN) == entered + days(91)


def test_a_child_put_on_file_after_the_visit_is_new() -> None:
    child = Watched(RiskLevel.green, date(2026, 3, 10), date(2026, 3, 10))
    assert child_due(child, date(2026, 3, 1), PLAN) == date(2026, 3, 20)


@given(LEVELS, LEVELS, st.none() | LEVELS, st.booleans())
def test_levels_rise_by_anybody_and_fall_only_where_they_may(
    now: RiskLevel, least: RiskLevel, proposed: RiskLevel | None, may_lower: bool
) -> None:
    after = level_after(now, least, proposed, may_lower=may_lower)
    assert not above(least, after)
    if proposed is not None:
        assert not above(proposed, after) or may_lower
    if above(now, after):
        assert may_lower
        assert proposed is not None
        assert after is highest([proposed, least])
    if not may_lower and proposed is not None:
        left = level_after(now, least, proposed, may_lower=False)
        assert proposes_less(now, least, proposed) == (
            left is now and above(now, highest([least, proposed]))
        )


@given(LEVELS, LEVELS, st.none() | st.sampled_from(Role), st.none() | DAYS, DAYS)
@example(
    RiskLevel.red,
    RiskLevel.green,
    Role.township_supervisor,
    date(2026, 5, 4),
    date(2026, 5, 5),
)
def test_only_the_township_lowers_and_only_after_a_visit(
    old: RiskLevel, new: RiskLevel, role: Role | None, seen: date | None, set_on: date
) -> None:
    fault = risk_fault(old, new, role, seen, set_on)
    if not above(old, new):
        assert fault is None
    elif role is not Role.township_supervisor:
        assert fault is ChildRefusal.supervisor_lowers
    else:
        assert (fault is None) == (seen is not None and seen >= set_on)


@given(st.frozensets(st.sampled_from(Noticed)), st.sampled_from(CaredBy))
def test_failing_guardianship_is_red_and_reported(
    noticed: frozenset[Noticed], carer: CaredBy
) -> None:
    said = Said(HomeFound.seen, Doing.well, carer, Contact.weekly, noticed)
    grave = bool(noticed & FAILING) or carer is CaredBy.nobody
    assert said.failing == grave
    assert (said.least is RiskLevel.red) == grave


def test_what_is_only_said_in_answers_moves_a_level_too() -> None:
    poorly = Said(HomeFound.seen, Doing.poorly, CaredBy.parent, Contact.weekly)
    silent = Said(HomeFound.seen, Doing.well, CaredBy.parent, Contact.none)
    assert (poorly.least, silent.least) == (RiskLevel.yellow, RiskLevel.blue)


HERE = frozenset({1, 2})
WELL = Said(HomeFound.seen, Doing.well, CaredBy.parent, Contact.at_home)


@given(DAYS, st.integers(-400, 400))
@example(date(2026, 5, 5), 1)
@example(date(2026, 5, 5), -367)
def test_a_visit_is_of_today_or_of_the_past_year(today: date, apart: int) -> None:
    fault = visit_fault(WELL, today + days(apart), HERE, HERE, today)
    wanted = {True: VisitRefusal.in_future, False: VisitRefusal.long_ago}
    assert fault == (None if -366 <= apart <= 0 else (wanted[apart > 0], "on_day"))


def test_what_must_be_said_of_a_house_where_people_were_met() -> None:
    today = date(2026, 5, 5)

    def fault(said: Said, seen: set[int], here: frozenset[int] = HERE) -> object:
        return visit_fault(said, today, seen, here, today)

    assert fault(WELL, set()) == (VisitRefusal.nobody_seen, "seen")
    assert fault(WELL, {3}) == (VisitRefusal.not_of_this_house, "seen")
    assert fault(WELL, set(), frozenset()) == (VisitRefusal.house_empty, "outcome")
    assert fault(Said(HomeFound.seen, Doing.well), {1}) == (VisitRefusal.unsaid, "carer")
    assert fault(Said(HomeFound.nobody_home), set()) is None


def test_who_reads_what_shows_the_reporter() -> None:
    """The visitor and the township; a successor in the village does not."""
    assert tells_all(False, False, Role.child_director)
    assert not tells_all(True, False, Role.child_director)
    assert tells_all(True, True, Role.child_director)
    assert tells_all(True, False, Role.township_supervisor)


@given(DAYS, st.integers(-30, 30))
def test_where_a_house_stands_in_the_list(today: date, apart: int) -> None:
    due = today + days(apart)
    wanted = Turn.overdue if apart < 0 else Turn.soon if apart < 7 else Turn.later
    assert turn_of(due, False, today) is wanted
    assert turn_of(due, True, today) is Turn.gone
