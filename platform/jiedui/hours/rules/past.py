"""Hours from before the portal, of which it knows only what a list says. They stand in a column of
their own, are never verified, never added to others, and count for nothing that is earned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.hours.rules.sessions import DAY_MOST

MINUTES_A_DAY = int(DAY_MOST.total_seconds()) // 60


class PastFault(StrEnum):
    """Why a row of a list of past hours is not taken."""

    no_day = "no day"
    day_or_period = "day or period"
    backwards = "backwards"
    no_length = "no length"
    too_long = "too long"
    in_portal = "in portal"
    overlaps = "overlaps"


@dataclass(frozen=True)
class Period:
    """From one day to another; both count."""

    starts: date
    ends: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.ends - self.starts).days + 1

    def touches(self, other: Period) -> bool:
        """Whether both have a day in common."""
        return self.starts <= other.ends and other.starts <= self.ends


def past_fault(period: Period, minutes: int) -> PastFault | None:
    """What cannot be true: no time at all, or more than twelve hours on every day."""
    if minutes <= 0:
        return PastFault.no_length
    return PastFault.too_long if minutes > period.days * MINUTES_A_DAY else None


def counted_already(period: Period, others: list[Period]) -> bool:
    """Whether other rows of the same person count some of these days in another cut: a year's sum
    beside its months. The very same days may stand there more than once, for other things."""
    return any(period.touches(other) and period != other for other in others)
