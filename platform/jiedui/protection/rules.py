"""States of a report, and who reads it."""

from __future__ import annotations

from enum import StrEnum

from jiedui.core.states import Transitions


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
