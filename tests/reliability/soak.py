"""A thousand kills, or as many as are asked for: `make soak`, `make soak ARGS="--cycles 200"`.

A town made afresh for every fifty, so that no run grows slow; a line for each, with the seed that
runs it again: `python -m tests.reliability.soak --cycles 50 --seed N`. With `--from` a run that was
stopped goes on behind the kills that are done."""

from __future__ import annotations

import argparse
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from jiedui.core import db
from jiedui.factory import connect
from tests.conftest import fill, settings_at
from tests.reliability import kills
from tests.reliability.portal import Portal
from tests.reliability.town import settle

PART = 50


@contextmanager
def fresh(server: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: a file in the folder, or one more of a server."""
    if not server:
        yield f"sqlite:///{folder / 'jiedui.db'}"
        return
    name = f"jiedui_soak_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as line:
        line.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with engine.connect() as line:
            line.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        engine.dispose()


def part(server: str, cycles: int, seed: int) -> kills.Tally:
    """A town of its own, and so many kills."""
    with tempfile.TemporaryDirectory() as where, fresh(server, Path(where)) as url:
        fill(settings_at(Path(where), url))
        connect(settings_at(Path(where), url), queue=False)
        try:
            return kills.run(Portal(Path(where), url), settle(), cycles, seed)
        finally:
            db.database().close()


def main() -> int:
    """Part after part; the first fault ends it, and says its seed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cycles", type=int, default=1000)
    asked.add_argument("--from", dest="done", type=int, default=0, help="kills that are done")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", default="", help="a PostgreSQL server; else SQLite")
    said = asked.parse_args()
    for done in range(said.done, said.cycles, PART):
        tally = part(said.database, min(PART, said.cycles - done), said.seed + done // PART)
        print(f"{done + tally.cycles} of {said.cycles}; {tally.line()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
