"""What is done about a worry: it is kept, it is read, what follows from it, and how it ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, jobs, outbox
from jiedui.core.actors import ANYBODY, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.protection import queries
from jiedui.protection.models import Feedback, Report
from jiedui.protection.rules import (
    HELPER,
    REPORT_MOVES,
    ReportOutcome,
    ReportRefusal,
    ReportState,
    is_flood,
)

PAUSE = "protection.pause helper"


@dataclass(frozen=True)
class Worry:
    """What somebody said, as they said it. `helper_id` when it is about a helper."""

    what: str
    where: str
    reporter: str
    address: str
    helper_id: int | None = None
    account_id: int | None = None


def receive(worry: Worry, county_id: int) -> Report:
    """Keep a report, tell those who read reports, and ask for what follows from it.

    Nothing in it is refused. It is laid to nobody in the record: who reports is a secret, which
    lies sealed off in the report itself."""
    flood = is_flood(queries.from_here_today(worry.address))
    report = Report(
        county_id=county_id,
        number=_new_number(),
        what=worry.what,
        where=worry.where,
        reporter=worry.reporter,
        reporter_account_id=worry.account_id,
        place_index=queries.place_index(worry.address),
        flood=flood,
        state=ReportState.received,
        received_at=clock.now(),
    )
    db.session.add(report)
    audit.record(Act.report_received, report, by=ANYBODY)
    if worry.helper_id is not None and queries.helper_exists(worry.helper_id, county_id):
        _about(report, worry.helper_id, by=ANYBODY)
    if not flood:
        _tell_readers(report)
    return report


def _new_number() -> str:
    number = f"{secrets.randbelow(10**8):08d}"
    return _new_number() if queries.number_taken(number) else number


def _about(report: Report, helper_id: int, *, by: By) -> None:
    report.about_kind, report.about_id = HELPER, helper_id
    db.session.flush()  # the job names the report
    job = jobs.ask(PAUSE, by=by, county_id=report.county_id, report_id=report.id)
    report.job_id = job.id


def _tell_readers(report: Report) -> None:
    about = ("report", report.id)
    hidden_from = {report.reporter_account_id}
    if report.about_helper is not None:
        hidden_from.add(queries.helper_account(report.about_helper))
    accounts = {h.account_id for h in queries.readers(report.county_id)} - hidden_from
    for account_id in sorted(accounts):
        outbox.post(
            LetterKind.report_waiting, to=account_id, county_id=report.county_id, about=about
        )


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
    _about(report, helper_id, by=by)
    audit.record(Act.report_helper_named, report, by=by)


def handle(
    report: Report, outcome: ReportOutcome, answer: str, *, by: Actor, version: int | None = None
) -> None:
    """Say what came of a report. Refuses one's own and one that was not read."""
    fresh(report.version, version)
    _not_own(report, by)
    if report.state is ReportState.received:
        raise Refusal(ReportRefusal.not_read_yet)
    REPORT_MOVES.require(report.state, ReportState.handled)
    report.state, report.outcome, report.answer = ReportState.handled, outcome, answer
    report.handled_by, report.handled_at = by.account_id, clock.now()
    audit.record(Act.report_handled, report, by=by, outcome=outcome.value)


def _not_own(report: Report, by: Actor) -> None:
    if queries.own(report, by):
        raise Refusal(ReportRefusal.own_report)


def take_opinion(text: str, contact: str, county_id: int, *, by: By) -> Feedback:
    """Keep an opinion or a suggestion about the portal."""
    said = Feedback(
        county_id=county_id,
        text=text,
        contact=contact,
        account_id=by.account_id,
        received_at=clock.now(),
    )
    db.session.add(said)
    audit.record(Act.feedback_received, said, by=ANYBODY)
    return said


def read_opinion(said: Feedback, *, by: Actor) -> None:
    """Note that an opinion was read."""
    if said.read_at is None:
        said.read_by, said.read_at = by.account_id, clock.now()
        audit.record(Act.feedback_read, said, by=by)
