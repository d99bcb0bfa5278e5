"""The duty roster: who is there when, and in which order they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

WEEKDAYS = tuple(range(7))


class Weekday(StrEnum):
    """Days of the week as a roster names them."""

    monday = "0"
    tuesday = "1"
    wednesday = "2"
    thursday = "3"
    friday = "4"
    saturday = "5"
    sunday = "6"


class DutyRefusal(StrEnum):
    """Why an entry in the roster is refused."""

    no_reader = "no reader"
    no_days = "no days"
    ended_already = "ended already"


@dataclass(frozen=True)
class Turn:
    """When somebody is on duty each week, China's time; over midnight when `until` is not after
    `start`. `rank` says who is called first."""

    account_id: int
    days: frozenset[int]
    start: time
    until: time
    rank: int

    def covers(self, local: datetime) -> bool:
        """Whether the turn holds at a moment of the county's clock."""
        here, day = local.time(), local.weekday()
        if self.start < self.until:
            return day in self.days and self.start <= here < self.until
        before = (local - timedelta(days=1)).weekday()
        return (day in self.days and here >= self.start) or (
            before in self.days and here < self.until
        )


def order(turns: Iterable[Turn], local: datetime) -> list[int]:
    """Accounts in the order in which they are called: who is on duty by rank, then the others on
    the roster by rank, each once."""
    known = sorted(turns, key=lambda one: (not one.covers(local), one.rank, one.account_id))
    return list(dict.fromkeys(one.account_id for one in known))


def on_duty(turns: Iterable[Turn], local: datetime) -> list[int]:
    """Accounts that are on duty now, by rank."""
    there = sorted(
        (t for t in turns if t.covers(local)), key=lambda one: (one.rank, one.account_id)
    )
    return list(dict.fromkeys(one.account_id for one in there))
