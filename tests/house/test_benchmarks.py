"""Whoever measures finds commands that start.

Seen to fail: a benchmark that imports a name which has moved to another room.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.tree import ROOT

COMMANDS = (
    "engine.py", "facilities.py", "hours.py", "learning.py", "ledger.py", "resources.py",
    "round.py",
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_benchmark_starts(name: str) -> None:
    """It says what it measures, and takes --json."""
    command = [sys.executable, str(ROOT / "benchmarks" / name), "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "--json" in said
