"""The calendar of jobs runs by the clock on a wall in China, wherever the server stands."""

from __future__ import annotations

from datetime import datetime

import pytest

from jiedui.core.jobs import Timer, in_china


@pytest.mark.parametrize(
    ("utc", "due"),
    [
        (datetime(2026, 11, 22, 22, 0), True),  # Monday 06:00 in China is still Sunday in UTC
        (datetime(2026, 11, 23, 6, 0), False),
        (datetime(2026, 11, 23, 22, 0), False),
    ],
)
def test_monday_six_is_monday_six_in_china(utc: datetime, due: bool) -> None:
    """The queue asks with the time in UTC, without a zone."""
    assert in_china(Timer("round.timer", minute="0", hour="6", weekday="1"))(utc) is due
