"""When a session can be true: the rules alone, over any times somebody could type."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.core import clock
from jiedui.hours.rules import (
    DAY_MOST,
    LATE,
    LONGEST,
    SIGNS,
    HoursRefusal,
    Span,
    Step,
    begun_on,
    last_day,
    masked,
    next_day,
    number_from,
    served_on,
    session_fault,
    tidy_number,
    usual_times,
)
from jiedui.pairings.rules import SERVING, PairingState

DAY = date(2026, 11, 21)
NOW = clock.at(DAY, 23, 59)
MINUTES = st.integers(0, 24 * 60 - 1)
P = PairingState


def span(start: int, end: int, on: date = DAY) -> Span:
    """From one minute of a day to another."""
    zero = clock.at(on)
    return Span(zero + timedelta(minutes=start), zero + timedelta(minutes=end))


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=12))
def test_a_day_of_accepted_sessions_is_a_possible_day(tries: list[tuple[int, int]]) -> None:
    """Whatever is typed in whatever order: what is taken has a length, no moment twice, and
    twelve hours at most in all."""
    taken: list[Span] = []
    for start, end in tries:
        said = span(start, end)
        if session_fault(said, taken, NOW, DAY, DAY) is None:
            taken.append(said)
    lengths = [s.length for s in taken]
    assert all(timedelta() < length <= LONGEST for length in lengths)
    assert sum(lengths, timedelta()) <= DAY_MOST
    in_order = sorted(taken, key=lambda s: s.start)
    pairs = zip(in_order, in_order[1:], strict=False)
    assert all(a.end <= b.start for a, b in pairs)


@given(MINUTES, MINUTES, MINUTES)
def test_the_future_is_refused_to_the_minute(start: int, end: int, minute: int) -> None:
    """A session counts once it is over, and not a minute before."""
    now = clock.at(DAY) + timedelta(minutes=minute)
    fault = session_fault(span(start, end), [], now, DAY, DAY)
    if end > start:
        assert (fault is HoursRefusal.in_future) is (end > minute)
    else:
        assert fault is HoursRefusal.no_length


@given(st.integers(0, 120))
def test_sessions_are_logged_for_sixty_days(days: int) -> None:
    """Later nobody remembers."""
    said = span(9 * 60, 10 * 60)
    fault = session_fault(said, [], said.end + timedelta(days=days), date(2020, 1, 1), DAY)
    assert (fault is HoursRefusal.too_late) is (days > LATE.days)


@given(st.integers(-40, 40))
def test_nothing_counts_before_the_first_meeting(days: int) -> None:
    """The day of the meeting itself does."""
    met = DAY + timedelta(days=days)
    fault = session_fault(span(540, 600), [], NOW, met, DAY)
    assert (fault is HoursRefusal.before_pairing) is (met > DAY)
    assert session_fault(span(540, 600), [], NOW, None, DAY) is HoursRefusal.before_pairing


def test_touching_sessions_do_not_overlap() -> None:
    """One ends at ten, the next begins at ten."""
    assert session_fault(span(600, 660), [span(540, 600)], NOW, DAY, DAY) is None
    assert session_fault(span(599, 660), [span(540, 600)], NOW, DAY, DAY) is HoursRefusal.overlaps


def test_which_days_of_a_pairing_served() -> None:
    """From the first meeting, not while paused, and to the day it closed."""
    met = date(2026, 3, 1)
    steps = [
        Step(date(2026, 2, 1), P.proposed),
        Step(date(2026, 2, 20), P.ready),
        Step(date(2026, 3, 5), P.trial),  # recorded four days after the meeting
        Step(date(2026, 4, 5), P.active),
        Step(date(2026, 5, 1), P.paused),
        Step(date(2026, 5, 20), P.active),
        Step(date(2026, 6, 1), P.closing),
        Step(date(2026, 6, 10), P.closed),
    ]
    served = {
        date(2026, 2, 28): False,
        met: True,
        date(2026, 3, 4): True,
        date(2026, 4, 20): True,
        date(2026, 5, 1): True,  # paused in the evening: the morning may have been served
        date(2026, 5, 2): False,
        date(2026, 5, 19): False,
        date(2026, 5, 20): True,
        date(2026, 6, 10): True,
        date(2026, 6, 11): False,
    }
    assert {day: served_on(steps, met, day) for day in served} == served


@given(st.lists(st.sampled_from(list(P)), min_size=1, max_size=8), st.integers(0, 30))
def test_no_day_is_served_in_a_state_that_does_not_serve(states: list[P], day: int) -> None:
    """Whatever a pairing went through, one state a day."""
    steps = [Step(DAY + timedelta(days=n), state) for n, state in enumerate(states)]
    on = DAY + timedelta(days=day)
    held = [s.state for s in steps if s.day <= on][-2:]
    if served_on(steps, None, on):
        assert SERVING & set(held)
    elif day >= len(states):
        assert states[-1] not in SERVING


def test_a_pair_taken_over_from_life_begins_when_it_was_taken_over() -> None:
    """It has no recorded first meeting."""
    assert begun_on([Step(DAY, P.legacy)], None) == DAY
    assert begun_on([Step(DAY, P.ready)], None) is None
    assert begun_on([Step(DAY, P.legacy)], date(2026, 1, 1)) == date(2026, 1, 1)


@given(st.integers(0, 20), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_the_days_of_a_slot_are_the_nearest_on_each_side(slot: int, today: date) -> None:
    """Of the right weekday, not seven days away, and equal when it is today."""
    last, coming = last_day(slot, today), next_day(slot, today)
    assert coming is not None
    assert last.weekday() == coming.weekday() == slot // 3
    assert timedelta() <= today - last < timedelta(days=7)
    assert timedelta() <= coming - today < timedelta(days=7)
    assert (last == coming) is (today.weekday() == slot // 3)
    starts, ends = usual_times(slot)
    assert time(8) <= starts < ends <= time(21)


@given(st.binary(min_size=10, max_size=10))
def test_a_number_is_eighty_bits_and_read_back_however_it_is_typed(random: bytes) -> None:
    """No two random values share a number; small letters, no hyphens, O for 0, I and L for 1."""
    number = number_from(random)
    value = 0
    for sign in number.replace("-", ""):
        value = value * 32 + SIGNS.index(sign)
    assert value.to_bytes(10, "big") == random
    typed = number.lower().replace("-", "").replace("0", "o").replace("1", "l")
    assert tidy_number(typed) == tidy_number(f" {number} ") == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    """Nothing somebody types makes the page fail."""
    found = tidy_number(text)
    assert found is None or tidy_number(found) == found


@given(st.text(min_size=1, max_size=8))
def test_a_masked_name_shows_one_character(name: str) -> None:
    """And is never the whole name."""
    shown = masked(name)
    assert shown[0] == name[0]
    assert set(shown[1:]) == {"＊"}


def test_times_are_instants_of_china() -> None:
    """Nine in the morning there is one at night in UTC."""
    assert span(540, 600).start == datetime.fromisoformat("2026-11-21T01:00:00+00:00")
