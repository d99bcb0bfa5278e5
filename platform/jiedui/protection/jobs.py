"""What follows from a report about a helper, as an act of its own that is tried again."""

from __future__ import annotations

from jiedui.core import db, happenings, jobs
from jiedui.core.happenings import HelperReported
from jiedui.protection.actions import PAUSE
from jiedui.protection.models import Report


@jobs.handles(PAUSE)
def pause_helper(_job_id: int, report_id: int) -> None:
    """Tell the upper rooms; pausing what is paused already changes nothing."""
    with db.write():
        helper_id = db.session.get_one(Report, report_id).about_helper
        if helper_id is not None:
            happenings.happen(HelperReported(helper_id))
