"""Loading the demo county, and telling how to sign in to it."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

from jiedui.access import passwords
from jiedui.access import queries as accounts
from jiedui.core import db, heap, schema
from jiedui.demo.county import load
from jiedui.demo.officials import write_sign_ins
from jiedui.factory import connect, up_to_date
from jiedui.factory.outcome import Trouble
from jiedui.regions import queries as regions
from jiedui.settings import Settings, from_environment

SIGN_INS = "demo-sign-ins.json"


class NotForProduction(Exception):
    """Invented people do not belong among real ones."""


def run_demo(args: argparse.Namespace) -> int:
    """Load the demo county into an empty installation and print how to sign in."""
    settings = from_environment()
    if not have_county(settings) and not args.if_empty:
        print("There is a county already; nothing was loaded.")
    tell(settings)
    return 0


def have_county(settings: Settings) -> bool:
    """Load the demo county where there is none; says whether it had to."""
    if settings.production:
        raise NotForProduction("the demo county cannot be loaded in production")
    up_to_date(settings)
    connect(settings, queue=False)
    with db.read():
        empty = not regions.counties()
    if empty:
        _load(settings)
    return empty


def _load(settings: Settings) -> None:
    """Into a file beside the real one first, so that an interrupted load leaves nothing half."""
    began = time.monotonic()
    heap.make_much()
    fresh = settings.var / "loading.db"
    if settings.sqlite:
        for old in settings.var.glob("loading.db*"):
            old.unlink()
        apart = replace(settings, database_url=f"sqlite:///{fresh}")
        schema.upgrade(apart.database_url)
        connect(apart, queue=False)

    def say(words: str) -> None:
        print(f"  {time.monotonic() - began:5.1f} s  {words}", flush=True)

    print("Loading the demo county (invented people, once):", flush=True)
    sign_ins = load(db.write, db.read, say)
    db.database().close()
    if settings.sqlite:
        fresh.replace(Path(settings.database_url.removeprefix("sqlite:///")))
    write_sign_ins(settings.var / SIGN_INS, sign_ins)
    say("done")


def tell(settings: Settings) -> None:
    """One account of each role, from the list beside the data."""
    path = settings.var / SIGN_INS
    if not path.exists():
        return
    seen: set[tuple[str, str]] = set()
    print(f"Sign-ins of the demo (all of them in {path}):")
    for one in json.loads(path.read_text(encoding="utf-8")):
        key = (one["role"], one["office"] or "")
        if key in seen:
            continue
        seen.add(key)
        who = " ".join(filter(None, (one["role"], one["office"], one["region"])))
        print(f"  {one['username']}  {one['password']:<40} {who}")
    if settings.second_factor_asked:
        print("County and township are asked for a code as well. The page that asks shows it;")
        print("`make code USER=number` prints it; JIEDUI_DEMO_SECOND_FACTOR=0 leaves it out.")


def run_code(args: argparse.Namespace) -> int:
    """Print the code that an account of the demo would be let in with now."""
    settings = from_environment()
    if settings.production:
        raise NotForProduction("codes of real people stand on their phones only")
    connect(settings, queue=False)
    with db.read():
        account = accounts.by_phone(args.user)
        if account is None or account.totp_secret is None:
            raise Trouble(f"no account of the demo signs in as {args.user!r} with a code")
        code = passwords.fresh_code(account.totp_secret, account.totp_step)
    if code is None:
        raise Trouble("the present code has been used: wait half a minute")
    print(code)
    return 0
