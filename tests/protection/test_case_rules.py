"""The way of a case and its clocks, as rules: nothing is passed over, no clock is lost.

Seen to fail: a stage that may be jumped (CASE_MOVES), an assessment that may be left out (SKIPS),
the police left out in one of the nine situations (_skip_fault), one person closing (may_close), a
head called before the duty officer (rungs), a night turn that ends at midnight (Turn.covers).
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.protection.rules.case import (
    CASE_MOVES,
    COUNTY_ONLY,
    DONE,
    NINE,
    SEALED,
    SKIPS,
    CaseRefusal,
    LegalGround,
    Placement,
    Situation,
    Skip,
    Stage,
    StepSaid,
    Suspect,
    may_close,
    next_stages,
    sealed_from_start,
    step_fault,
    township_may_know,
)
from jiedui.protection.rules.clocks import (
    NEXT_CLOCK,
    ROWS,
    Clock,
    Rung,
    calls_by_now,
    due_at,
    rungs,
    times_of,
)
from jiedui.protection.rules.duty import Turn, on_duty, order
from jiedui.regions.rules import DEFAULTS, Setting

TIMES = times_of(DEFAULTS[Setting.report_clocks])
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
said = st.builds(
    StepSaid,
    stage=st.sampled_from(Stage),
    at=st.just(NOON),
    words=st.sampled_from(["", "已上门"]),
    skipped=st.none() | st.sampled_from(Skip),
    officer=st.sampled_from(["", "王警官"]),
    placement=st.none() | st.sampled_from(Placement),
    ground=st.none() | st.sampled_from(LegalGround),
)


@given(st.sampled_from(Situation), st.lists(said, max_size=60))
def test_whatever_is_said_no_stage_is_passed_over(
    situation: Situation, steps: list[StepSaid]
) -> None:
    now, told = Stage.triaged, dict.fromkeys(DONE, "")
    for one in steps:
        if step_fault(now, one, situation) is not None:
            continue
        place = DONE.index(one.stage)
        assert all(told[before] for before in DONE[:place]), "a stage before it is missing"
        told[one.stage] = told[one.stage] or (one.skipped.value if one.skipped else "done")
        now = one.stage
    if CASE_MOVES.allows(now, Stage.closing):
        assert all(told.values())
        assert told[Stage.assessed] == "done"
        if situation in NINE:
            assert told[Stage.police_told] in ("done", Skip.police_brought.value)


@given(said, st.sampled_from(Situation), st.sampled_from(Stage))
def test_what_is_taken_says_what_belongs_to_it(
    one: StepSaid, situation: Situation, now: Stage
) -> None:
    if step_fault(now, one, situation) is not None:
        return
    if one.skipped is not None:
        assert one.skipped in SKIPS[one.stage]
        assert one.words
        return
    assert one.stage is not Stage.police_told or one.officer
    assert one.stage is not Stage.placed or one.placement
    assert one.stage is not Stage.intervened or one.ground
    assert one.stage is not Stage.assessed or one.words


def test_every_stage_leads_to_the_end_and_only_there() -> None:
    reached, todo = {Stage.triaged}, [Stage.triaged]
    while todo:
        for new in CASE_MOVES.table.get(todo.pop(), frozenset()) - reached:
            reached.add(new)
            todo.append(new)
    assert reached == set(Stage)
    assert CASE_MOVES.ends() == {Stage.closed}
    assert all(next_stages(one) or one in (Stage.closing, Stage.closed) for one in Stage)


def test_the_nine_situations_are_nine_and_some_are_always_sealed() -> None:
    assert len(NINE) == 9
    for one in Situation:
        assert sealed_from_start(one, wanted=True)
        assert sealed_from_start(one, wanted=False) == (one in SEALED)
    assert {one for one in Suspect if not township_may_know(one)} == COUNTY_ONLY


@given(st.none() | st.integers(1, 5), st.sets(st.integers(1, 5), min_size=1, max_size=2))
def test_two_people_close(proposed: int | None, closing: set[int]) -> None:
    """A deputy is both persons: whoever they stand in for counts too."""
    assert may_close({proposed}, closing) == (proposed is not None and proposed not in closing)
    assert not may_close({proposed, 9}, {9, *closing})


def test_a_fault_is_named() -> None:
    told = StepSaid(Stage.police_told, NOON, "不报", Skip.no_crime)
    assert step_fault(Stage.triaged, told, Situation.injuries) is CaseRefusal.must_tell_police
    assert step_fault(Stage.triaged, told, Situation.alone) is None
    later = StepSaid(Stage.assessed, NOON, "会")
    assert step_fault(Stage.triaged, later, Situation.alone) is CaseRefusal.not_now
    left_out = StepSaid(Stage.assessed, NOON, "不开", Skip.no_ground)
    assert step_fault(Stage.placed, left_out, Situation.alone) is CaseRefusal.not_to_skip


def test_every_stage_but_the_last_has_a_clock_and_every_clock_a_time() -> None:
    assert set(NEXT_CLOCK) == set(Stage) - {Stage.closed}
    assert set(ROWS) == set(Clock)
    assert all(TIMES.within[one] > timedelta(0) for one in Clock)


@given(st.sampled_from(Clock), st.integers(0, 10_000), st.integers(0, 20_000))
def test_nobody_is_called_too_early_and_the_ladder_has_no_gap(
    clock: Clock, minutes: int, later: int
) -> None:
    since = NOON + timedelta(minutes=minutes)
    due = due_at(clock, NOON, since, TIMES)
    now = NOON + timedelta(minutes=later)
    called = rungs(due, now, TIMES)
    assert called == list(Rung)[: len(called)]
    assert bool(called) == (now > due)
    assert (Rung.head in called) == (now > due + TIMES.head_after)
    again = rungs(due, now + timedelta(days=2), TIMES)
    assert set(called) <= set(again), "who was to be called stays to be called"


@given(st.integers(-100, 10_000))
def test_one_more_is_called_every_half_hour_that_nobody_reads(minutes: int) -> None:
    now = NOON + timedelta(minutes=minutes)
    assert calls_by_now(NOON, now, TIMES) == max(0, minutes // 30)


times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
turns = st.builds(
    Turn,
    account_id=st.integers(1, 4),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=times,
    until=times,
    rank=st.integers(1, 9),
)
moments = st.datetimes(datetime(2026, 3, 2), datetime(2026, 3, 16))


@given(st.lists(turns, max_size=6), moments)
def test_who_is_there_is_called_first_and_nobody_is_forgotten(
    known: list[Turn], local: datetime
) -> None:
    called, there = order(known, local), on_duty(known, local)
    assert called[: len(there)] == there
    assert set(called) == {one.account_id for one in known}
    assert len(called) == len(set(called))


def test_a_night_goes_on_until_the_morning() -> None:
    monday_night = Turn(1, frozenset({0}), time(20), time(8), 1)
    assert monday_night.covers(datetime(2026, 3, 2, 23))
    assert monday_night.covers(datetime(2026, 3, 3, 7, 59))
    assert not monday_night.covers(datetime(2026, 3, 3, 8))
    assert not monday_night.covers(datetime(2026, 3, 2, 7))
    assert not monday_night.covers(datetime(2026, 3, 3, 21))


@given(times, st.frozensets(st.integers(0, 6), min_size=1), moments)
def test_a_turn_and_the_rest_of_its_days_cover_everything(
    start: time, days: frozenset[int], local: datetime
) -> None:
    """From one time to the same is a whole day and night."""
    week = Turn(1, frozenset(range(7)), start, start, 1)
    assert week.covers(local)
    some, rest = (
        Turn(1, days, start, start, 1),
        Turn(1, frozenset(range(7)) - days, start, start, 1),
    )
    assert some.covers(local) != rest.covers(local)
