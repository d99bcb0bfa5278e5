"""A course: for whom, on which days, how long it counts, what a list of those who came must be, and
who has passed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

MINUTES = (30, 2400)
COURSE_SEATS_MOST = 200
SESSIONS_MOST = 12
SHARE = (50, 100)  # percent of the sessions that somebody must have come to
HOLDS = (1, 60)  # months
FARTHEST = timedelta(days=366)


class CourseFor(StrEnum):
    """Whom a course is for. Officials are child directors and township supervisors."""

    helpers = "helpers"
    guardians = "guardians"
    officials = "officials"


class CourseRefusal(StrEnum):
    """Why something about a course is refused."""

    past = "past"
    too_far = "too far"
    backwards = "backwards"
    days_overlap = "days overlap"
    too_many_days = "too many days"
    minutes_out = "minutes out"
    longer_than_held = "longer than held"
    no_unit = "no unit"
    place_outside = "place outside"
    full = "full"
    on_already = "on already"
    not_for_them = "not for them"
    over = "over"
    off_already = "off already"
    not_over = "not over"
    nobody_came = "nobody came"
    not_on_it = "not on it"
    not_told = "not told"
    confirmed_already = "confirmed already"
    own_list = "own list"
    knows_somebody = "knows somebody"
    left_already = "left already"


@dataclass(frozen=True)
class CourseDay:
    """One session of a course. `row`: which row of the form says it, from the second on."""

    day: date
    begins_at: time
    ends_at: time
    row: int = 1

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Its beginning and end on the clock of the place."""
        return datetime.combine(self.day, self.begins_at), datetime.combine(self.day, self.ends_at)

    @property
    def minutes(self) -> int:
        """How long it is held."""
        begun, over = self.span
        return int((over - begun).total_seconds()) // 60

    def field(self, name: str) -> str:
        """The field of the form where something about it is said."""
        return name if self.row == 1 else f"{name}_{self.row}"


@dataclass(frozen=True, kw_only=True)
class CourseSaid:
    """What is said of a course. `place_id` None: everybody reads at home and is asked by telephone
    at the time named. `minutes`: what counts as taught, over all sessions; None: as long as they
    are held. `more`: the sessions after the first; `share`: to how many of a hundred of them
    somebody must have come; `holds_months`: how long it counts."""

    title: str
    content: str
    audience: CourseFor
    unit_id: int
    place_id: int | None
    day: date
    begins_at: time
    ends_at: time
    minutes: int | None
    seats: int
    holds_months: int
    more: tuple[CourseDay, ...] = ()
    share: int = 100

    @property
    def days(self) -> tuple[CourseDay, ...]:
        """Every session, the first first."""
        return (CourseDay(self.day, self.begins_at, self.ends_at), *self.more)

    @property
    def held(self) -> int:
        """Minutes for which it is held, all sessions together."""
        return sum(one.minutes for one in self.days)

    @property
    def counts(self) -> int:
        """Minutes that count as taught."""
        return self.held if self.minutes is None else self.minutes


def course_fault(said: CourseSaid, today: date) -> tuple[CourseRefusal, str] | None:
    """What is wrong with a course, and the field it belongs to."""
    longer = said.place_id is not None and said.counts > said.held
    checks = (
        (said.day < today, CourseRefusal.past, "day"),
        (len(said.days) > SESSIONS_MOST, CourseRefusal.too_many_days, "day"),
        *(check for one in said.days for check in _of_day(one, today)),
        *(
            (after.span[0] < before.span[1], CourseRefusal.days_overlap, after.field("day"))
            for before, after in pairwise(said.days)
        ),
        (longer, CourseRefusal.longer_than_held, "minutes"),
        (not MINUTES[0] <= said.counts <= MINUTES[1], CourseRefusal.minutes_out, "minutes"),
    )
    return next(((code, field) for bad, code, field in checks if bad), None)


def _of_day(one: CourseDay, today: date) -> tuple[tuple[bool, CourseRefusal, str], ...]:
    return (
        (one.day > today + FARTHEST, CourseRefusal.too_far, one.field("day")),
        (one.minutes <= 0, CourseRefusal.backwards, one.field("ends_at")),
    )


def course_list_fault(
    came: Sequence[Collection[int]], on: Collection[int]
) -> tuple[CourseRefusal, str] | None:
    """What is wrong with the lists of those who came, one for each session, by the numbers of
    members."""
    ticked = {number for one in came for number in one}
    if not ticked:
        return CourseRefusal.nobody_came, "came"
    if ticked - set(on):
        return CourseRefusal.not_on_it, "came"
    return None


def passes(there: int, held: int, share: int) -> bool:
    """Whether somebody who came to so many of the sessions has passed: a share of a hundred."""
    return there > 0 and there * 100 >= share * held


def minutes_for(there: int, held: int, counts: int) -> int:
    """Minutes that count for somebody who was there for a part of those that were held."""
    return counts if there >= held else counts * there // held


def counts_longer(until: date, standing: date | None, *, stands: bool) -> bool:
    """Whether a course that counts until a day adds to a training that stands (`standing` None:
    without end). A shorter course never shortens what somebody has."""
    return not stands or (standing is not None and until > standing)
