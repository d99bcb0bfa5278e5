"""The engine without a portal: python -m matching needs.csv helpers.csv --out plan.csv."""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from matching.diagnosis import smallest_change
from matching.greedy_round import greedy
from matching.policy import PARTS, Policy
from matching.problem import Problem
from matching.recruitment import recruitment_plan
from matching.regional import solve_counties
from matching.report import Found, page
from matching.shapes import Plan
from matching.tables import (
    HELPER_COLUMNS,
    NEED_COLUMNS,
    Table,
    read_helpers,
    read_needs,
    slot_name,
)
from matching.whatif import WhatIf

_MOST_CHANGES = 40  # each is solved again; more than a page is read by nobody


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, solve, check, write; 2 when a file has faults."""
    options = _parser().parse_args(arguments)
    needs, helpers = read_needs(options.needs), read_helpers(options.helpers)
    faults = [*needs.faults, *helpers.faults]
    if faults:
        for fault in faults:
            print(fault, file=sys.stderr)
        return 2
    _say(f"{len(needs.rows)} needs and {len(helpers.rows)} helpers read")
    problems = _by_county(needs, helpers)
    started = time.perf_counter()
    plans = solve_counties(
        list(problems.values()),
        workers=options.workers,
        dask=options.dask,
        progress=lambda done, all_: _say(f"solved {done} of {all_}"),
    )
    _say(f"solved in {time.perf_counter() - started:.1f} s")
    _write_plan(options.out, dict(zip(problems, plans, strict=True)))
    _say(f"wrote {options.out}")
    if options.report:
        found = [
            _found(name, problem, plan)
            for (name, problem), plan in zip(problems.items(), plans, strict=True)
        ]
        options.report.write_text(page(found, options.lang), "utf-8")
        _say(f"wrote {options.report}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m matching",
        description="The provably best pairs of needs and helpers.",
        epilog=f"Columns of needs: {', '.join(NEED_COLUMNS)}. "
        f"Columns of helpers: {', '.join(HELPER_COLUMNS)}. Both may have a column county; "
        "counties are solved apart. Several values in a cell are separated by spaces; "
        "slots are written mon-am to sun-eve, periods 2026-09-01/2027-06-30.",
    )
    parser.add_argument("needs", type=Path)
    parser.add_argument("helpers", type=Path)
    parser.add_argument("--out", type=Path, default=Path("plan.csv"))
    parser.add_argument("--report", type=Path)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--workers", type=int, default=1, help="processes on this machine")
    parser.add_argument("--dask", help="address of a Dask scheduler, tcp://host:port")
    return parser


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _by_county(needs: Table, helpers: Table) -> dict[str, Problem]:
    names = sorted({*needs.county, *helpers.county})
    return {
        name: Problem.from_rows(
            [row for row, county in zip(needs.rows, needs.county, strict=True) if county == name],
            [
                row
                for row, county in zip(helpers.rows, helpers.county, strict=True)
                if county == name
            ],
        )
        for name in names
    }


def _write_plan(path: Path, plans: dict[str, Plan]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        points = [f"points_{part}" for part in PARTS]
        where = ["county", "need_id", "helper_id", "seat", "slot"]
        out.writerow([*where, "score", "km", "minutes", *points])
        for county, plan in plans.items():
            for pair in plan.pairs:
                slot = "" if pair.slot is None else slot_name(pair.slot)
                parts = [pair.candidate.parts.get(part, 0) for part in PARTS]
                way = [pair.candidate.km, pair.candidate.minutes]
                ids = [county, pair.need_id, pair.helper_id, pair.seat]
                out.writerow([*ids, slot, pair.score, *way, *parts])


def _found(name: str, problem: Problem, plan: Plan) -> Found:
    policy = Policy()
    whatif = WhatIf(problem, policy)
    waiting = [unmet.need_id for unmet in plan.unmet[:_MOST_CHANGES]]
    changes = {}
    for at, need_id in enumerate(waiting, start=1):
        changes[need_id] = smallest_change(whatif, need_id)
        if at % 10 == 0:
            _say(f"looked at {at} of {len(waiting)} needs still waiting")
    peer = sum(greedy(problem, policy).tuple_[:3])
    return Found(name, problem, plan, peer, changes, recruitment_plan(whatif))


if __name__ == "__main__":
    raise SystemExit(main())
