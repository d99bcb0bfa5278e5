"""Commands for whoever looks after the machine: keys, doctor, backup, restore, record, links."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.core import crypto, db, resealing
from jiedui.core.actors import SYSTEM
from jiedui.factory import backup, connect, doctor, record, yearly
from jiedui.factory.outcome import Trouble
from jiedui.settings import BadSettings, Mode, from_environment


def declare(commands: Any) -> None:
    """Each command with its arguments."""
    commands.add_parser("doctor", help="see whether all is well").set_defaults(run=run_doctor)
    save = commands.add_parser("backup", help="copy the database while it is in use")
    save.add_argument("--to", type=Path, help="folder (else JIEDUI_BACKUPS)")
    save.add_argument("--keep", type=int, default=backup.KEEP, help="how many copies stay")
    save.set_defaults(run=run_backup)
    put_back = commands.add_parser("restore", help="put a copy in the database's place")
    put_back.add_argument("copy", type=Path, help="a file that `jiedui backup` made")
    put_back.set_defaults(run=run_restore)
    keys = commands.add_parser("keys", help="look after the key file").add_subparsers(required=True)
    keys.add_parser("new", help="write a fresh key file").set_defaults(run=run_new_keys)
    more = keys.add_parser("rotate", help="add a key that seals from now on")
    more.set_defaults(run=run_rotate_keys)
    again = keys.add_parser("reseal", help="seal with the present key what older ones have sealed")
    again.set_defaults(run=run_reseal)
    gone = keys.add_parser("retire", help="take an older key out of the key file")
    gone.add_argument("number", type=int, help="which key")
    gone.set_defaults(run=run_retire_key)
    audited = commands.add_parser("audit", help="check the record, make the year's papers")
    of_audit = audited.add_subparsers(required=True)
    record.declare(of_audit)
    yearly.declare(of_audit)
    link = commands.add_parser("link", help="a new single-use link for an account")
    link.add_argument("--phone", required=True, help="the mobile number it signs in with")
    link.add_argument(
        "--clear-second-factor", action="store_true", help="the authenticator is lost, too"
    )
    link.set_defaults(run=run_link)


def run_new_keys(_args: argparse.Namespace) -> int:
    """Write a key file that only its owner can read; never over an existing one."""
    beside = f"{os.environ.get('JIEDUI_VAR', 'var')}/keys.json"
    default = beside if os.environ.get("JIEDUI_MODE", "demo") != Mode.production else ""
    where = os.environ.get("JIEDUI_KEY_FILE", default)
    if not where:
        raise Trouble("set JIEDUI_KEY_FILE to where the keys shall lie, outside JIEDUI_VAR")
    path = Path(where).resolve()
    if path.exists():
        raise Trouble(f"{path} exists already: it is never written over")
    crypto.save(path, crypto.new_ring())
    print(f"keys written to {path}; keep a copy apart from the backups of the database")
    return 0


def run_rotate_keys(_args: argparse.Namespace) -> int:
    """Seal with a fresh key from now on; what is sealed already stays readable by the old ones."""
    path = from_environment().key_file
    try:
        keys = crypto.rotated(crypto.load(path))
    except crypto.BadKeys as error:
        raise Trouble(str(error)) from error
    crypto.save(path, keys)
    print(f"key {keys.current} in {path} seals from now on; {len(keys.data)} keys open")
    print("restart the server and the worker, and save the key file anew, apart from the backups")
    return 0


def run_reseal(_args: argparse.Namespace) -> int:
    """Seal anew what older keys have sealed, while the portal goes on; may be run again."""
    connect(from_environment(), queue=False)
    count = resealing.reseal()
    print(f"{count} values sealed anew; key {crypto.ring().current} seals everything now")
    return 0


def run_retire_key(args: argparse.Namespace) -> int:
    """Take an older key away when nothing needs it any more; the present one always stays."""
    settings = from_environment()
    connect(settings, queue=False)
    rest = crypto.without(crypto.ring(), args.number)
    count = resealing.sealed_with()[args.number]
    if count:
        raise Trouble(f"key {args.number} still opens {count} values: jiedui keys reseal")
    needing = resealing.copies_sealed_with(settings.backups, args.number)
    if needing:
        raise Trouble(f"only key {args.number} opens {', '.join(needing[:3])}: move or delete them")
    crypto.save(settings.key_file, rest)
    print(f"key {args.number} is out of {settings.key_file}; restart the server and the worker")
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
    """A consistent copy, sealed, with its checksum; the portal goes on meanwhile."""
    settings = from_environment()
    if args.keep < 1:
        raise Trouble("--keep must be at least 1")
    try:
        crypto.use(crypto.load(settings.key_file))
        made = backup.make(settings, args.to or settings.backups, args.keep)
        connect(settings, queue=False)
        record.write_down(made.parent)
    except (backup.BadBackup, crypto.BadKeys) as error:
        raise Trouble(str(error)) from error
    print(f"{made} ({made.stat().st_size / 1e6:.1f} MB), checksum in {made.name}.sha256")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Check a copy from end to end, then put it in the database's place."""
    settings = from_environment()
    try:
        crypto.use(crypto.load(settings.key_file))
        before = backup.restore(settings, args.copy)
        record.set_aside(settings.backups, backup.stamp())
    except (backup.BadBackup, crypto.BadKeys) as error:
        raise Trouble(str(error)) from error
    print(f"restored from {args.copy}" + (f"; what was there lies in {before}" if before else ""))
    print("what was cleared since is back: jiedui retention clears it again")
    print("everybody is signed out; start the server and the worker again")
    return 0


def run_link(args: argparse.Namespace) -> int:
    """For the last account administrator who cannot sign in; for all others the portal does it."""
    settings = from_environment()
    connect(settings, queue=False)
    with db.write():
        account = accounts.by_phone(args.phone)
        if account is None or not account.roles:
            raise Trouble("no account signs in with this number")
        if args.clear_second_factor:
            access.clear_second_factor(account, seen=True, by=SYSTEM)
        token = access.new_link(account, by=SYSTEM)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    print(f"Single-use link, valid 72 hours:\n  {base}/link/{token}")
    return 0
