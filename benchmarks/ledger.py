"""How long a county's whole ledger takes to come in, to go out and to be read, and in how much
memory.

    python benchmarks/ledger.py                 20,000 files, SQLite; PostgreSQL where it is there
    python benchmarks/ledger.py --rows 2000     fewer
    python benchmarks/ledger.py --large         and then 200,000, for the pages
    python benchmarks/ledger.py --only sqlite   one of the two
    python benchmarks/ledger.py --json          one line of JSON for each figure

A sheet in the national system's layout, of invented people in the demo county's villages, is
uploaded, checked and taken over by the portal's own jobs; then the same people once more. Every
step is measured in a process of its own, so that the peak of its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ledger_pages
from ledger_county import SERVER, begin, grow, invented, named, reopen
from ledger_pages import Line, timed
from sqlalchemy import create_engine, event, text

from jiedui.access.rules import Actor
from jiedui.children import actions as children
from jiedui.children import queries as ledger
from jiedui.children.exchange import NATIONAL
from jiedui.children.rules import RevealReason
from jiedui.core import db, jobs, sheets
from jiedui.core.sheets import LARGE
from jiedui.intake import actions, queries
from jiedui.regions import queries as regions

SECONDS_IN, MEGABYTES, SECONDS_WRITE, SECONDS_OUT = 30.0, 300.0, 2.0, 10.0
COUNTY, MANY = 20_000, 200_000
STEPS = ("begin", "import", "export", "pages")


class Longest:
    """The longest time that a write transaction was open."""

    def __init__(self) -> None:
        self.seconds, self.since = 0.0, 0.0
        engine = db.database().writer
        event.listen(engine, "begin", self._begin)
        for name in ("commit", "rollback"):
            event.listen(engine, name, self._end)

    def _begin(self, _connection: Any) -> None:
        self.since = time.perf_counter()

    def _end(self, _connection: Any) -> None:
        self.seconds = max(self.seconds, time.perf_counter() - self.since)


def peak() -> float:
    """The most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def come_in(data: bytes, by: Actor) -> tuple[float, float, dict[str, int]]:
    """Upload, check, take over: the seconds of checking and of taking over, and the counts."""
    sheets.measure(data, LARGE)
    with db.write():
        actions.upload("national", data, by=by, options={"invented": True})
    checking = timed(jobs.work_off)
    with db.read():
        sheet = queries.listed(by, "national")[0].id
        counts = {verdict.value: n for verdict, n in queries.counts(sheet).items()}
    with db.write():
        actions.take_over(queries.get(sheet), without_faulty=True, by=by)
    # Alone: what children may claim is looked at in a job of its own, once the sheet is taken over.
    taking = timed(lambda: jobs.work_off(1))
    with db.read():
        assert queries.get(sheet).state == "taken", queries.get(sheet).state
    jobs.work_off()
    return checking, taking, counts


def write_sheets(folder: Path, rows: int, by: Actor) -> None:
    """Two sheets of the same people that differ as files, so that the second is no mere
    repetition of the first."""
    with db.read():
        villages = named(by.scope)
    heads = [column.head for column in NATIONAL.columns]
    for title in ("national", "again"):
        made = sheets.write(title, heads, invented(rows, villages))
        (folder / f"{title}.xlsx").write_bytes(made)


def coming_in(folder: Path, url: str, rows: int, kind: str) -> Iterator[Line]:
    """The import."""
    by = reopen(folder, url)[0]
    longest, before, began = Longest(), peak(), time.process_time()
    checking, taking, counts = come_in((folder / "national.xlsx").read_bytes(), by)
    assert counts == {"new": rows}, counts
    goal = SECONDS_IN if rows <= COUNTY else None
    yield f"{kind}: {rows} rows checked", checking, "s", None
    yield f"{kind}: {rows} rows taken over", taking, "s", None
    yield f"{kind}: {rows} rows in, both", checking + taking, "s", goal
    busy = time.process_time() - began
    yield f"{kind}: {rows} rows in, processor time of the worker", busy, "s", None
    yield f"{kind}: memory of a worker before it imports", before, "MB", None
    yield f"{kind}: memory of a worker that imports", peak(), "MB", MEGABYTES
    checking, taking, counts = come_in((folder / "again.xlsx").read_bytes(), by)
    assert counts == {"same": rows}, counts
    yield f"{kind}: the same {rows} rows again, both", checking + taking, "s", goal
    yield f"{kind}: longest write", longest.seconds, "s", SECONDS_WRITE


def going_out(folder: Path, url: str, rows: int, kind: str) -> Iterator[Line]:
    """The file of names that one officer asks for and a second agrees to."""
    officer, _supervisor, second = reopen(folder, url)
    with db.write():
        county = regions.get(officer.county_id)
        said = children.ExportAsked(county, RevealReason.entitlement, "示例：发放补贴核对")
        asked = children.ask_export(said, by=officer)
        db.session.flush()
        number = asked.id
    with db.write():
        children.approve_export(ledger.export(number), by=second)
    began = time.process_time()
    seconds = timed(jobs.work_off)
    busy = time.process_time() - began
    with db.write():
        data = children.fetch_export(ledger.export(number), by=officer)
    lines = sum(1 for _ in sheets.rows(data, sheets.Limits(rows=rows + 100)))
    assert lines == rows + 4, lines  # three lines above the heads
    goal = SECONDS_OUT if rows <= COUNTY else None
    yield f"{kind}: {rows} files out", seconds, "s", goal
    yield f"{kind}: {rows} files out, processor time of the worker", busy, "s", None
    yield f"{kind}: memory of a worker that exports", peak(), "MB", None


def step(name: str, folder: Path, url: str, rows: int) -> Iterator[Line]:
    """One step, in this process."""
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    known = folder / f"medians-{kind}.json"
    if name == "begin":
        begin(folder, url)
        write_sheets(folder, rows, reopen(folder, url)[0])
    elif name == "import":
        yield from coming_in(folder, url, rows, kind)
    elif name == "export":
        yield from going_out(folder, url, rows, kind)
    elif name == "grow":
        yield f"{kind}: {MANY - rows} files opened beside", timed(
            lambda: grow(reopen(folder, url)[0], MANY - rows, rows)
        ), "s", None  # fmt: skip
    else:
        small = json.loads(known.read_text()) if name == "many" else {}
        lines = list(ledger_pages.measure(folder, url, kind, small))
        known.write_text(json.dumps({line[0]: line[1] for line in lines}))
        yield from ((f"{MANY} files, {n}" if small else n, *rest) for n, *rest in lines)
        yield f"{kind}: memory of a process that shows pages", peak(), "MB", None


def databases(folder: Path, only: str) -> Iterator[str]:
    """SQLite, and PostgreSQL with a database of its own where a server is there."""
    if only != "postgresql":
        yield f"sqlite:///{folder / 'jiedui.db'}"
    if only == "sqlite":
        return
    try:
        engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
        with engine.connect() as server:
            name = f"jiedui_bench_{uuid.uuid4().hex[:8]}"
            server.execute(text(f"CREATE DATABASE {name}"))
    except Exception as error:
        print(f"no PostgreSQL: {type(error).__name__}", file=sys.stderr)
        return
    yield SERVER.rsplit("/", 1)[0] + f"/{name}"
    with engine.connect() as server:
        server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def main() -> int:
    """Print every figure; exit 1 when one misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=COUNTY)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default="")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", nargs=3, default=None, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        name, folder, url = args.step
        for line in step(name, Path(folder), url, args.rows):
            print(json.dumps(line), flush=True)
        return 0
    steps, missed = (*STEPS, "grow", "many") if args.large else STEPS, 0
    for kind in filter(None, ("sqlite", "postgresql")):
        if args.only in ("", kind):
            missed += run(kind, steps, args)
    return 1 if missed else 0


def run(kind: str, steps: tuple[str, ...], args: argparse.Namespace) -> int:
    """All steps on one kind of database, in a folder of its own; how many figures miss."""
    missed = 0
    with tempfile.TemporaryDirectory() as here:
        for url in databases(Path(here), kind):
            for name in steps:
                print(f"load {os.getloadavg()[0]:.1f} before {name}", file=sys.stderr)
                command = [sys.executable, __file__, "--rows", str(args.rows)]
                command += ["--step", name, here, url]
                done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
                lines = map(json.loads, done.stdout.splitlines())
                missed += sum(report(line, as_json=args.json) for line in lines)
    return missed


def report(line: list[Any], *, as_json: bool) -> int:
    """Print one figure; 1 when it misses its goal."""
    name, value, unit, goal = line
    holds = goal is None or value < goal
    if as_json:
        said = {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "holds": holds}
        print(json.dumps(said, ensure_ascii=False), flush=True)
    else:
        aim = "" if goal is None else f"   goal below {goal:g} {unit}: {'yes' if holds else 'NO'}"
        print(f"{name:68} {value:9.3f} {unit}{aim}", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
