"""How long a whole round of the demo county takes, and what it gains over the best score first.

    python benchmarks/round.py             loads the demo county into a folder of its own first
    python benchmarks/round.py --var DIR   the county of that folder; works on a copy
    python benchmarks/round.py --json      one line of JSON for each figure

Each round is the portal's own: started by its action, made by its job, saved as a draft, with the
seconds and the comparison that the job itself keeps. Medians of the calendar's rounds; a round by
hand is made once, because it also tries smallest changes while somebody waits. The rounds of the
demo's past year are there with the comparison that they kept.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from jiedui.access import queries as accounts
from jiedui.access.rules import Actor, Role
from jiedui.core import db, jobs, schema
from jiedui.core.actors import SYSTEM
from jiedui.factory import backup, connect
from jiedui.pairings.actions import rounds
from jiedui.pairings.queries import rounds as known
from jiedui.pairings.rules.rounds import RoundKind, RoundState
from jiedui.regions import queries as regions
from jiedui.settings import from_environment

Line = tuple[str, float, str, float | None]
MOST_SECONDS = 10.0
PARTS = {
    "load": "load, a snapshot from the database",
    "candidates": "candidates, the admissible pairs",
    "solve": "solve",
    "reasons": "reasons",
    "greedy": "comparison with the best score first",
    "save": "save",
}


def load_demo(folder: Path) -> None:
    """The demo county, as `make run` loads it."""
    env = {**os.environ, "JIEDUI_VAR": str(folder), "JIEDUI_MODE": "demo"}
    command = [sys.executable, "-m", "jiedui", "demo", "--if-empty"]
    subprocess.run(command, env=env, check=True, stdout=sys.stderr)


def open_copy(source: Path, folder: Path) -> None:
    """Open a copy of an installation's database, so that its own lists stay as they are."""
    settings = from_environment({**os.environ, "JIEDUI_VAR": str(source)})
    copy = backup.make(settings, folder)
    apart = replace(settings, var=folder, database_url=f"sqlite:///{copy}")
    schema.upgrade(apart.database_url)
    connect(apart, queue=False)


def coordinator() -> Actor:
    """Somebody who may start a round of the county."""
    holding = accounts.holders(regions.counties()[0].id, Role.coordinator)[0]
    return accounts.actor_for(holding.account, None)


def hold_round(kind: RoundKind) -> tuple[float, dict[str, Any]]:
    """A fresh round of the county by its job; the seconds of the whole, and its figures."""
    with db.write():
        county = regions.counties()[0]
        if (standing := known.open_for(county.id)) is not None:
            rounds.drop(standing.id, by=SYSTEM)
        by = coordinator() if kind is RoundKind.by_hand else SYSTEM
        round_ = rounds.start(county, by=by, kind=kind)
        number, job = round_.id, round_.job.id
    started = time.perf_counter()
    jobs.run(job)
    seconds = time.perf_counter() - started
    with db.read():
        round_ = known.get(number)
        if round_.state is not RoundState.draft:
            raise SystemExit("the round was not made; the log above says why")
        return seconds, dict(round_.figures)


def times_of(times: int) -> Iterator[Line]:
    """Seconds of the calendar's rounds, part by part, and of one by hand."""
    made = [hold_round(RoundKind.timer) for _ in range(times + 1)]
    first, figures = made[0][0], made[0][1]
    yield "needs", figures["needs"], "", None
    yield "helpers", figures["helpers"], "", None
    yield "admissible pairs", figures["candidates"], "", None
    for part, name in PARTS.items():
        seconds = statistics.median(kept["seconds"][part] for _, kept in made[1:])
        yield name, seconds, "s", None
    yield "whole round", statistics.median(s for s, _ in made[1:]), "s", MOST_SECONDS
    yield "whole round, the first of a process", first, "s", MOST_SECONDS
    whole, by_hand = hold_round(RoundKind.by_hand)
    yield "recruitment plan and sharing", by_hand["seconds"]["recruits"], "s", None
    yield "smallest changes, by hand", by_hand["seconds"]["changes"], "s", None
    yield "whole round, by hand", whole, "s", MOST_SECONDS
    yield from leads(by_hand)


def year() -> Iterator[Line]:
    """What the rounds that the county has handed in were ahead, by the figures they kept."""
    with db.read():
        past = known.past_rounds(coordinator(), limit=100)
        kept = [one.figures for one in past if one.state is RoundState.published]
    met = sum(sum(one["met"]) for one in kept)
    ahead = met - sum(sum(one["greedy_met"]) for one in kept)
    yield "rounds handed in before", len(kept), "", None
    yield "their needs met", met, "", None
    yield "their lead in needs met", ahead, "", None
    score = sum(one["score"] - one["greedy_score"] for one in kept)
    yield "their lead in total score", score, "", None


def leads(figures: dict[str, Any]) -> Iterator[Line]:
    """What the best list is ahead of the best score first, on the same needs and helpers."""
    pairs = list(zip(figures["met"], figures["greedy_met"], strict=True))
    for name, (met, peer) in zip(("red", "yellow", "normal"), pairs, strict=True):
        yield f"needs met, {name}", met, "", None
        yield f"lead in needs met, {name}", met - peer, "", None
    yield "lead in needs met, all", sum(met - peer for met, peer in pairs), "", None
    yield "total score", figures["score"], "", None
    yield "lead in total score", figures["score"] - figures["greedy_score"], "", None
    yield "proven gap", figures["gap"], "", None


def shown(line: Line, as_json: bool) -> str:
    """A figure for people or for machines."""
    name, value, unit, most = line
    goal = None if most is None else f"<{most:g}"
    holds = None if most is None else value < most
    if as_json:
        row = {"name": name, "value": value, "unit": unit, "goal": goal, "holds": holds}
        return json.dumps(row)
    mark = "" if goal is None else f"   {'ok' if holds else 'MISSED'} (goal {goal} {unit})"
    return f"{name:40}{value:>12,.6g} {unit:2}{mark}".rstrip()


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--var", type=Path, help="a folder that holds a demo county already")
    parser.add_argument("--times", type=int, default=5, help="rounds of which the median is taken")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.var is None:
            load_demo(folder)
        open_copy(options.var or folder, folder / "copy")
        for line in (*year(), *times_of(max(1, options.times))):
            print(shown(line, options.json), flush=True)
            missed += line[3] is not None and line[1] >= line[3]
        db.database().close()
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
