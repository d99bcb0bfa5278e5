"""The command line: serve, work, start a county, load the demo, look after keys and schema."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from jiedui.core.crypto import BadKeys
from jiedui.factory import commands
from jiedui.factory.showing import NotForProduction
from jiedui.settings import BadSettings


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="jiedui", description=__doc__)
    commands.declare(parser.add_subparsers(dest="command", required=True))
    chosen = parser.parse_args(argv)
    os.umask(0o077)  # what is written here is for its owner only
    _speak_anywhere()
    try:
        return int(chosen.run(chosen) or 0)
    except KeyboardInterrupt:
        return 130
    except (BadSettings, BadKeys, commands.Trouble, NotForProduction) as trouble:
        said = str(trouble)
    except PermissionError as error:
        said = f"{error.filename} is closed to this user: {error.strerror}"
    except OperationalError as error:
        if error.statement is not None:  # not the door, but what was asked
            raise
        said = f"the database cannot be opened: {str(error.orig).splitlines()[0]}"
    print(f"jiedui: {said}", file=sys.stderr)
    return 2


def _speak_anywhere() -> None:
    """A terminal that has no Chinese shows ? for it, and the command goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
