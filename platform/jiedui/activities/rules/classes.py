"""A class or a small group: its days, its seats, two adults at least, the list of who came."""

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
GROUP_SEATS = (2, 6)
GROUP_LONGEST = timedelta(weeks=26)  # a term; it can be planned anew
GROUP_HOURS = timedelta(hours=3)


class ActivityKind(StrEnum):
    """What is done for several children at once: by the students of a team in the holidays; by one
    helper, week by week, with a small group at a Children's Home; once or several times about a
    theme, planned by an office, a school or a unit."""

    holiday_class = "holiday_class"
    small_group = "small_group"
    themed_event = "themed_event"


# How many helpers at least, and how many adults of the place are there besides. An event may be
# held by teachers, police and people of an office alone: who tells of it says how many adults were
# there, and two they are always.
HELPERS_LEAST = {
    ActivityKind.holiday_class: TWO,
    ActivityKind.small_group: 1,
    ActivityKind.themed_event: 0,
}
OF_THE_PLACE = {
    ActivityKind.holiday_class: 0,
    ActivityKind.small_group: 1,
    ActivityKind.themed_event: 0,
}


class CalledOff(StrEnum):
    """Why a meeting is not held."""

    helper_ill = "helper_ill"
    place_closed = "place_closed"
    weather = "weather"
    school = "school"
    nobody_came = "nobody_came"
    ended = "ended"  # by itself, when the whole ends


OFF_BY_HAND = tuple(one for one in CalledOff if one is not CalledOff.ended)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is said of meetings: held on these weekdays (0 is Monday) between two days (both
    count), at one time of day."""

    title: str
    place_id: int
    seats: int
    starts: date
    ends: date
    weekdays: frozenset[int]
    begins_at: time
    ends_at: time


@dataclass(frozen=True, kw_only=True)
class ClassSaid(Planned):
    """What is said of a holiday class; `unit_id` is the team's."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class GroupSaid(Planned):
    """What is said of a small group; `keeper_id` is the account of whoever keeps the place open
    and is there the whole time."""

    keeper_id: int


def meetings_of(said: Planned) -> list[date]:
    """The days on which they meet."""
    days = (said.ends - said.starts).days + 1
    every = (said.starts + timedelta(days=n) for n in range(days))
    return [day for day in every if day.weekday() in said.weekdays]


def class_fault(said: ClassSaid, season: tuple[date, date]) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with a class, and the field it belongs to. `season`: first and last day."""
    checks = (
        (said.starts < season[0], ActivityRefusal.outside_season, "starts"),
        (said.ends > season[1], ActivityRefusal.outside_season, "ends"),
    )
    wrong = next(((code, field) for bad, code, field in checks if bad), None)
    return wrong or times_fault(said, LONGEST)


def group_fault(said: GroupSaid, today: date) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with a small group, and the field it belongs to."""
    checks = (
        (said.starts < today, ActivityRefusal.group_past, "starts"),
        (said.ends > said.starts + GROUP_LONGEST, ActivityRefusal.group_too_long, "ends"),
        (not GROUP_SEATS[0] <= said.seats <= GROUP_SEATS[1], ActivityRefusal.not_small, "seats"),
    )
    wrong = next(((code, field) for bad, code, field in checks if bad), None)
    return wrong or times_fault(said, GROUP_HOURS)


def times_fault(said: Planned, longest: timedelta) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with the days and times of meetings, and the field it belongs to."""
    begun, over = (datetime.combine(said.starts, at) for at in (said.begins_at, said.ends_at))
    checks = (
        (said.ends < said.starts, ActivityRefusal.class_backwards, "ends"),
        (over <= begun, ActivityRefusal.times_backwards, "ends_at"),
        (over - begun > longest, ActivityRefusal.class_too_long, "ends_at"),
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
    came: Sequence[Came],
    on_class: Iterable[int],
    meeting: tuple[datetime, datetime],
    least: int = TWO,
) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with a list of the helpers who came, and the field it belongs to. A meeting
    with fewer than `least` has no list: its hours do not count, and the office is to know."""
    checks = (
        ({one.helper_id for one in came} - set(on_class), ActivityRefusal.not_of_class),
        (
            len({one.helper_id for one in came}) < least,
            ActivityRefusal.two_needed if least > 1 else ActivityRefusal.one_needed,
        ),
        (any(one.end <= one.start for one in came), ActivityRefusal.no_length),
        (
            any(one.start < meeting[0] or one.end > meeting[1] for one in came),
            ActivityRefusal.outside_meeting,
        ),
    )
    return next(((code, "came") for wrong, code in checks if wrong), None)
