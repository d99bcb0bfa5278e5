"""Reports, cases and second looks that wait for whoever reads reports."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.rules import Actor
from jiedui.core import clock
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line
from jiedui.protection import queries as protection
from jiedui.protection.queries import cases as find
from jiedui.protection.queries import duty
from jiedui.protection.rules import ReportState, read_by
from jiedui.protection.rules.clocks import NEXT_CLOCK


def reports(actor: Actor) -> Iterator[Line]:
    """Reports that nobody has dealt with, and that are no case yet."""
    now = clock.now()
    in_cases = {one.report_id for one in find.running(actor)}
    for one in protection.waiting(actor):
        if one.id in in_cases:
            continue
        unread = one.state is ReportState.received
        yield Line(
            Kind.report,
            "protection.read_report",
            {"report_id": one.id},
            code=one.spoken_number,
            about=(one.state,),
            since=day(one.received_at),
            due=day(read_by(one.received_at)),
            pressing=unread,
            unread_for_long=unread and now > read_by(one.received_at),
        )


def trials(actor: Actor) -> Iterator[Line]:
    """The weekly trial of the way to a person has failed."""
    since = duty.trial_failed(actor.county_id)
    if since is not None:
        yield Line(
            Kind.trial_failed, "protection.reports", since=day(since), due=day(since), ran_out=True
        )


def cases(actor: Actor) -> Iterator[Line]:
    """Cases by the clock of their next step; the number and the step, nothing else."""
    now = clock.now()
    for one in find.running(actor):
        yield Line(
            Kind.case,
            "protection.case",
            {"casework_id": one.id},
            code=one.report.spoken_number,
            about=(NEXT_CLOCK[one.stage],),
            since=day(one.opened_at),
            due=day(one.due_at),
            ran_out=one.late(now),
        )


def second_looks(actor: Actor) -> Iterator[Line]:
    """Reports that another has ended without a case."""
    for one in find.to_second(actor):
        yield Line(
            Kind.second_look,
            "protection.read_report",
            {"report_id": one.id},
            code=one.spoken_number,
            about=(one.outcome,),
            since=day(one.handled_at),
        )
