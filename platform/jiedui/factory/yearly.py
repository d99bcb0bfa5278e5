"""The yearly pack from the command line: every paper of a year into one folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from jiedui.core import clock, db
from jiedui.core.i18n import LOCALES
from jiedui.factory import create_app
from jiedui.factory.outcome import Trouble
from jiedui.oversight.exchange import impact, shares, yearly
from jiedui.oversight.queries import holding
from jiedui.oversight.queries import shares as register
from jiedui.oversight.queries import yearly as figures
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.settings import from_environment


def declare(commands: Any) -> None:
    """audit pack: the papers of the yearly audit, of every county here or of one."""
    one = commands.add_parser("pack", help="write the papers of the yearly audit")
    last = clock.today().year - 1
    one.add_argument("--year", type=int, default=last, help=f"calendar year (else {last})")
    one.add_argument("--out", type=Path, required=True, help="folder to write them to")
    one.add_argument("--code", help="division code of the county (else all)")
    one.add_argument("--language", choices=LOCALES, default=LOCALES[0])
    one.set_defaults(run=run_pack)


def run_pack(args: argparse.Namespace) -> int:
    """Write them; a paper of the same day and name is written over. Nobody is named in them, but
    they stay within the house: the folder is for its owner only."""
    app = create_app(from_environment(), queue=False)
    with app.app_context(), force_locale(args.language), db.read():
        for county in _counties(args.code):
            if args.year not in figures.years(county.id):
                raise Trouble(f"{county.name}: there is no record of {args.year}")
            args.out.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name, data in _papers(county, args.year):
                path = args.out / name
                path.write_bytes(data)
                path.chmod(0o600)
                print(path)
    return 0


def _counties(code: str | None) -> list[Region]:
    found = [one for one in regions.counties() if code is None or one.code.startswith(code)]
    if not found:
        known = ", ".join(f"{one.code} {one.name}" for one in regions.counties()) or "none yet"
        raise Trouble(f"which county? --code is one of: {known}")
    return found


def _papers(county: Region, number: int) -> Iterator[tuple[str, bytes]]:
    year = figures.of_year(county, number, walk=True)
    given = register.shares(county, number)
    yield f"{county.code}-{number}-audit.docx", yearly.docx(year)
    yield f"{county.code}-{number}-audit.xlsx", yearly.xlsx(year)
    yield f"{county.code}-{number}-shares.xlsx", shares.xlsx(given, county.name, number)
    yield f"{county.code}-{clock.today()}-impact.docx", impact.docx(holding.held_of(county))
