"""What follows from a report about a helper, as an act of its own that is tried again; and reports
that came while the database could not be written are taken in."""

from __future__ import annotations

import structlog

from jiedui.core import db, happenings, jobs, spool
from jiedui.core.happenings import HelperReported
from jiedui.protection import actions
from jiedui.protection.actions import ASIDE, PAUSE
from jiedui.protection.models import Report

log = structlog.get_logger(__name__)


@jobs.handles(PAUSE)
def pause_helper(_job_id: int, report_id: int) -> None:
    """Tell the upper rooms; pausing what is paused already changes nothing."""
    with db.write():
        helper_id = db.session.get_one(Report, report_id).about_helper
        if helper_id is not None:
            happenings.happen(HelperReported(helper_id))


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
