"""What a quarter is, how a file counts as answered in it, and how figures add up.

Made to catch: a quarter that ends a day late (quarters.last), a changed file that is proposed to
leave counting as answered (reviews.answer), a file of somebody who is 18 that can be confirmed,
a file with a proposal confirmed with others (reviews.together), who came and left in one quarter
counted once only (statement.flow), a child in two categories counted twice in the sum.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.care.rules.quarters import Due, Quarter, quarter_of, read_quarter
from jiedui.care.rules.reviews import (
    LEAVING,
    REVIEW_MOVES,
    Answered,
    FileFacts,
    Proposal,
    ReviewRefusal,
    ReviewState,
    answer,
    confirm_fault,
    progress,
    proposals,
    sign_fault,
    together,
)
from jiedui.care.rules.statement import (
    CaredBy,
    Counted,
    Group,
    Held,
    Part,
    cared_by,
    flow,
    stock,
    summed,
    total_of,
)
from jiedui.children.rules import (
    Category,
    CloseReason,
    Finding,
    Known,
    Relation,
    RiskLevel,
    SchoolStage,
    Why,
)
from jiedui.core.resident_id import Sex, age_on

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
QUARTERS = st.builds(Quarter, st.integers(2020, 2035), st.integers(1, 4))
TIMES = st.none() | st.datetimes(
    datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)
)
FINDINGS = st.builds(Finding, st.sampled_from(Known), st.sampled_from(Why))
FILES = st.builds(
    FileFacts,
    birth_date=st.dates(date(2006, 1, 1), date(2025, 1, 1)),
    plan=FINDINGS,
    living=st.frozensets(st.sampled_from(Category)),
    open=st.booleans(),
    here=st.booleans(),
    changed_at=TIMES,
    confirmed_at=TIMES,
    was_left_behind=st.booleans(),
    moved=st.booleans(),
    double=st.booleans(),
    seen=st.booleans(),
    came=st.booleans(),
)


@given(DAYS)
def test_every_day_lies_in_one_quarter(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert read_quarter(quarter.key) == quarter
    assert quarter.after.before == quarter
    assert quarter.last + timedelta(days=1) == quarter.after.first


def test_an_address_that_means_no_quarter() -> None:
    assert [read_quarter(text) for text in ("", "2026-5", "2026", "1826-1", "2026-1x")] == [
        None
    ] * 5


@given(QUARTERS)
def test_ten_days_before_the_end_it_presses(quarter: Quarter) -> None:
    assert quarter.due(quarter.last - timedelta(days=11)) is Due.running
    assert quarter.due(quarter.last - timedelta(days=10)) is Due.soon
    assert quarter.due(quarter.last) is Due.soon
    assert quarter.due(quarter.last + timedelta(days=1)) is Due.overdue


@given(FILES, QUARTERS, DAYS)
def test_an_answer_means_that_somebody_decided(
    facts: FileFacts, quarter: Quarter, today: date
) -> None:
    said = answer(facts, quarter, today)
    if not facts.open:
        assert said is Answered.closed
    elif not facts.here:
        assert said is Answered.passed_on
    elif age_on(facts.birth_date, today) >= 18:
        assert said is None
    elif LEAVING & set(proposals(facts, quarter, today)):
        latest = facts.confirmed_at and facts.confirmed_at >= (
            facts.changed_at or facts.confirmed_at
        )
        assert (said is not None) == bool(latest)
    else:
        assert (said is Answered.changed) == (facts.changed_at is not None)
        assert (said is None) == (facts.changed_at is None and facts.confirmed_at is None)


@given(FILES, QUARTERS, DAYS)
def test_only_what_was_seen_and_asks_nothing_is_confirmed_with_others(
    facts: FileFacts, quarter: Quarter, today: date
) -> None:
    if together(facts, quarter, today):
        assert facts.seen or facts.came
        assert facts.changed_at is None
        assert not proposals(facts, quarter, today)
        assert confirm_fault(facts, quarter, today) is None


def _at(day: date) -> FileFacts:
    return FileFacts(day, Finding(Known.yes, Why.one_away), frozenset({Category.left_behind}))


@given(QUARTERS)
def test_birthdays_of_the_quarter_are_proposed(quarter: Quarter) -> None:
    def born(day: date, years: int) -> date:
        return date(day.year - years, day.month, 28 if day.day > 28 else day.day)

    sixteen = _at(born(quarter.first, 16))
    assert proposals(sixteen, quarter, quarter.first) == (Proposal.sixteen,)
    assert proposals(sixteen, quarter.after, quarter.first) == ()
    grown = _at(born(quarter.last, 18))
    assert Proposal.of_age in proposals(grown, quarter, quarter.first)
    assert Proposal.of_age in proposals(grown, quarter.after, quarter.first)
    assert Proposal.of_age not in proposals(grown, quarter.before, quarter.before.last)
    assert Proposal.of_age in proposals(grown, quarter.before, quarter.last)  # a late review
    assert confirm_fault(grown, quarter, quarter.last) is ReviewRefusal.come_of_age
    assert confirm_fault(grown, quarter, quarter.first - timedelta(days=40)) is None


def test_parents_who_are_back_are_proposed_where_nothing_else_holds() -> None:
    quarter, back = Quarter(2026, 3), Finding(Known.no, Why.nobody_away)
    facts = FileFacts(date(2016, 5, 1), back, frozenset(), was_left_behind=True)
    assert proposals(facts, quarter, quarter.last) == (Proposal.parents_returned,)
    poor = replace(facts, living=frozenset({Category.minimum_allowance}))
    assert proposals(poor, quarter, quarter.last) == ()
    bare = FileFacts(facts.birth_date, Finding(Known.unknown, Why.parent_unknown))
    assert proposals(bare, quarter, quarter.last) == (Proposal.no_category,)


def test_a_review_is_signed_once_and_with_every_answer() -> None:
    assert sign_fault(ReviewState.open, ["C-0001"]) is ReviewRefusal.files_open
    assert sign_fault(ReviewState.signed, []) is ReviewRefusal.signed_already
    assert sign_fault(ReviewState.open, []) is None
    assert REVIEW_MOVES.ends() == {ReviewState.signed}


@given(st.lists(st.tuples(st.none() | st.sampled_from(Answered), st.booleans())))
def test_progress_adds_up(files: list[tuple[Answered | None, bool]]) -> None:
    far = progress(files)
    assert far.total == len(files)
    assert far.left == sum(said is None for said, _ in files)
    assert 0 <= far.proposed <= far.left


COUNTED = st.builds(
    Counted,
    plan=FINDINGS,
    national=FINDINGS,
    living=st.frozensets(st.sampled_from(Category)),
    birth_date=st.dates(date(2008, 7, 2), date(2026, 1, 1)),
    sex=st.sampled_from(Sex),
    stage=st.sampled_from(SchoolStage),
    risk=st.sampled_from(RiskLevel),
    carers=st.frozensets(st.sampled_from(Relation)),
)


@given(st.lists(COUNTED, max_size=30))
def test_every_part_adds_up_to_its_group(files: list[Counted]) -> None:
    found = stock(files, date(2026, 6, 30))
    assert found["on file"] == len(files)
    for group in Group:
        for part in Part:
            assert total_of(found, f"{group}:{part}") == found[group.value]
    for group in (Group.plan, Group.national):
        assert found[group.value] + found[f"no:{group}"] + found[f"unknown:{group}"] == len(files)
        assert total_of(found, f"why:{group}") == found[f"unknown:{group}"]
    once = sum(bool(file.living - {Category.left_behind}) for file in files)
    assert found["difficulty"] == once


@given(st.lists(COUNTED, max_size=20), st.integers(0, 20))
def test_a_county_is_the_sum_of_its_townships(files: list[Counted], cut: int) -> None:
    day = date(2026, 6, 30)
    parts = [stock(files[:cut], day), stock(files[cut:], day)]
    assert summed(parts) == stock(files, day)


HELD = st.builds(Held, st.booleans(), st.sampled_from((1, 2)), st.sampled_from(CloseReason))


@given(st.lists(st.tuples(st.none() | HELD, HELD), max_size=30))
def test_who_was_here_and_came_without_who_left_is_here(
    files: list[tuple[Held | None, Held]],
) -> None:
    for township in (1, 2):
        found = flow(files, township)

        def here(held: Held | None, township: int = township) -> bool:
            return held is not None and held.open and held.township_id == township

        before, after = (sum(here(pair[i]) for pair in files) for i in (0, 1))
        assert before + total_of(found, "came") - total_of(found, "left") == after


def test_a_file_that_came_and_went_is_told_of_twice() -> None:
    gone = Held(False, 1, CloseReason.entered_wrongly)
    assert flow([(None, gone)], 1) == {"came:new": 1, "left:entered_wrongly": 1}
    assert flow([(Held(True, 2), Held(True, 1))], 1) == {"came:moved in": 1}
    assert flow([(Held(True, 1), Held(True, 2))], 1) == {"left:moved out": 1}
    assert flow([(Held(False, 1), Held(True, 1))], 1) == {"came:reopened": 1}


def test_the_nearest_carer_counts() -> None:
    assert cared_by({Relation.grandmother, Relation.mother}) is CaredBy.parent
    assert cared_by({Relation.neighbour, Relation.grandfather}) is CaredBy.grandparent
    assert cared_by({Relation.sibling}) is CaredBy.relative
    assert cared_by({Relation.neighbour}) is CaredBy.other
    assert cared_by(()) is CaredBy.nobody
