"""States of a report, and who reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from jiedui.core.states import Transitions

READ_WITHIN = timedelta(hours=2)  # in duty hours; later than that it stands as overdue
FLOOD = 5  # reports a day from one place, after which no more letters go out
HELPER = "helper"
NUMBER, SECRET = 8, 6  # digits, so that both can be said over the telephone
TRIES = 5  # wrong secrets an hour for one number: a million secrets outlast any patience
TRIES_PER_ADDRESS = 20
TRIES_WITHIN = timedelta(hours=1)


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


class News(StrEnum):
    """What whoever reported is told when they ask: how far it is, and nothing of the child."""

    received = "received"
    read = "read"
    police_told = "police told"
    looked_into = "looked into"
    passed_on = "passed on"


class ReportRefusal(StrEnum):
    """Why an act on a report is refused. A report itself is never refused."""

    own_report = "own report"
    not_read_yet = "not read yet"
    no_such_helper = "no such helper"
    nothing_found = "nothing found"
    too_many_tries = "too many tries"
    answered = "answered"
    no_opinion = "no opinion"


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


def news(state: ReportState, outcome: ReportOutcome | None) -> News:
    """What is told of a report. Whether a child was found in danger, or seen at all, is not."""
    if state is ReportState.received:
        return News.received
    if state is ReportState.read:
        return News.read
    return {
        ReportOutcome.police_told: News.police_told,
        ReportOutcome.passed_on: News.passed_on,
    }.get(outcome or ReportOutcome.visited, News.looked_into)


def must_wait(wrong_here: int, wrong_from_there: int) -> bool:
    """Whether a secret may not be tried now: too many wrong ones for this number, or from this
    address."""
    return wrong_here >= TRIES or wrong_from_there >= TRIES_PER_ADDRESS
