"""What follows from a report about a helper, as an act of its own that is tried again; and reports
that came while the database could not be written are taken in; who is to be called is called."""

from __future__ import annotations

import structlog

from jiedui.core import clock, db, happenings, jobs, spool
from jiedui.core.happenings import HelperReported
from jiedui.protection import actions
from jiedui.protection.actions import ASIDE, PAUSE, duty
from jiedui.protection.actions.trial import begin_trial
from jiedui.protection.models import Report
from jiedui.protection.queries import cases
from jiedui.protection.queries import duty as find
from jiedui.protection.queries.duty import TRIAL
from jiedui.regions import queries as regions

log = structlog.get_logger(__name__)


@jobs.handles(PAUSE)
def pause_helper(_job_id: int, report_id: int) -> None:
    """Tell the upper rooms; pausing what is paused already changes nothing."""
    with db.write():
        helper_id = db.session.get_one(Report, report_id).about_helper
        if helper_id is not None:
            happenings.happen(HelperReported(helper_id))


@jobs.handles(TRIAL, jobs.Timer(TRIAL, minute="0", hour="10", weekday="1"))
def try_the_way(_job_id: int, *, county: int) -> dict[str, str]:
    """Every Monday at ten a trial report goes the way of a real one; whether somebody has read it
    stands on the desk. Run twice it is two trials."""
    return {"number": begin_trial(county)}


@jobs.each_sweep
def call() -> None:
    """Whoever is to be called for a clock that has run out, each report in a write of its own; one
    that fails does not hold up the next."""
    with db.read():
        counties = [one.id for one in regions.counties()]
        late = [number for county in counties for number in _late(county)]
    for number in late:
        try:
            with db.write():
                duty.call_for(number)
        except Exception as error:  # whatever is wrong with one must not hold up the next
            log.error("nobody called", report=number, error=type(error).__name__)


def _late(county_id: int) -> list[int]:
    times, now = cases.times(county_id), clock.now()
    return [
        report.id
        for report in find.under_way(county_id)
        if any(one.due <= now for one in find.clocks_of(report, cases.of_report(report.id), times))
    ]


@jobs.each_sweep
def take_in() -> None:
    """Each in an act of its own; one that fails stays where it is, and the others go on."""
    for path in spool.waiting(ASIDE):
        try:
            with db.write():
                actions.take_in(spool.read(path))
        except Exception as error:  # whatever is wrong with one must not hold up the next
            log.error("report not taken in", error=type(error).__name__)
        else:
            spool.done(path)
