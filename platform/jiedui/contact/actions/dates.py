"""The county's school calendar: holidays and weeks of exams, by which sessions are left out."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from jiedui.contact.models import SchoolDates
from jiedui.contact.rules.plan import DatesKind, PlanRefusal
from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.regions.models import Region

NIGHTLY = "contact.nightly"
LONGEST = timedelta(days=100)


def add(county: Region, kind: DatesKind, starts: date, ends: date, *, by: By) -> SchoolDates:
    """Write days down; the plans of the county are looked at again at once. Refuses days in the
    wrong order, more than a hundred, and days of the same kind that are there already."""
    db.lock(Region, county.id)
    if ends < starts:
        raise Refusal(PlanRefusal.dates_backwards, "ends")
    if ends - starts > LONGEST:
        raise Refusal(PlanRefusal.dates_too_long, "ends")
    same = select(SchoolDates.id).where(
        SchoolDates.county_id == county.id,
        SchoolDates.kind == kind,
        SchoolDates.starts <= ends,
        SchoolDates.ends >= starts,
    )
    if db.session.scalar(same.limit(1)) is not None:
        raise Refusal(PlanRefusal.dates_overlap, "starts")
    made = SchoolDates(
        county_id=county.id,
        kind=kind,
        starts=starts,
        ends=ends,
        set_by=by.account_id,
        set_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(Act.school_dates_set, made, by=by, kind=kind)
    jobs.ask(NIGHTLY, by=by, county_id=county.id, county=county.id)
    return made


def end(dates: SchoolDates, *, by: By) -> None:
    """Take days away that do not hold; the plans are looked at again at once."""
    audit.record(Act.school_dates_ended, dates, by=by)
    jobs.ask(NIGHTLY, by=by, county_id=dates.county_id, county=dates.county_id)
    db.session.delete(dates)
