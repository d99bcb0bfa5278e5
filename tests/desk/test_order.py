"""What stands first on a to-do list, as rules."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.core.acts import Act
from jiedui.core.outbox import LetterKind
from jiedui.desk.rules import LISTS, Group, Kind, Line, by_kind, ordered, total
from jiedui.desk.words import ACTS, VERBS

TODAY = date(2026, 11, 25)
days = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))
lines = st.lists(
    st.builds(
        Line,
        kind=st.sampled_from(list(Kind)),
        endpoint=st.just("desk.home"),
        code=st.text("ABC", max_size=3),
        count=st.integers(1, 30),
        since=st.none() | days,
        due=st.none() | days,
    ),
    max_size=25,
)


@given(lines)
def test_groups_follow_one_another_and_nothing_is_lost(found: list[Line]) -> None:
    shown = ordered(found, TODAY)
    places = [list(Group).index(line.group(TODAY)) for line in shown]
    assert places == sorted(places)
    assert sorted(map(id, shown)) == sorted(map(id, found))


@given(lines)
def test_within_a_group_the_nearest_to_expiry_comes_first(found: list[Line]) -> None:
    shown = ordered(found, TODAY)
    for one, other in zip(shown, shown[1:], strict=False):
        if one.group(TODAY) is other.group(TODAY):
            assert (one.due or date.max) <= (other.due or date.max)
            if one.due == other.due:
                assert (one.since or date.max) <= (other.since or date.max)


@given(lines)
def test_a_report_stands_before_everything(found: list[Line]) -> None:
    shown = [line.kind is Kind.report for line in ordered(found, TODAY)]
    assert shown == sorted(shown, reverse=True)


@given(lines)
def test_the_sums_by_kind_are_the_whole(found: list[Line]) -> None:
    sums = by_kind(found)
    assert sum(one.count for one in sums) == total(found)
    assert [one.kind for one in sums] == [k for k in Kind if any(f.kind is k for f in found)]


def test_a_line_of_today_is_neither_late_nor_later() -> None:
    groups = [
        Line(Kind.meeting, "x", due=TODAY + timedelta(days=n)).group(TODAY) for n in (-1, 0, 1)
    ]
    assert groups == [Group.overdue, Group.today, Group.later]
    assert Line(Kind.meeting, "x").group(TODAY) is Group.later


def test_what_presses_comes_before_what_is_as_late() -> None:
    calm = Line(Kind.urgency, "x", due=TODAY, since=TODAY - timedelta(days=9))
    red = Line(Kind.urgency, "x", due=TODAY, since=TODAY, pressing=True)
    assert ordered([calm, red], TODAY) == [red, calm]


def test_everything_has_words_and_a_place() -> None:
    assert set(ACTS) == set(Act)
    assert set(VERBS) == set(Kind) == set(LISTS)
    assert list(LetterKind)
