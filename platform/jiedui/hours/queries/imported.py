"""Hours that lists have brought: of one person, and of many at once. Nothing here is verified."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from jiedui.core import db
from jiedui.hours.models import ImportedHours, ServiceSession
from jiedui.hours.rules import HOLDING
from jiedui.hours.rules.past import Period


def imported_of(helper_id: int) -> list[ImportedHours]:
    """What lists say of somebody's past service, newest first."""
    found = select(ImportedHours).where(ImportedHours.helper_id == helper_id)
    order = found.order_by(ImportedHours.ends.desc(), ImportedHours.id.desc())
    return list(db.session.scalars(order))


def imported_minutes(helper_id: int, start: date | None = None, end: date | None = None) -> int:
    """How many minutes lists say for whole periods between two days (both count). Never added to
    what was verified or declared here."""
    found = select(func.sum(ImportedHours.minutes)).where(ImportedHours.helper_id == helper_id)
    if start is not None:
        found = found.where(ImportedHours.starts >= start)
    if end is not None:
        found = found.where(ImportedHours.ends <= end)
    return int(db.session.scalar(found) or 0)


@dataclass(frozen=True)
class Brought:
    """A row of an earlier list."""

    id: int
    key: str
    period: Period
    minutes: int


def brought(helper_ids: Collection[int]) -> dict[int, list[Brought]]:
    """What earlier lists have brought for each of these people."""
    rows = db.session.execute(
        select(
            ImportedHours.helper_id, ImportedHours.id, ImportedHours.key, ImportedHours.starts,
            ImportedHours.ends, ImportedHours.minutes,
        ).where(ImportedHours.helper_id.in_(helper_ids))
    )  # fmt: skip
    found: dict[int, list[Brought]] = {}
    for helper, number, key, starts, ends, minutes in rows:
        found.setdefault(helper, []).append(Brought(number, key, Period(starts, ends), minutes))
    return found


def days_here(helper_ids: Collection[int]) -> dict[int, list[date]]:
    """On which days each of these people has a session in the portal."""
    rows = db.session.execute(
        select(ServiceSession.helper_id, ServiceSession.on)
        .where(ServiceSession.helper_id.in_(helper_ids), ServiceSession.state.in_(HOLDING))
        .distinct()
    )
    found: dict[int, list[date]] = {}
    for helper, day in rows:
        found.setdefault(helper, []).append(day)
    return found
