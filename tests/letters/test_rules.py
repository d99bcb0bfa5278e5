"""When letters leave: quiet hours at their borders, the daily letter, pauses that grow.

Seen to fail: quiet() with <= at the end of the quiet hours; _next() that takes the next day also
when the clock shows the very time; awake() left out after the daily time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiedui.core.clock import CHINA
from jiedui.letters.rules import (
    PAUSES,
    TRIES,
    Hours,
    Pace,
    awake,
    hours_of,
    is_address,
    leaves_at,
    masked_address,
    masked_name,
    pause_after,
)
from jiedui.regions.rules import DEFAULTS, Setting, read_setting

MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(CHINA))
HOURS = st.builds(Hours, MINUTES, MINUTES, MINUTES)
USUAL = Hours()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("23T20:59", "23T20:59"),
        ("23T21:00", "24T08:00"),
        ("23T23:59", "24T08:00"),
        ("24T00:00", "24T08:00"),
        ("24T07:59", "24T08:00"),
        ("24T08:00", "24T08:00"),
    ],
)
def test_quiet_hours_at_their_borders(said: str, leaves: str) -> None:
    assert leaves_at(at(said), USUAL, Pace.at_once, urgent=False) == at(leaves)
    assert leaves_at(at(said), USUAL, Pace.at_once, urgent=True) == at(said)


@given(MOMENTS, HOURS, st.sampled_from(Pace))
@example(at("23T21:00"), USUAL, Pace.at_once)
@example(at("23T08:00"), USUAL, Pace.at_once)
@example(at("23T18:00"), USUAL, Pace.daily)
@example(at("23T12:00"), Hours(time(21), time(8), time(22)), Pace.daily)
def test_nothing_leaves_in_quiet_hours_and_nothing_waits_two_days(
    moment: datetime, hours: Hours, pace: Pace
) -> None:
    """Whatever a county sets: never before it is posted, never in quiet hours, within two days."""
    leaves = leaves_at(moment, hours, pace, urgent=False)
    assert moment <= leaves <= moment + timedelta(days=2)
    assert not hours.quiet(leaves.time())
    assert leaves_at(moment, hours, pace, urgent=True) == moment


@given(MOMENTS, HOURS)
def test_waking_up_is_the_end_of_the_quiet_hours(moment: datetime, hours: Hours) -> None:
    """Whoever waits, waits to the minute; who is awake does not wait."""
    woken = awake(moment, hours)
    assert (
        (woken == moment) if not hours.quiet(moment.time()) else woken.time() == hours.quiet_until
    )
    assert awake(woken, hours) == woken


@given(MOMENTS, MINUTES)
def test_a_county_without_quiet_hours(moment: datetime, same: time) -> None:
    assert awake(moment, Hours(same, same)) == moment


def test_the_daily_letter_leaves_at_its_time() -> None:
    assert leaves_at(at("23T12:00"), USUAL, Pace.daily, urgent=False) == at("23T18:00")
    assert leaves_at(at("23T18:00"), USUAL, Pace.daily, urgent=False) == at("23T18:00")
    assert leaves_at(at("23T18:01"), USUAL, Pace.daily, urgent=False) == at("24T18:00")


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(n) for n in range(1, TRIES)]
    assert pauses == sorted(pauses) == list(PAUSES)
    assert pause_after(TRIES) is None


def test_a_county_sets_its_hours_and_nothing_that_is_no_time() -> None:
    said = read_setting(Setting.letter_hours, "quiet from=22:30, daily at=9:00")
    assert hours_of(said) == Hours(time(22, 30), time(8), time(9))
    assert hours_of(DEFAULTS[Setting.letter_hours]) == USUAL
    for wrong in ("quiet from=25:00", "quiet from=late", "quiet to=8:00"):
        with pytest.raises(ValueError, match="time|rows"):
            read_setting(Setting.letter_hours, wrong)


@pytest.mark.parametrize("said", ["a@b.cn", "wang.xiao+1@mail.county.example", "a_b-c@x1.org"])
def test_what_can_be_an_address(said: str) -> None:
    assert is_address(said)


@pytest.mark.parametrize(
    "said",
    [
        "", "a", "a@b", "@b.cn", "a@.cn", "a@b..cn", "a b@c.cn", "a@b.cn\nBcc: c@d.cn",
        "a@b.cn,c@d.cn",
        "<a@b.cn>", "a@-b.cn", "王@b.cn", "a@b.c", "x" * 65 + "@b.cn", "a@" + "b." * 130 + "cn",
    ],
)  # fmt: skip
def test_what_is_no_address(said: str) -> None:
    """Nothing with a second address or a line end in it, which would write to somebody else."""
    assert not is_address(said)


def test_an_address_and_a_name_are_masked() -> None:
    assert masked_address("wang.xiao@county.example") == "w***@county.example"
    assert masked_name("王小明") == "王＊＊"
    assert masked_name("王") == "王＊"
