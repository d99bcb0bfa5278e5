"""A drill: a report is played through all its clocks on a copy of the data, which is then thrown
away. The portal's own database is never written to, and no letter leaves the house."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select

from jiedui.access import queries as access
from jiedui.access.rules import Actor
from jiedui.core import clock, db, spool
from jiedui.factory import connect
from jiedui.factory.apart import apart
from jiedui.factory.backup.copying import copy_sqlite, file_of
from jiedui.factory.outcome import Trouble
from jiedui.protection import actions, queries
from jiedui.protection.actions import Worry, cases, duty
from jiedui.protection.models import DutyCall, Report
from jiedui.protection.queries import cases as find
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import (
    DONE,
    Ending,
    LegalGround,
    Placement,
    Situation,
    Stage,
    StepSaid,
    Suspect,
    Triage,
)
from jiedui.protection.rules.clocks import Rung
from jiedui.regions import queries as regions
from jiedui.settings import Settings, from_environment

TOLD: dict[Stage, dict[str, Any]] = {
    Stage.police_told: {"officer": "drill"},
    Stage.placed: {"placement": Placement.kin},
    Stage.intervened: {"ground": LegalGround.admonished},
}
SECOND = timedelta(seconds=1)


def declare(commands: Any) -> None:
    """The command and its argument."""
    room = commands.add_parser("protection", help="try how a report goes through its clocks")
    what = room.add_subparsers(dest="what", required=True)
    drill = what.add_parser("drill", help="play a report through all clocks, on a copy")
    drill.add_argument(
        "--on",
        type=Path,
        help="a copied SQLite file (else a copy is made: a file, or on PostgreSQL a database)",
    )
    drill.set_defaults(run=run_drill)


def run_drill(args: argparse.Namespace) -> int:
    """Play it and print who is called when. Raises Trouble for the portal's own database, and where
    nobody or only one person reads reports."""
    with on_a_copy(from_environment(), args.on) as settings:
        connect(settings, queue=False)
        for line in play():
            print(line)
    print("The copy is thrown away. Nothing was written to the portal's own data.")
    return 0


@contextmanager
def on_a_copy(settings: Settings, given: Path | None) -> Iterator[Settings]:
    """Settings that speak of a copy, gone afterwards: a file under a folder of its own, or on a
    PostgreSQL server a database of its own."""
    with TemporaryDirectory(prefix="jiedui-drill-") as folder, ExitStack() as stack:
        if given is None and not settings.sqlite:
            url = stack.enter_context(apart(settings.database_url))
        else:
            url = _file(settings, given, Path(folder) / "drill.db")
        try:
            yield replace(settings, database_url=url, var=Path(folder))
        finally:
            db.database().close()


def _file(settings: Settings, given: Path | None, copy: Path) -> str:
    own = file_of(settings).resolve() if settings.sqlite else None
    if given is not None and own is not None and given.resolve() == own:
        raise Trouble("this is the portal's own database: a drill is played on a copy only")
    source = given or own
    if source is None or not source.is_file():
        raise Trouble(f"there is no database at {source}")
    copy_sqlite(source, copy)
    return f"sqlite:///{copy}"


def play() -> Iterator[str]:
    """The way of one report, and who is called when; every clock runs out once."""
    with db.read():
        county = regions.counties()[0]
        readers = sorted({one.account_id for one in queries.readers(county.id)})
        if len(readers) < 2:
            raise Trouble("two people who read reports are needed: one opens, another closes")
        times, number = find.times(county.id), county.id
    start = clock.now()
    worry = Worry("drill", "", "", "drill")
    actions.put_aside(worry, number)
    (path,) = spool.waiting(actions.ASIDE)
    with db.write():
        report = actions.take_in(spool.read(path))
        if report is None:
            raise Trouble("the report did not come in")
        report_id = report.id
    yield f"A report comes in: {len(readers)} people are written to."
    unread = min(times.within.values()) + SECOND
    for many in range(1, len(readers) + 1):
        yield _later(start + many * unread, report_id, f"unread, call {many}")
    by = readers[0]
    now = start + (len(readers) + 1) * unread
    with clock.moved_to(now), db.write():
        actions.take_up(report_id, by=_actor(by))
        said = Triage(Situation.injuries, Suspect.unknown)
        case = cases.open_case(report_id, said, by=_actor(by))
        db.session.flush()
        case_id = case.id
    for stage in (*DONE, None):
        now = yield from _run_out(report_id, case_id, now, stage)
        with clock.moved_to(now), db.write():
            _go_on(case_id, stage, by)
    now = yield from _run_out(report_id, case_id, now, Stage.closed)
    with clock.moved_to(now), db.write():
        cases.close(case_id, by=_actor(readers[1]))
    yield f"Closed by a second person after {(now - start).days} days."


def _actor(account_id: int) -> Actor:
    return access.actor_for(access.get(account_id), None)


def _go_on(case_id: int, stage: Stage | None, by: int) -> None:
    if stage is None:
        ending = Ending(ReportOutcome.no_danger_found, "drill")
        return cases.propose_end(case_id, ending, by=_actor(by))
    said = StepSaid(stage, clock.now(), "drill", **TOLD.get(stage, {}))
    cases.step(case_id, said, by=_actor(by))
    return None


def _run_out(report_id: int, case_id: int, now: Any, stage: Stage | None) -> Any:
    """The clock of the next step runs out, rung by rung; gives the moment it has come to."""
    with db.read():
        case = find.of_report(report_id)
        if case is None or case.due_at is None or case.id != case_id:
            raise Trouble("a clock is missing")
        due, times = case.due_at, find.times(case.county_id)
    what = stage.value if stage else "proposed to be closed"
    after = timedelta(0)
    for rung, more in ((Rung.duty, timedelta(0)), (Rung.head, times.head_after),
                       (Rung.leader, times.leader_after)):  # fmt: skip
        after += more
        now = max(now, due + after + SECOND)
        yield _later(now, report_id, f"{what} has not come: {rung.value}")
    return now


def _later(moment: Any, report_id: int, what: str) -> str:
    with clock.moved_to(moment):
        with db.write():
            written = duty.call_for(report_id)
        with db.read():
            received = db.session.get_one(Report, report_id).received_at
            whole = select(func.count()).select_from(DutyCall)
            count = db.session.scalar(whole.where(DutyCall.report_id == report_id))
    return f"{_span(moment - received)}  {what}: {written} letters ({count} in all)"


def _span(long: timedelta) -> str:
    hours, rest = divmod(int(long.total_seconds()), 3600)
    return f"+{hours // 24:3d} d {hours % 24:2d} h {rest // 60:2d} min"
