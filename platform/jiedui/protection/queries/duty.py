"""The duty roster, and what has run out and who is called for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Office, Role
from jiedui.core import clock, db, spool
from jiedui.core.errors import Missing
from jiedui.core.jobs import Job
from jiedui.protection import queries
from jiedui.protection.models import DutyCall, DutyTurn, ProtectionCase, Report
from jiedui.protection.queries import cases
from jiedui.protection.rules import ReportState
from jiedui.protection.rules.case import Stage
from jiedui.protection.rules.clocks import NEXT_CLOCK, Clock, Rung, Times, due_at
from jiedui.protection.rules.duty import on_duty, order
from jiedui.regions import queries as regions

TRIAL = "protection.trial"  # the kind of job that asks for one each week


@dataclass(frozen=True)
class Running:
    """A clock of a report: which, and when it runs out."""

    clock: Clock
    due: datetime


def turns(county_id: int) -> Sequence[DutyTurn]:
    """Who is on duty when, as it stands now: those called first, first."""
    living = DutyTurn.county_id == county_id, DutyTurn.ended_at.is_(None)
    found = select(DutyTurn).where(*living).options(joinedload(DutyTurn.county))
    return db.session.scalars(found.order_by(DutyTurn.rank, DutyTurn.start, DutyTurn.id)).all()


def turn(turn_id: int) -> DutyTurn:
    """One entry of the roster; raise Missing."""
    found = select(DutyTurn).where(DutyTurn.id == turn_id).options(joinedload(DutyTurn.county))
    one = db.session.scalar(found)
    if one is None:
        raise Missing
    return one


def there_now(county_id: int) -> list[DutyTurn]:
    """The entries of the roster that hold now, who is called first, first."""
    now = clock.local(clock.now())
    return [one for one in turns(county_id) if one.turn.covers(now)]


def _may_read(county_id: int) -> dict[int, None]:
    return dict.fromkeys(one.account_id for one in queries.readers(county_id))


def call_order(county_id: int) -> list[int]:
    """Whom to call, one after another: who is on duty, the others on the roster, then all others
    who read reports. Who may not read them any more is left out."""
    may = _may_read(county_id)
    now = clock.local(clock.now())
    rostered = order([one.turn for one in turns(county_id)], now)
    return [one for one in dict.fromkeys((*rostered, *may)) if one in may]


def accounts_on(rung: Rung, report: Report, case: ProtectionCase | None) -> list[int]:
    """Accounts of a rung for a report: on duty now and in whose hands it is; heads of civil affairs
    (everybody of it where there is no head); leaders of the county."""
    county_id, whole = report.county_id, regions.get(report.county_id).path
    if rung is Rung.duty:
        now = clock.local(clock.now())
        hands = {case.taken_by if case else report.read_by} - {None}
        there = on_duty([one.turn for one in turns(county_id)], now)
        may = _may_read(county_id)
        found = {one for one in (*there, *hands) if one in may} or set(may)
    elif rung is Rung.head:
        office = Office.civil_affairs
        rows = access.holders(county_id, Role.coordinator, office=office, region_path=whole)
        found = {one.account_id for one in [r for r in rows if r.head] or rows}
    else:
        rows = access.holders(county_id, Role.leader, region_path=whole)
        found = {one.account_id for one in rows}
    return sorted(one for one in found if one not in queries.hidden_from(report))


def clocks_of(report: Report, case: ProtectionCase | None, times: Times) -> list[Running]:
    """The clocks that run for a report now. A trial is over with its reading."""
    at = report.received_at
    triage = Running(Clock.triage, due_at(Clock.triage, at, at, times))
    if report.state is ReportState.received:
        return [Running(Clock.unread, due_at(Clock.unread, at, at, times)), triage]
    if case is not None:
        running = NEXT_CLOCK.get(case.stage)
        known = case.due_at is not None and running is not None
        return [Running(running, case.due_at)] if known else []  # type: ignore[arg-type]
    if report.drill or report.seconded_at is not None:
        return []
    if report.state is ReportState.read:
        return [triage]
    ended = report.handled_at or at
    return [Running(Clock.second_look, due_at(Clock.second_look, at, ended, times))]


def under_way(county_id: int) -> Sequence[Report]:
    """Reports for which a clock may run, oldest first. Of a flood nobody is called: it stands in
    the list."""
    closed = select(ProtectionCase.report_id).where(ProtectionCase.stage == Stage.closed)
    open_ones = (
        Report.county_id == county_id,
        Report.seconded_at.is_(None),
        Report.flood.is_(False),
        Report.id.not_in(closed),
        (Report.drill.is_(False)) | (Report.state == ReportState.received),
    )
    found = select(Report).where(*open_ones).options(joinedload(Report.county))
    return db.session.scalars(found.order_by(Report.id)).all()


def called(report_id: int, running: Running, rung: Rung) -> set[int]:
    """Who was called already for a clock, on a rung."""
    same = (
        DutyCall.report_id == report_id,
        DutyCall.clock == running.clock,
        DutyCall.due_at == running.due,
        DutyCall.rung == rung,
    )
    return set(db.session.scalars(select(DutyCall.account_id).where(*same)))


@dataclass(frozen=True)
class RunOut:
    """What a leader sees of a report: its number and the clock that has run out."""

    number: str
    clock: Clock
    due: datetime


def run_out(actor: Actor) -> list[RunOut]:
    """Clocks that have run out in the reader's county, the oldest first. Reports of the reader's
    own and about the reader are not among them."""
    within, found, now = regions.ids_within(actor.scope), [], clock.now()
    ids = db.session.scalars(
        select(Report.id).where(Report.county_id.in_(within), queries.not_own(actor))
    ).all()
    seen = set(ids)
    times = cases.times(actor.county_id)
    for report in under_way(actor.county_id):
        if report.id not in seen or report.drill:
            continue
        for one in clocks_of(report, cases.of_report(report.id), times):
            if one.due < now:
                found.append(RunOut(report.spoken_number, one.clock, one.due))
    return sorted(found, key=lambda one: one.due)


def trial_failed(county_id: int) -> datetime | None:
    """Since when it is known that reports do not reach a person: the last trial did not come in
    within ten minutes, or nobody has read it within the time for the first look. None while all
    is well or no trial was made yet."""
    asked = select(func.max(Job.asked_at)).where(Job.kind == TRIAL, Job.county_id == county_id)
    begun = db.session.scalar(asked)
    if begun is None:
        return None
    mine = Report.county_id == county_id, Report.drill.is_(True), Report.received_at >= begun
    last = db.session.scalar(select(Report).where(*mine).order_by(Report.id.desc()).limit(1))
    now, triage = clock.now(), cases.times(county_id).within[Clock.triage]
    if last is None:
        late = begun + spool.STUCK_AFTER
    elif last.read_at is None:
        late = last.received_at + triage
    else:
        return None
    return late if now > late else None
