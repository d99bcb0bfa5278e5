"""How long a county's whole ledger takes to come in and to go out, and in how much memory.

    python benchmarks/ledger.py                 20,000 rows, SQLite; PostgreSQL where it is there
    python benchmarks/ledger.py --rows 2000     fewer
    python benchmarks/ledger.py --json          one line of JSON for each figure

A sheet in the national system's layout, of invented people in the demo county's villages, is
uploaded, checked and taken over by the portal's own jobs; then the same sheet once more. Every
database is measured in a process of its own, so that the peak of its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, text

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.rules import Actor, Office, Role
from jiedui.children.exchange import NATIONAL, Villages
from jiedui.children.exchange.villages import Village
from jiedui.core import db, jobs, schema, sheets
from jiedui.core.actors import SYSTEM
from jiedui.core.resident_id import INVENTED, check_digit
from jiedui.core.sheets import LARGE
from jiedui.demo import county as demo
from jiedui.factory import connect
from jiedui.intake import actions, queries
from jiedui.regions import actions as regions
from jiedui.regions.exchange import read_csv
from jiedui.settings import Mode, Settings

SERVER = os.environ.get("JIEDUI_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/postgres")
SECONDS_IN, MEGABYTES, SECONDS_WRITE, SECONDS_OUT = 30.0, 300.0, 2.0, 10.0
Line = tuple[str, float, str, float | None]


def number(birth: date, serial: int) -> str:
    """An identity number that can be nobody's."""
    first17 = f"{INVENTED}{birth:%Y%m%d}{serial % 1000:03d}"
    return first17 + check_digit(first17)


def invented(rows: int, villages: list[tuple[str, str]]) -> Iterator[list[str]]:
    """Rows of the national sheet: two parents, one of them away, a grandmother who cares. Every
    third child is a brother or sister of the one before."""
    chance, today, born_then = random.Random(7), date.today(), Counter[date]()
    for n in range(rows):
        home = n - (n % 3 == 2)
        village = villages[home % len(villages)]
        born = today - timedelta(days=400 + chance.randrange(15 * 365))
        born_then[born] += 1
        father = date(1980, 1, 1) + timedelta(days=home % 5000)
        mother = date(1982, 1, 1) + timedelta(days=home % 5000)
        said = {
            "code": f"N{n:06d}", "name": f"示例{n}", "sex": "", "ethnicity": "汉",
            "birth_date": f"{born.year}年{born.month}月{born.day}日",
            "id_number": number(born, born_then[born]), "registered": "是", "rural": "农业",
            "registered_at": "示例县示例镇", "township": village[0],
            "village": village[1], "address": f"{home}号", "health": "健康", "school": "小学",
            "boarding": "否", "categories": "农村留守儿童", "father.name": f"示父{home}",
            "father.id_number": number(father, home // 5000), "father.phone": f"139{home:08d}",
            "father.away": "是", "father.work_place": "外省", "father.beyond_county": "县外",
            "father.away_since": "2019年3月", "mother.name": f"示母{home}",
            "mother.id_number": number(mother, 500 + home // 5000), "mother.phone": f"138{home:08d}",
            "mother.away": "是", "mother.work_place": "外省", "mother.away_since": "2020.1",
            "grandmother.name": f"示奶{home}", "carer.name": f"示奶{home}", "carer.relation": "奶奶",
            "carer.phone": f"137{home:08d}", "income": "务工", "filled_by": "示例员",
        }  # fmt: skip
        yield [said.get(column.field, "") for column in NATIONAL.columns]


def named(path: str) -> list[tuple[str, str]]:
    """Township and village, of those that a sheet can name: some share a name with another."""
    known = Villages(path, NATIONAL)
    found = [(one.township, one.name) for one in known.by_id.values()]
    return [names for names in found if isinstance(known.find(*names), Village)]


def begin(folder: Path, url: str) -> Actor:
    """A county with nobody in it but an officer of civil affairs."""
    schema.upgrade(url)
    settings = Settings(
        mode=Mode.test, var=folder, database_url=url, key_file=folder / "keys.json",
        argon2_memory_kib=64, argon2_rounds=1,
    )  # fmt: skip
    connect(settings, queue=False)
    with db.write():
        county = regions.start_county(read_csv(demo.DIVISIONS), by=SYSTEM)
        account = access.open_account("示例员", "13900000000", county.id, by=SYSTEM)
        post = access.Post(Role.coordinator, county, office=Office.civil_affairs)
        access.give_role(account, post, by=SYSTEM)
        db.session.flush()
        number_ = account.id
    with db.read():
        return accounts.actor_for(accounts.get(number_), None)


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


def timed(act: Callable[[], Any]) -> float:
    """Seconds that something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def peak() -> float:
    """The most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def come_in(data: bytes, by: Actor) -> tuple[float, float, dict[str, int]]:
    """Upload, check, take over: the seconds of checking and of taking over, and the counts."""

    def upload() -> None:
        sheets.measure(data, LARGE)
        with db.write():
            actions.upload("national", data, by=by, options={"invented": True})

    upload()
    checking = timed(jobs.work_off)
    with db.read():
        sheet = queries.listed(by, "national")[0].id
        counts = {verdict.value: n for verdict, n in queries.counts(sheet).items()}
    with db.write():
        actions.take_over(queries.get(sheet), without_faulty=True, by=by)
    taking = timed(jobs.work_off)
    with db.read():
        assert queries.get(sheet).state == "taken", queries.get(sheet).state
    return checking, taking, counts


def measure(folder: Path, url: str, rows: int) -> Iterator[Line]:
    """All figures of one database."""
    by = begin(folder, url)
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    with db.read():
        villages = named(by.scope)
    # Two sheets that differ, so that the second is no mere repetition of the first file.
    heads = [column.head for column in NATIONAL.columns]
    data = sheets.write("national", heads, invented(rows, villages))
    again = sheets.write("again", heads, invented(rows, villages))
    longest = Longest()
    checking, taking, counts = come_in(data, by)
    assert counts == {"new": rows}, counts
    goal = SECONDS_IN if rows <= 20_000 else None
    yield f"{kind}: {rows} rows checked", checking, "s", None
    yield f"{kind}: {rows} rows taken over", taking, "s", None
    yield f"{kind}: {rows} rows in, both", checking + taking, "s", goal
    yield f"{kind}: memory of the import", peak(), "MB", MEGABYTES
    checking, taking, counts = come_in(again, by)
    assert counts == {"same": rows}, counts
    yield f"{kind}: the same {rows} rows again, both", checking + taking, "s", goal
    yield f"{kind}: longest write", longest.seconds, "s", SECONDS_WRITE


def databases(folder: Path) -> Iterator[str]:
    """SQLite, and PostgreSQL with a database of its own where a server is there."""
    yield f"sqlite:///{folder / 'jiedui.db'}"
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
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as here:
        if args.one:
            for name, value, unit, goal in measure(Path(here), args.one or "", args.rows):
                print(json.dumps([name, value, unit, goal]), flush=True)
            return 0
        for url in databases(Path(here)):
            command = [sys.executable, __file__, "--rows", str(args.rows), "--one", url]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
            for line in done.stdout.splitlines():
                missed += report(json.loads(line), as_json=args.json)
    return 1 if missed else 0


def report(line: list[Any], *, as_json: bool) -> int:
    """Print one figure; 1 when it misses its goal."""
    name, value, unit, goal = line
    holds = goal is None or value < goal
    if as_json:
        said = {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "holds": holds}
        print(json.dumps(said, ensure_ascii=False), flush=True)
    else:
        aim = "" if goal is None else f"   goal below {goal:g} {unit}: {'yes' if holds else 'NO'}"
        print(f"{name:55} {value:9.2f} {unit}{aim}", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
