"""What the command line can do, each a function of its parsed arguments."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jiedui.access import actions as access
from jiedui.access.rules import Role
from jiedui.core import alone, db, heap, jobs, schema
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.factory import connect, county, drill, keeping, serving, up_to_date, upkeep
from jiedui.factory.outcome import Trouble
from jiedui.factory.showing import run_code, run_demo
from jiedui.regions import actions as regions
from jiedui.regions import queries as region_queries
from jiedui.regions.exchange import BadRegions, read_csv
from jiedui.settings import from_environment


def declare(commands: Any) -> None:
    """Every command with its arguments."""
    serving.declare(commands)
    commands.add_parser("worker", help="do the long work").set_defaults(run=run_worker)
    commands.add_parser("upgrade", help="bring the database up to date").set_defaults(
        run=run_upgrade
    )
    start = commands.add_parser("start", help="begin a real county")
    start.add_argument("--regions", type=Path, required=True, help="CSV list of divisions")
    start.add_argument("--admin", required=True, help="name of the account administrator")
    start.add_argument("--phone", required=True, help="their mobile number")
    start.set_defaults(run=run_start)
    demo = commands.add_parser("demo", help="load the demo county")
    demo.add_argument("--if-empty", action="store_true", help="do nothing when there is data")
    demo.set_defaults(run=run_demo)
    code = commands.add_parser("code", help="the present code of an account of the demo")
    code.add_argument("--user", required=True, help="the mobile number it signs in with")
    code.set_defaults(run=run_code)
    county.declare(commands)
    drill.declare(commands)
    keeping.declare(commands)
    upkeep.declare(commands)


def run_upgrade(_args: argparse.Namespace) -> int:
    """Migrate; on SQLite the file is copied first."""
    settings = from_environment()
    copy = up_to_date(settings)
    print(f"database at version {schema.head()}" + (f", copy in {copy}" if copy else ""))
    return 0


def run_worker(_args: argparse.Namespace) -> int:
    """Do jobs and keep the calendar until interrupted."""
    settings = from_environment()
    connect(settings)
    jobs.start_timers(ask_for_timer)
    with alone.at_work(settings.var, jobs.free):
        jobs.sweep()
        heap.settle()
        consumer = jobs.queue().create_consumer(workers=1, periodic=True, check_worker_health=False)
        consumer.run()
    return 0


def ask_for_timer(kind: str) -> None:
    """The calendar asks for one kind of work in every county."""
    with db.read():
        counties = [county.id for county in region_queries.counties()]
    for county_id in counties:
        with db.write():
            jobs.ask(kind, by=SYSTEM, county_id=county_id, county=county_id)


def run_start(args: argparse.Namespace) -> int:
    """A county with its divisions and one account administrator; prints a single-use link."""
    settings = from_environment()
    up_to_date(settings)
    connect(settings, queue=False)
    try:
        rows = read_csv(args.regions)
    except (OSError, BadRegions) as error:
        raise Trouble(f"{args.regions}: {error}") from error
    with db.write():
        if any(c.code in {r.code for r in rows} for c in region_queries.counties()):
            raise Trouble("this county has been started already")
        begun = regions.start_county(rows, by=SYSTEM)
        try:
            account = access.open_account(args.admin, args.phone, begun.id, by=SYSTEM)
        except Refusal as refusal:
            raise Trouble("this mobile number has an account already") from refusal
        access.give_role(account, access.Post(Role.account_admin, begun), by=SYSTEM)
        token = access.new_link(account, by=SYSTEM)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    print(f"{begun.name}: {len(rows)} divisions loaded.")
    print(f"Single-use link for {args.admin}, valid 72 hours:\n  {base}/link/{token}")
    return 0
