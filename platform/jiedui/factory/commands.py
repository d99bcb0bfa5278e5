"""What the command line can do, each a function of its parsed arguments."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import waitress

from jiedui.access import actions as access
from jiedui.access.rules import Role
from jiedui.core import audit, crypto, db, jobs, schema
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.factory import backup, connect, create_app, doctor
from jiedui.factory.showing import run_demo
from jiedui.regions import actions as regions
from jiedui.regions import queries as region_queries
from jiedui.regions.exchange import BadRegions, read_csv
from jiedui.settings import BadSettings, Mode, Settings, from_environment


class Trouble(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


def declare(commands: Any) -> None:
    """Every command with its arguments."""
    serve = commands.add_parser("serve", help="serve the portal")
    serve.add_argument("--worker", action="store_true", help="run a worker beside the server")
    serve.set_defaults(run=run_serve)
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
    commands.add_parser("doctor", help="see whether all is well").set_defaults(run=run_doctor)
    save = commands.add_parser("backup", help="copy the database while it is in use")
    save.add_argument("--to", type=Path, help="folder (else JIEDUI_BACKUPS)")
    save.add_argument("--keep", type=int, default=backup.KEEP, help="how many copies stay")
    save.set_defaults(run=run_backup)
    put_back = commands.add_parser("restore", help="put a copy in the database's place")
    put_back.add_argument("copy", type=Path, help="a file that `jiedui backup` made")
    put_back.set_defaults(run=run_restore)
    keys = commands.add_parser("keys", help="make a key file").add_subparsers(required=True)
    keys.add_parser("new", help="write a fresh key file").set_defaults(run=run_new_keys)
    record = commands.add_parser("audit", help="check the record").add_subparsers(required=True)
    record.add_parser("verify", help="walk every county's chain").set_defaults(run=run_verify)


def run_upgrade(_args: argparse.Namespace) -> int:
    """Migrate; on SQLite the file is copied first."""
    settings = from_environment()
    settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = schema.upgrade(settings.database_url)
    print(f"database at version {schema.head()}" + (f", copy in {copy}" if copy else ""))
    return 0


def run_serve(args: argparse.Namespace) -> int:
    """Serve until interrupted, a worker beside it when asked."""
    settings = from_environment()
    _check_port(settings)
    schema.upgrade(settings.database_url)
    app = create_app(settings)
    worker = subprocess.Popen([sys.executable, "-m", "jiedui", "worker"]) if args.worker else None
    print(f"Jiedui 结对: http://{settings.host}:{settings.port}/", flush=True)
    try:
        waitress.serve(app, **serving(settings))
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=20)
    return 0


def serving(settings: Settings) -> dict[str, Any]:
    """How the server is run. What a proxy says of the visitor is kept only where a proxy is
    trusted (the application reads it); else it is taken off, since anybody could write it."""
    return {
        "host": settings.host,
        "port": settings.port,
        "threads": settings.threads,
        "clear_untrusted_proxy_headers": not settings.trusted_proxies,
    }


def _check_port(settings: Settings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Trouble(
                f"port {settings.port} on {settings.host} cannot be used ({error.strerror}); "
                "choose another with PORT=8001"
            ) from error


def run_worker(_args: argparse.Namespace) -> int:
    """Do jobs and keep the calendar until interrupted."""
    settings = from_environment()
    connect(settings)
    jobs.start_timers(ask_for_timer)
    jobs.sweep()
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
    schema.upgrade(settings.database_url)
    connect(settings, queue=False)
    try:
        rows = read_csv(args.regions)
    except (OSError, BadRegions) as error:
        raise Trouble(f"{args.regions}: {error}") from error
    with db.write():
        if any(c.code in {r.code for r in rows} for c in region_queries.counties()):
            raise Trouble("this county has been started already")
        county = regions.start_county(rows, by=SYSTEM)
        try:
            account = access.open_account(args.admin, args.phone, county.id, by=SYSTEM)
        except Refusal as refusal:
            raise Trouble("this mobile number has an account already") from refusal
        access.give_role(account, access.Post(Role.account_admin, county), by=SYSTEM)
        token = access.new_link(account, by=SYSTEM)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    print(f"{county.name}: {len(rows)} divisions loaded.")
    print(f"Single-use link for {args.admin}, valid 72 hours:\n  {base}/link/{token}")
    return 0


def run_new_keys(_args: argparse.Namespace) -> int:
    """Write a key file that only its owner can read; never over an existing one."""
    default = "var/keys.json" if os.environ.get("JIEDUI_MODE", "demo") != Mode.production else ""
    where = os.environ.get("JIEDUI_KEY_FILE", default)
    if not where:
        raise Trouble("set JIEDUI_KEY_FILE to where the keys shall lie, outside JIEDUI_VAR")
    path = Path(where).resolve()
    if path.exists():
        raise Trouble(f"{path} exists already: it is never written over")
    crypto.save(path, crypto.new_ring())
    print(f"keys written to {path}; keep a copy apart from the backups of the database")
    return 0


def run_doctor(_args: argparse.Namespace) -> int:
    """One line for each thing looked at; exit 1 when anything is not well."""
    try:
        found = doctor.examine(from_environment())
    except BadSettings as error:
        found = [doctor.Finding("settings", False, str(error), "then ask again")]
    for finding in found:
        print(finding.line())
    return 0 if all(f.well for f in found) else 1


def run_backup(args: argparse.Namespace) -> int:
    """A consistent copy with its checksum; the portal goes on meanwhile."""
    settings = from_environment()
    if args.keep < 1:
        raise Trouble("--keep must be at least 1")
    try:
        made = backup.make(settings, args.to or settings.backups, args.keep)
    except backup.BadBackup as error:
        raise Trouble(str(error)) from error
    print(f"{made} ({made.stat().st_size / 1e6:.1f} MB), checksum in {made.name}.sha256")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Check a copy from end to end, then put it in the database's place."""
    settings = from_environment()
    try:
        crypto.use(crypto.load(settings.key_file))
        before = backup.restore(settings, args.copy)
    except (backup.BadBackup, crypto.BadKeys) as error:
        raise Trouble(str(error)) from error
    print(f"restored from {args.copy}" + (f"; what was there lies in {before}" if before else ""))
    print("everybody is signed out; start the server and the worker again")
    return 0


def run_verify(_args: argparse.Namespace) -> int:
    """Exit 1 when any county's chain was tampered with."""
    connect(from_environment(), queue=False)
    wrong = 0
    with db.read():
        for county in region_queries.counties():
            faults = audit.verify(county.id)
            wrong += len(faults)
            for fault in faults:
                print(f"{county.name}: entry {fault.seq}: {fault.what}")
            if not faults:
                print(f"{county.name}: the record is whole")
    return 1 if wrong else 0
