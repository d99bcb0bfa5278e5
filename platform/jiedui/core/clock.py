"""The one seam of time: instants in UTC, days as people in China count them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

CHINA = ZoneInfo("Asia/Shanghai")
_moved: ContextVar[timedelta] = ContextVar("moved", default=timedelta())


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC) + _moved.get()


def today() -> date:
    """The date on a wall calendar in China."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The instant as a clock in China shows it."""
    return instant.astimezone(CHINA)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The instant at which a clock in China shows this day and time, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA).astimezone(UTC)


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Let time run from another instant: for the demo's past year and for tests."""
    token = _moved.set(instant - datetime.now(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


@lru_cache(maxsize=8)
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)


def is_working_day(day: date) -> bool:
    """Whether offices are open: weekends that are worked instead of a holiday count."""
    return bool(_holidays(day.year).is_working_day(day))


def working_days_after(day: date, count: int) -> date:
    """The day on which `count` working days have passed since `day`."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def working_days_since(day: date) -> int:
    """How many working days have passed since `day`, today counted when offices are open."""
    passed, today = 0, local(now()).date()
    while day < today:
        day += timedelta(days=1)
        passed += is_working_day(day)
    return passed


def spring_festival(today: date) -> date:
    """The first day of the Spring Festival that comes next, or came within the last 20 days."""
    days = (_new_year(year) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today - timedelta(days=20))


@lru_cache(maxsize=8)
def _new_year(year: int) -> date:
    named = holidays.country_holidays("CN", years=year, language="en_US")
    return min(day for day, name in named.items() if "(Spring Festival)" in name)


def day(instant: datetime | None) -> date | None:
    """The day in China on which something was; None of nothing."""
    return None if instant is None else local(instant).date()


@lru_cache(maxsize=1024)
def is_public_holiday(day: date) -> bool:
    """Whether a day belongs to a public holiday: to a run of free days with a holiday in it, so
    that the weekend within or beside it counts as people count it."""
    if is_working_day(day):
        return False
    return any(
        run in _holidays(run.year)
        for way in (-1, 1)
        for run in _free_days(day, timedelta(days=way))
    )


def _free_days(day: date, step: timedelta) -> Iterator[date]:
    while not is_working_day(day):
        yield day
        day += step


def is_worked_weekend(day: date) -> bool:
    """Whether a Saturday or Sunday is worked, and school is held, instead of another day."""
    return day.weekday() >= 5 and is_working_day(day)
