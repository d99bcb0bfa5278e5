"""A month as weeks of days, for the grid at the width of a desk."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan as queries


@dataclass(frozen=True)
class Month:
    """One month and the days that its grid shows."""

    start: date
    weeks: list[list[date]]

    @property
    def first(self) -> date:
        """The first day of the grid."""
        return self.weeks[0][0]

    @property
    def last(self) -> date:
        """The last day of the grid."""
        return self.weeks[-1][-1]

    @property
    def before(self) -> str:
        """The month before, as an address has it."""
        return f"{self.start - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """The month after."""
        return f"{self.start + timedelta(days=32):%Y-%m}"


def month_asked(today: date) -> Month:
    """The month of the address (?month=2026-11); this month where none, or nonsense, stands."""
    year, _, number = request.args.get("month", "").partition("-")
    sane = year.isdecimal() and number.isdecimal() and abs(int(year) - today.year) <= 2
    start = today.replace(day=1)
    if sane and 1 <= int(number) <= 12:
        start = date(int(year), int(number), 1)
    return Month(start, Calendar().monthdatescalendar(start.year, start.month))


def grid(month: Month, sessions: Iterable[PlannedSession]) -> list[list[tuple[date, Any]]]:
    """Each week as days with what is planned on them."""
    on: dict[date, list[PlannedSession]] = {}
    for one in sessions:
        on.setdefault(queries.local(one.start_at)[0], []).append(one)
    return [[(day, on.get(day, [])) for day in week] for week in month.weeks]
