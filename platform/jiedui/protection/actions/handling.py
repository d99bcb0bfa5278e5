"""A report is read, what follows from it, and how it ended."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.protection import queries
from jiedui.protection.actions.receiving import pause_about
from jiedui.protection.models import Report
from jiedui.protection.queries import cases
from jiedui.protection.rules import REPORT_MOVES, ReportOutcome, ReportRefusal, ReportState
from jiedui.protection.rules.case import CaseRefusal


def take_up(report_id: int, *, by: Actor) -> Report:
    """Read a report: it is on record each time, and the first time starts the work on it."""
    db.lock(Report, report_id)
    report = queries.get_for(report_id, by)
    if report.state is ReportState.received:
        REPORT_MOVES.require(report.state, ReportState.read)
        report.state, report.read_by, report.read_at = ReportState.read, by.account_id, clock.now()
    audit.record(Act.report_read, report, by=by)
    return report


def name_helper(report: Report, helper_id: int | None, *, by: Actor) -> None:
    """Say which helper a report is about: that helper's pairings pause. Refuses a number that
    nobody has."""
    _not_own(report, by)
    if helper_id is None or not queries.helper_exists(helper_id, report.county_id):
        raise Refusal(ReportRefusal.no_such_helper, "helper")
    pause_about(report, helper_id, by=by)
    audit.record(Act.report_helper_named, report, by=by)


def handle(
    report: Report,
    outcome: ReportOutcome,
    answer: str,
    reply: str = "",
    *,
    by: Actor,
    version: int | None = None,
) -> None:
    """Say what came of a report: `answer` for those who look at it later, `reply` for whoever
    reported. A second person looks at it after that. Refuses one's own, one that was not read and
    one that has become a case, which ends by its own way."""
    # Whoever opens a case locks it too: it ends one way, not both.
    db.lock(Report, report.id)
    fresh(report.version, version)
    _not_own(report, by)
    if report.state is ReportState.received:
        raise Refusal(ReportRefusal.not_read_yet)
    if cases.of_report(report.id) is not None:
        raise Refusal(CaseRefusal.has_case)
    REPORT_MOVES.require(report.state, ReportState.handled)
    report.state, report.outcome, report.answer = ReportState.handled, outcome, answer
    report.reply = reply or None
    report.handled_by, report.handled_at = by.account_id, clock.now()
    audit.record(Act.report_handled, report, by=by, outcome=outcome.value)


def _not_own(report: Report, by: Actor) -> None:
    if queries.own(report, by):
        raise Refusal(ReportRefusal.own_report)
