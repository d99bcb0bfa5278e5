"""States of a report, and who reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from jiedui.core.states import Transitions

READ_WITHIN = timedelta(hours=2)  # in duty hours; later than that it stands as overdue
FLOOD = 5  # reports a day from one place, after which no more letters go out
HELPER = "helper"


class ReportState(StrEnum):
    """Where a report stands. It is never deleted."""

    received = "received"
    read = "read"
    handled = "handled"


REPORT_MOVES = Transitions(
    {
        ReportState.received: {ReportState.read},
        ReportState.read: {ReportState.handled},
    }
)


class ReportOutcome(StrEnum):
    """What was done about a report."""

    police_told = "police told"
    visited = "visited"
    passed_on = "passed on"
    no_danger_found = "no danger found"


class ReportRefusal(StrEnum):
    """Why an act on a report is refused. A report itself is never refused."""

    own_report = "own report"
    not_read_yet = "not read yet"
    no_such_helper = "no such helper"


def read_by(received_at: datetime) -> datetime:
    """Until when somebody should have read a report."""
    return received_at + READ_WITHIN


def is_flood(from_here_today: int) -> bool:
    """Whether so many came from one place today that letters would bury the others. The report
    itself is kept all the same."""
    return from_here_today >= FLOOD


def is_own(reader_ids: set[int], reporter: int | None, about_account: int | None) -> bool:
    """Whether a reader must not see a report: their own, or one about themselves. A deputy is
    both persons."""
    return reporter in reader_ids or about_account in reader_ids
