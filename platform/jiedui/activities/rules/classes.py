"""A class: its days, its seats, two adults at least, and the list of who came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jiedui.activities.rules.refusals import ActivityRefusal

SEATS_MOST = 60
TWO = 2  # adults: nobody is alone with a class
MEETINGS_MOST = 80
LONGEST = timedelta(hours=8)


class ActivityKind(StrEnum):
    """What is done for many children at once."""

    holiday_class = "holiday_class"


@dataclass(frozen=True)
class ClassSaid:
    """What is said of a class: held on these weekdays (0 is Monday) between two days (both count),
    at one time of day."""

    title: str
    unit_id: int
    place_id: int
    seats: int
    starts: date
    ends: date
    weekdays: frozenset[int]
    begins_at: time
    ends_at: time


def meetings_of(said: ClassSaid) -> list[date]:
    """The days on which a class meets."""
    days = (said.ends - said.starts).days + 1
    every = (said.starts + timedelta(days=n) for n in range(days))
    return [day for day in every if day.weekday() in said.weekdays]


def class_fault(said: ClassSaid, season: tuple[date, date]) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with a class, and the field it belongs to. `season`: first and last day."""
    begun, over = (datetime.combine(said.starts, at) for at in (said.begins_at, said.ends_at))
    checks = (
        (said.ends < said.starts, ActivityRefusal.class_backwards, "ends"),
        (said.starts < season[0], ActivityRefusal.outside_season, "starts"),
        (said.ends > season[1], ActivityRefusal.outside_season, "ends"),
        (over <= begun, ActivityRefusal.times_backwards, "ends_at"),
        (over - begun > LONGEST, ActivityRefusal.class_too_long, "ends_at"),
    )
    wrong = next(((code, field) for bad, code, field in checks if bad), None)
    if wrong is None and not 1 <= len(meetings_of(said)) <= MEETINGS_MOST:
        return ActivityRefusal.no_meeting, "weekdays"
    return wrong


@dataclass(frozen=True)
class Came:
    """A helper was there from one instant to another."""

    helper_id: int
    start: datetime
    end: datetime


def list_fault(
    came: Sequence[Came], on_class: Iterable[int], meeting: tuple[datetime, datetime]
) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with a list of the helpers who came, and the field it belongs to. A meeting
    that one held alone has no list: its hours do not count, and the office is to know."""
    checks = (
        ({one.helper_id for one in came} - set(on_class), ActivityRefusal.not_of_class),
        (len({one.helper_id for one in came}) < TWO, ActivityRefusal.two_needed),
        (any(one.end <= one.start for one in came), ActivityRefusal.no_length),
        (
            any(one.start < meeting[0] or one.end > meeting[1] for one in came),
            ActivityRefusal.outside_meeting,
        ),
    )
    return next(((code, "came") for wrong, code in checks if wrong), None)
