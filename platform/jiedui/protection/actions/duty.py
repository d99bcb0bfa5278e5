"""The duty roster is set; and who is called when a clock of a report has run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.protection import queries
from jiedui.protection.models import DutyCall, DutyTurn, ProtectionCase, Report
from jiedui.protection.queries import cases as find
from jiedui.protection.queries import duty
from jiedui.protection.rules import ReportState
from jiedui.protection.rules.clocks import Clock, Rung, calls_by_now, rungs
from jiedui.protection.rules.duty import DutyRefusal


@dataclass(frozen=True)
class TurnSaid:
    """An entry of the roster: who, on which days (0 is Monday), from when until when by China's
    clock, by which telephone, and who is called first (1 to 9)."""

    account_id: int
    days: frozenset[int]
    start: time
    until: time
    phone: str
    rank: int = 1


def set_turn(said: TurnSaid, *, by: Actor) -> DutyTurn:
    """Put somebody on the duty roster. Refuses who may not read reports, and no days."""
    if said.account_id not in {one.account_id for one in queries.readers(by.county_id)}:
        raise Refusal(DutyRefusal.no_reader, "account")
    if not said.days:
        raise Refusal(DutyRefusal.no_days, "days")
    turn = DutyTurn(
        county_id=by.county_id,
        account_id=said.account_id,
        days="".join(str(one) for one in sorted(said.days)),
        start=f"{said.start:%H:%M}",
        until=f"{said.until:%H:%M}",
        rank=said.rank,
        phone=said.phone,
        set_by=by.account_id,
        set_at=clock.now(),
    )
    db.session.add(turn)
    audit.record(Act.duty_turn_set, turn, by=by)
    return turn


def end_turn(turn_id: int, *, by: Actor) -> None:
    """Take an entry off the roster; it stays on record. Refuses one that has ended."""
    db.lock(DutyTurn, turn_id)
    turn = duty.turn(turn_id)
    if turn.ended_at is not None:
        raise Refusal(DutyRefusal.ended_already)
    turn.ended_by, turn.ended_at = by.account_id, clock.now()
    audit.record(Act.duty_turn_ended, turn, by=by)


def call_for(report_id: int) -> int:
    """Write to everybody who is to have been called by now for a report's clocks and was not yet;
    says how many. May run twice."""
    db.lock(Report, report_id)
    report = db.session.get_one(Report, report_id)
    case, times, now = find.of_report(report_id), find.times(report.county_id), clock.now()
    written = 0
    for one in duty.clocks_of(report, case, times):
        if one.clock is Clock.unread:
            next_ones = _next_on_roster(report, calls_by_now(report.received_at, now, times))
            written += _call(report, one, Rung.duty, next_ones)
            continue
        for rung in rungs(one.due, now, times):
            if report.drill and rung is Rung.leader:
                continue
            written += _call(report, one, rung, duty.accounts_on(rung, report, case), case)
    return written


def _next_on_roster(report: Report, many: int) -> list[int]:
    hidden = queries.hidden_from(report)
    return [one for one in duty.call_order(report.county_id) if one not in hidden][:many]


def _call(
    report: Report,
    running: duty.Running,
    rung: Rung,
    accounts: list[int],
    case: ProtectionCase | None = None,
) -> int:
    new = [one for one in accounts if one not in duty.called(report.id, running, rung)]
    for account_id in new:
        db.session.add(
            DutyCall(
                county_id=report.county_id,
                report_id=report.id,
                clock=running.clock,
                due_at=running.due,
                rung=rung,
                account_id=account_id,
                at=clock.now(),
            )
        )
        unread = running.clock is Clock.unread
        kind = LetterKind.report_unread if unread else LetterKind.clock_ran_out
        about = _about(report, case, rung)
        outbox.post(kind, to=account_id, county_id=report.county_id, about=about)
    if new:
        audit.record(
            Act.clock_ran_out, report, by=SYSTEM, clock=running.clock.value, rung=rung.value
        )
    return len(new)


def _about(report: Report, case: ProtectionCase | None, rung: Rung) -> tuple[str, int]:
    """A leader hears of number and clock alone."""
    if rung is Rung.leader:
        return "report_clock", report.id
    if case is not None and report.state is not ReportState.received:
        return "protection_case", case.id
    return "report", report.id
