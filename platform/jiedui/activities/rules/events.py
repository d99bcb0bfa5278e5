"""A themed event (主题活动): its theme, how it is held, what a risky one and one on self-protection
need, and what a count of those reached must be.

Children come by seats, by name and with their guardian's yes, or a whole school, grade or village
comes and only numbers are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.activities.rules.classes import LONGEST, TWO, Planned, times_fault
from jiedui.activities.rules.refusals import ActivityRefusal
from jiedui.care.rules.statement import AgeBand

REACHED_MOST = 5000  # children at one meeting
OTHERS_MOST = 200  # adults beside the helpers
FARTHEST = timedelta(days=366)
UNTIL = timedelta(weeks=26)  # a series; it can be planned anew


class Theme(StrEnum):
    """What an event is about, as the plan lists it."""

    culture_sport = "culture_sport"
    reading = "reading"
    science = "science"
    law = "law"
    traffic = "traffic"
    fire = "fire"
    drowning = "drowning"
    food = "food"
    life_education = "life_education"
    coping = "coping"
    self_protection = "self_protection"


# Taught with approved material only, and never by one adult alone.
WITH_MATERIAL = frozenset({Theme.self_protection})


class EventForm(StrEnum):
    """How an event is held."""

    lecture = "lecture"
    role_play = "role_play"
    drill = "drill"
    workshop = "workshop"
    visit = "visit"
    contest = "contest"


class Audience(StrEnum):
    """Who comes as a whole to an event by count."""

    school = "school"
    grade = "grade"
    village = "village"


class EventLook(StrEnum):
    """What an office says of an event: its own needs no look; what a unit or school has planned
    waits for one, and is open once it is agreed."""

    needless = "needless"
    planned = "planned"
    agreed = "agreed"
    refused = "refused"


LOOK_OPEN = frozenset({EventLook.needless, EventLook.agreed})


class EventRefusal(StrEnum):
    """Why something about a themed event is refused."""

    past = "past"
    too_far = "too far"
    series_too_long = "series too long"
    seats_or_count = "seats or count"
    audience_missing = "audience missing"
    insurance_missing = "insurance missing"
    risky_by_seats = "risky by seats"
    material_missing = "material missing"
    material_other = "material other"
    not_your_place = "not your place"
    helped_already = "helped already"
    waits_already = "waits already"
    seat_is_free = "seat is free"
    by_count = "by count"
    nobody_counted = "nobody counted"
    too_many = "too many"
    adults_missing = "adults missing"
    unknown_pupil = "unknown pupil"
    several_pupils = "several pupils"
    withdrawn_already = "withdrawn already"
    not_agreed = "not agreed"
    looked_already = "looked already"
    look_reason = "look reason"
    no_slips = "no slips"
    slip_not_today = "slip not today"
    slip_without_yes = "slip without yes"


@dataclass(frozen=True, kw_only=True)
class EventSaid(Planned):
    """What is said of an event. `seats` 0 and `expected` children of an `audience`: by count.
    `insurance`: the number of the policy, "" where there is none; `co_host`: who holds it too."""

    theme: Theme
    form: EventForm
    co_host: str = ""
    audience: Audience | None = None
    expected: int | None = None
    risky: bool = False
    insurance: str = ""
    material_id: int | None = None

    @property
    def by_count(self) -> bool:
        """Whether a whole school, grade or village comes."""
        return self.expected is not None


def event_fault(said: EventSaid, today: date) -> tuple[EventRefusal | ActivityRefusal, str] | None:
    """What is wrong with an event, and the field it belongs to."""
    checks = (
        (said.starts < today, EventRefusal.past, "starts"),
        (said.starts > today + FARTHEST, EventRefusal.too_far, "starts"),
        (said.ends > said.starts + UNTIL, EventRefusal.series_too_long, "ends"),
        (said.by_count == bool(said.seats), EventRefusal.seats_or_count, "seats"),
        (said.by_count and said.audience is None, EventRefusal.audience_missing, "audience"),
        (said.risky and said.by_count, EventRefusal.risky_by_seats, "risky"),
        (said.risky and not said.insurance, EventRefusal.insurance_missing, "insurance"),
        (
            said.theme in WITH_MATERIAL and said.material_id is None,
            EventRefusal.material_missing,
            "material",
        ),
    )
    wrong = next(((code, field) for bad, code, field in checks if bad), None)
    return wrong or times_fault(said, LONGEST)


def held_fault(
    adults: int, counts: Mapping[AgeBand, int], *, by_count: bool
) -> tuple[EventRefusal, str] | None:
    """What is wrong with what is told of a meeting: how many adults were there, and of one by
    count how many children of each age."""
    if adults < TWO:
        return EventRefusal.adults_missing, "others"
    reached = sum(counts.values())
    if by_count and reached < 1:
        return EventRefusal.nobody_counted, "counts"
    if by_count and reached > REACHED_MOST:
        return EventRefusal.too_many, "counts"
    return None
