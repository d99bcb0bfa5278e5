"""Quarters of the year, and where a day stands in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LIST_DAYS = 10  # so many days before its end a quarter's unanswered files stand on a list
WRITTEN = re.compile(r"(20\d\d)-([1-4])")


class Due(StrEnum):
    """Where a day stands in a quarter: in it, near its end, after it."""

    running = "running"
    soon = "soon"
    overdue = "overdue"


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, number 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        """The one before."""
        return quarter_of(self.first - timedelta(days=1))

    @property
    def key(self) -> str:
        """How it is written in an address and on the record: 2026-3."""
        return f"{self.year}-{self.number}"

    def due(self, today: date) -> Due:
        """How much time a day leaves."""
        if today > self.last:
            return Due.overdue
        return Due.soon if today >= self.last - timedelta(days=LIST_DAYS) else Due.running


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(text: str) -> Quarter | None:
    """The quarter that an address means; None for anything else."""
    found = WRITTEN.fullmatch(text)
    return Quarter(int(found[1]), int(found[2])) if found else None
