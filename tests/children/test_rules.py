"""What consent means, what proof it needs, and how little of a name is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.children.rules import (
    Answer,
    ChildRefusal,
    Given,
    Identity,
    Means,
    SchoolStage,
    age_band,
    answered,
    check_fault,
    evidence_fault,
    holds,
    identity_fault,
    masked_name,
    usual_stage,
)
from jiedui.core.resident_id import age_on

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
TODAY = date(2026, 11, 23)
said = st.builds(
    Given,
    at=st.integers(0, 10_000).map(lambda n: NOON + timedelta(minutes=n)),
    answer=st.sampled_from(Answer),
    withdrawn=st.booleans(),
)


@given(st.lists(said, unique_by=lambda one: one.at, min_size=1))
def test_only_the_newest_word_counts(words: list[Given]) -> None:
    newest = max(words, key=lambda one: one.at)
    assert holds(words) is (newest.answer is Answer.yes and not newest.withdrawn)
    assert answered(words) is holds(words)


@given(st.lists(said))
def test_nothing_opens_after_a_newer_no(words: list[Given]) -> None:
    later = Given(NOON + timedelta(days=365), Answer.no)
    assert answered([*words, later]) is False


def test_who_was_not_asked_has_not_answered() -> None:
    assert answered([]) is None
    assert not holds([])


@pytest.mark.parametrize(
    ("means", "proof", "refusal"),
    [
        (Means.paper, {"holder": "石", "where": "村部"}, None),
        (Means.paper, {"holder": "石"}, ChildRefusal.holder_missing),
        (Means.paper, {}, ChildRefusal.holder_missing),
        (Means.telephone, {"number": "138", "second_person": "刘"}, None),
        (Means.telephone, {"second_person": "刘"}, ChildRefusal.number_missing),
        (Means.telephone, {"number": "138"}, ChildRefusal.second_person_missing),
        (
            Means.telephone,
            {"number": "138", "second_person": "石"},
            ChildRefusal.second_person_is_self,
        ),
        (Means.spoken, {}, ChildRefusal.yes_needs_proof),
        (Means.link, {}, None),
    ],
)
def test_a_yes_has_proof_and_a_no_needs_none(
    means: Means, proof: dict[str, str], refusal: ChildRefusal | None
) -> None:
    fault = evidence_fault(Answer.yes, means, proof, "石")
    assert (fault and fault[0]) == refusal
    assert evidence_fault(Answer.no, means, proof, "石") is None


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_a_file_is_for_minors_who_are_born(birth: date) -> None:
    fault = identity_fault(Identity(birth, "f"), TODAY)
    if birth > TODAY:
        assert fault == (ChildRefusal.in_future, "birth_date")
    elif age_on(birth, TODAY) >= 18:
        assert fault == (ChildRefusal.over_18, "birth_date")
    else:
        assert fault is None


@pytest.mark.parametrize(
    ("birth", "today", "stage"),
    [
        (date(2020, 8, 31), date(2026, 9, 1), SchoolStage.primary_1),
        (date(2020, 9, 1), date(2026, 9, 1), SchoolStage.kindergarten),
        (date(2020, 8, 31), date(2027, 8, 31), SchoolStage.primary_1),
        (date(2024, 1, 1), date(2026, 11, 23), SchoolStage.not_yet),
        (date(2014, 5, 1), date(2026, 11, 23), SchoolStage.junior_1),
        (date(2011, 8, 1), date(2026, 11, 23), SchoolStage.senior),
    ],
)
def test_school_is_guessed_by_the_age_on_the_last_of_august(
    birth: date, today: date, stage: SchoolStage
) -> None:
    assert usual_stage(birth, today) is stage


def test_a_masked_name_does_not_tell_its_length() -> None:
    assert masked_name("张三") == masked_name("张三丰丰") == "张＊"


@given(st.dates(date(2008, 11, 24), TODAY))
def test_a_card_shows_three_years_not_one(birth: date) -> None:
    low, high = age_band(birth, TODAY)
    assert low % 3 == 0
    assert high - low == 2
    assert low <= age_on(birth, TODAY) <= high


def test_nobody_checks_what_they_entered_and_nobody_twice() -> None:
    assert check_fault(7, None, 7) is ChildRefusal.checked_by_self
    assert check_fault(7, 8, 9) is ChildRefusal.checked_already
    assert check_fault(7, None, 9) is None
