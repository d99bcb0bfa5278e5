"""The record as a command: its end written down outside the database, its chain walked.

Whoever has the keys and the database could put an older one back, with an older end of the record
in it, and the chain would still hold. So each backup writes the end down beside it, in a file that
only grows; carried away with the backups, it tells.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from jiedui.core import audit, clock, db
from jiedui.factory import connect
from jiedui.factory.outcome import Trouble
from jiedui.regions import queries as regions
from jiedui.settings import Settings, from_environment

HEADS = "record-heads.txt"


def declare(commands: Any) -> None:
    """The commands with their arguments."""
    walk = commands.add_parser("verify", help="walk every county's chain")
    walk.add_argument("--kept", type=Path, help="ends of the record that were carried away")
    walk.set_defaults(run=run_verify)
    end = commands.add_parser("head", help="print where the record ends now, to be kept elsewhere")
    end.set_defaults(run=run_head)


def lines() -> list[str]:
    """The end of each county's record, as it is written down: code, lines, MAC, when."""
    with db.read():
        codes = {county.id: county.code for county in regions.counties()}
        ends = audit.heads()
    now = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    return [f"{codes[county]} {count} {mac} {now}" for county, (count, mac) in ends.items()]


def write_down(folder: Path) -> None:
    """Add the present end to what was written down in a folder."""
    file = folder / HEADS
    file.touch(mode=0o600)
    with file.open("a", encoding="utf-8") as grows:
        grows.writelines(f"{line}\n" for line in lines())


def kept(file: Path) -> dict[str, dict[int, str]]:
    """What a file holds: by county, how many lines and the MAC of the last. Raises Trouble for a
    line that is none."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        parts = line.split()
        if len(parts) != 4 or not parts[1].isdecimal():
            raise Trouble(f"{file}, line {number}: not an end of the record")
        found[parts[0]][int(parts[1])] = parts[2]
    return dict(found)


def set_aside(folder: Path, stamp: str) -> None:
    """After a copy was put back the record ends earlier, and everybody knows: ends that were
    written down since begin a file of their own."""
    file = folder / HEADS
    if file.exists():
        file.replace(folder / f"record-heads-before-{stamp}.txt")


def run_head(_args: argparse.Namespace) -> int:
    """Print where the record ends."""
    connect(from_environment(), queue=False)
    print("\n".join(lines()))
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Exit 1 when any county's chain was tampered with, or is not the one that was kept."""
    settings = from_environment()
    connect(settings, queue=False)
    known, wrong = _known(settings, args.kept), 0
    with db.read():
        for county in regions.counties():
            mine = known.get(county.code, {})
            faults = audit.verify(county.id, mine)
            wrong += len(faults)
            for fault in faults:
                print(f"{county.name}: entry {fault.seq}: {fault.what}")
            if not faults:
                print(f"{county.name}: the record is whole; {len(mine)} kept ends agree")
    return 1 if wrong else 0


def _known(settings: Settings, carried: Path | None) -> dict[str, dict[int, str]]:
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for file in filter(None, (settings.backups / HEADS, carried)):
        if file == carried or file.exists():
            for code, ends in kept(file).items():
                found[code] |= ends
    return found
