"""What took place at a place in the last year: counts by month, of what somebody confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from jiedui.activities.models import Activity, ActivityMeeting, Course, CourseSession
from jiedui.core import clock, db
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import SUMMED, Evidence
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing

Month = tuple[int, int]
BACK = timedelta(days=365)


@dataclass(frozen=True)
class Held:
    """One month at a place: meetings of classes and groups, courses, sessions of pairings that were
    checked in or verified."""

    month: Month
    meetings: int
    courses: int
    sessions: int


def held_at(place_id: int) -> list[Held]:
    """Months of the last year in which something took place, newest first."""
    since = clock.today() - BACK
    rows = (_meetings(place_id, since), _courses(place_id, since), _sessions(place_id, since))
    counts = [Counter((day.year, day.month) for day in days) for days in rows]
    months = sorted(set().union(*counts), reverse=True)
    return [Held(month, *(one[month] for one in counts)) for month in months]


def _counted(since: date) -> tuple[Any, ...]:
    known = ServiceSession.state.in_(SUMMED), ServiceSession.evidence != Evidence.declared
    return (*known, ServiceSession.minutes > 0, ServiceSession.on >= since)


def _local(instants: Iterable[datetime]) -> list[date]:
    return [clock.local(one).date() for one in instants]


def _meetings(place_id: int, since: date) -> list[date]:
    found = select(ActivityMeeting.start_at).join(Activity)
    mine = Activity.place_id == place_id, ActivityMeeting.confirmed_by.is_not(None)
    rows = db.session.scalars(found.where(*mine, ActivityMeeting.start_at >= clock.at(since)))
    return _local(rows)


def _courses(place_id: int, since: date) -> list[date]:
    mine = Course.place_id == place_id, Course.confirmed_by.is_not(None)
    held = CourseSession.start_at
    found = select(held).join(Course, Course.id == CourseSession.course_id)
    found = found.where(*mine, held >= clock.at(since))
    return _local(db.session.scalars(found))


def _sessions(place_id: int, since: date) -> list[date]:
    found = (
        select(ServiceSession.on)
        .join(Pairing, Pairing.id == ServiceSession.pairing_id)
        .join(Need, Need.id == Pairing.need_id)
        .where(Need.place_id == place_id, *_counted(since))
    )
    return list(db.session.scalars(found))
