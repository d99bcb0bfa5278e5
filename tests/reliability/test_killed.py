"""A process killed in the middle loses nothing it had answered, and leaves nothing half done."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from jiedui.core import audit, db
from jiedui.regions.queries import setting
from jiedui.regions.rules import Setting
from tests import people
from tests.house.tree import ROOT

CYCLES = 25


def _killed_run(folder: Path, url: str, start: int, rest: float) -> int:
    command = [sys.executable, "-m", "tests.reliability.writer", str(folder), url, str(start)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=ROOT, env={"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"}
    )
    assert process.stdout is not None
    first = process.stdout.readline()  # it is at work
    time.sleep(rest)
    process.kill()
    said = [first, *process.stdout.read().splitlines()]
    process.wait()
    _its_server_is_done()
    return int(said[-1])


def _its_server_is_done() -> None:
    """PostgreSQL may still commit what a killed client had sent: until then nothing is settled, and
    the next writer would write the same again."""
    at_work = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    until = time.monotonic() + 30
    while not db.database().sqlite and time.monotonic() < until:
        with db.read():
            if not db.session.scalar(text(at_work)):
                return
        time.sleep(0.02)


@pytest.mark.reliability
def test_nothing_answered_is_lost_when_killed(either_app: Flask, tmp_path: Path) -> None:
    """After each kill: the last answered act is there, the record is whole, the file is sound."""
    url, chance, last = db.database().url, random.Random(20261125), 0
    for _ in range(CYCLES):
        answered = _killed_run(tmp_path, url, last + 1, chance.random() * 0.2)
        with db.read():
            county = people.region(people.COUNTY).id
            kept = setting(county, Setting.duty_phone)
            assert answered <= kept <= answered + 1
            assert audit.verify(county) == []
            done = "SELECT count(*) FROM audit_entry WHERE act = 'county.setting changed'"
            assert db.session.scalar(text(done)) == kept
            if db.database().sqlite:
                assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        last = kept
