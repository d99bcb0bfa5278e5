"""What is over its time: shown, and cleared, from the command line."""

from __future__ import annotations

import argparse
from typing import Any

from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.factory import connect
from jiedui.oversight import jobs, queries
from jiedui.oversight.queries import Row
from jiedui.oversight.rules import DataClass
from jiedui.regions import queries as regions
from jiedui.settings import from_environment


def declare(commands: Any) -> None:
    """retention: what is due, and clearing it; the worker does so every night."""
    one = commands.add_parser("retention", help="clear what is over its time")
    one.add_argument("--dry-run", action="store_true", help="only show what is due, since when")
    one.set_defaults(run=run_retention)


def run_retention(args: argparse.Namespace) -> int:
    """Every county: show what is due, or clear it. Stopped, it goes on when called again."""
    connect(from_environment(), queue=False)
    with db.read():
        counties = [(one.id, one.name) for one in regions.counties()]
    for county_id, name in counties:
        print(f"{name}:")
        if args.dry_run:
            _show(county_id)
        else:
            _clear(county_id)
    return 0


def _show(county_id: int) -> None:
    with db.read():
        rows = queries.rows(county_id)
    for row in rows:
        print(f"  {row.data.value:18} {_time(row):28} {_due(row)}")


def _time(row: Row) -> str:
    if row.data is DataClass.deletion:
        return "the request's own day"
    if row.data is DataClass.record:
        return "never cleared"
    return f"{row.amount} {row.term.unit.value} after {row.term.since.value}"


def _due(row: Row) -> str:
    said = f"{row.due} due"
    if row.oldest is not None:
        said += f", the oldest since {clock.local(row.oldest):%Y-%m-%d}"
    for reason, number in row.kept.items():
        said += f"; {number} kept: {reason.value}"
    if row.shown_only:
        day = "30 days after the first run" if row.clears_from is None else str(row.clears_from)
        said += f"; nothing is cleared before {day}"
    return said


def _clear(county_id: int) -> None:
    cleared = jobs.clear(county_id, by=SYSTEM)
    for data, number in cleared.items():
        print(f"  {data:18} {number} cleared")
    with db.read():
        waits = [row for row in queries.rows(county_id) if row.shown_only]
    if waits:
        first = min(row.clears_from for row in waits if row.clears_from is not None)
        print(f"  {len(waits)} classes are only shown as yet: from {first} on they are cleared")
