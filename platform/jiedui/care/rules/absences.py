"""A pupil who is absent: from when it is late, how it ends, and every no (控辍保学: nobody leaves
school before the end of the nine years, 义务教育法 art. 13, 国发〔2016〕13号)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from jiedui.core.states import Transitions

SCHOOL_DAYS = 3  # after that many without word, somebody must have gone to see
FAR_BACK = 200  # days: before that it is another school year


class AbsenceState(StrEnum):
    """Whether the child is still away."""

    open = "open"
    closed = "closed"


ABSENCE_MOVES = Transitions({AbsenceState.open: {AbsenceState.closed}})


class AbsenceEnd(StrEnum):
    """How an absence ended."""

    returned = "returned"
    transferred = "transferred"
    moved_away = "moved away"
    ill_at_home = "ill at home"
    taught_at_home = "taught at home"
    finished_school = "finished school"
    by_mistake = "by mistake"


# For these the last day of the absence is known.
WITH_DAY = frozenset({AbsenceEnd.returned, AbsenceEnd.transferred})


class AbsenceRefusal(StrEnum):
    """Why something about an absence is refused."""

    unknown_pupil = "unknown pupil"
    several_pupils = "several pupils"
    absent_already = "absent already"
    in_future = "in future"
    long_ago = "long ago"
    day_missing = "day missing"
    before_absence = "before absence"
    over_already = "over already"


def since_fault(since: date, today: date) -> AbsenceRefusal | None:
    """What is wrong with the first day of an absence."""
    if since > today:
        return AbsenceRefusal.in_future
    return AbsenceRefusal.long_ago if (today - since).days > FAR_BACK else None


def end_fault(
    state: AbsenceState, since: date, end: AbsenceEnd, on: date | None, today: date
) -> tuple[AbsenceRefusal, str | None] | None:
    """Why an absence cannot end like this, and the field it belongs to."""
    if not ABSENCE_MOVES.allows(state, AbsenceState.closed):
        return AbsenceRefusal.over_already, None
    if on is None:
        return (AbsenceRefusal.day_missing, "on") if end in WITH_DAY else None
    if on > today:
        return AbsenceRefusal.in_future, "on"
    return (AbsenceRefusal.before_absence, "on") if on < since else None
