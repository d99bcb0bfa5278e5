"""What a county sets for itself, from the command line: its rules, and the numbers people call."""

from __future__ import annotations

import argparse
from typing import Any

from jiedui.access.rules import Office
from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.factory import connect
from jiedui.factory.outcome import Trouble
from jiedui.helpers.rules import HelpKind
from jiedui.regions import actions, queries
from jiedui.regions.models import Region
from jiedui.regions.rules import DEFAULTS, Setting, read_setting
from jiedui.settings import from_environment


def declare(commands: Any) -> None:
    """county: show and change what holds in a county; hotline: the numbers on every page."""
    own = commands.add_parser("county", help="show or change what a county sets for itself")
    own.add_argument("name", nargs="?", help="what to set, as the list shows it")
    own.add_argument(
        "value", nargs="?", help="yes or no, a whole number, words, or kind=office,... red=7,..."
    )
    own.add_argument("--code", help="division code of the county, where there are several")
    own.set_defaults(run=run_county)
    line = commands.add_parser("hotline", help="show or change the numbers on every page")
    line.add_argument("number", nargs="?")
    line.add_argument("chinese", nargs="?", help="what it is for, in Chinese")
    line.add_argument("english", nargs="?", help="and in English")
    line.add_argument("--remove", action="store_true", help="take the number off the pages")
    line.add_argument("--code", help="division code of the county, where there are several")
    line.set_defaults(run=run_hotline)


def run_county(args: argparse.Namespace) -> int:
    """Without a value: the list. With one: it holds from the next request on."""
    connect(from_environment(), queue=False)
    if args.value is None:
        with db.read():
            _show(_county(args.code), args.name)
        return 0
    name = _setting(args.name)
    try:
        value = read_setting(name, args.value)
    except ValueError as error:
        raise Trouble(f"{name.value}: {error}") from error
    if name is Setting.office_for:
        _check_offices(value)
    with db.write():
        actions.set_for_county(_county(args.code), name, value, by=SYSTEM)
    print(f"{name.value}: {value}")
    return 0


def run_hotline(args: argparse.Namespace) -> int:
    """Show the numbers, put one on every page or change what it is called, take one off."""
    connect(from_environment(), queue=False)
    if args.number is None:
        with db.read():
            for line in queries.hotlines(_county(args.code).id):
                print(f"{line.number:12} {line.name_zh}  {line.name_en}")
        return 0
    with db.write():
        county = _county(args.code)
        if args.remove:
            if not actions.end_hotline(county, args.number, by=SYSTEM):
                raise Trouble(f"{args.number} is on no page")
        elif args.chinese and args.english:
            actions.set_hotline(county, args.number, args.chinese, args.english, by=SYSTEM)
        else:
            raise Trouble("a hotline needs its number and what it is for, in Chinese and English")
    print(f"{args.number}: done")
    return 0


def _show(county: Region, only: str | None) -> None:
    for name in [_setting(only)] if only else Setting:
        value = queries.setting(county.id, name)
        usual = "" if value != DEFAULTS[name] else "  (as it comes)"
        print(f"{name.value:30} {value}{usual}")


def _setting(name: str) -> Setting:
    try:
        return Setting(name.replace("_", " "))
    except ValueError as error:
        raise Trouble(f"there is no setting {name!r}: `jiedui county` lists them") from error


def _county(code: str | None) -> Region:
    found = [c for c in queries.counties() if code is None or c.code.startswith(code)]
    if len(found) != 1:
        codes = ", ".join(f"{c.code} {c.name}" for c in queries.counties()) or "none yet"
        raise Trouble(f"which county? --code is one of: {codes}")
    return found[0]


def _check_offices(table: dict[str, str]) -> None:
    for kind, office in table.items():
        if kind not in set(HelpKind) or office not in set(Office):
            kinds, offices = ", ".join(HelpKind), ", ".join(Office)
            raise Trouble(f"{kind}={office}: kinds are {kinds}; offices are {offices}")
