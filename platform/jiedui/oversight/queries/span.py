"""A calendar year as it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiedui.core import clock
from jiedui.oversight.rules.yearly import last_day


@dataclass(frozen=True)
class Span:
    """A county's year: from an instant until before another; `last` is its last day."""

    county_id: int
    starts: datetime
    ends: datetime
    last: date

    def holds(self, column: Any) -> Any:
        """The condition that an instant lies in it."""
        return (column >= self.starts) & (column < self.ends)


def span_of(county_id: int, year: int) -> Span:
    """A calendar year as a clock in China has it."""
    starts, ends = clock.at(date(year, 1, 1)), clock.at(date(year + 1, 1, 1))
    return Span(county_id, starts, ends, last_day(year, clock.today()))
