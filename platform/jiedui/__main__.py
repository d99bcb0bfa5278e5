"""The command line: serve, work, start a county, load the demo, look after keys and schema."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

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
    except (BadSettings, commands.Trouble, NotForProduction) as trouble:
        print(f"jiedui: {trouble}", file=sys.stderr)
        return 2


def _speak_anywhere() -> None:
    """A terminal that has no Chinese shows ? for it, and the command goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
