"""What is over its time, from the command line: shown without a change, then cleared."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from jiedui.__main__ import main
from jiedui.core import clock, db
from jiedui.oversight.rules import DataClass
from tests.builders import closed

LONG = timedelta(days=3 * 366 + 10)


@pytest.fixture(autouse=True)
def here(app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on the database of this test."""
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(tmp_path))


def state() -> list[object]:
    """Every row there is, as it lies there."""
    with db.read():
        tables = db.Base.metadata.sorted_tables
        return [tuple(r) for t in tables for r in db.session.execute(text(f"SELECT * FROM {t}"))]


def said(capsys: pytest.CaptureFixture[str], data: DataClass) -> str:
    """The line of a class of the first county."""
    lines = capsys.readouterr().out.splitlines()
    return next(line.strip() for line in lines if line.strip().startswith(data.value))


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """It says how many are due, since when, and from when they are cleared."""
    closed.closed_file()
    day = clock.local(clock.now() + timedelta(days=3)).date()
    with clock.moved_to(clock.now() + LONG):
        before = state()
        assert main(["retention", "--dry-run"]) == 0
        assert state() == before
        line = said(capsys, DataClass.child_file)
        assert line.startswith("child file         36 months after file closed")
        assert f"1 due, the oldest since {day}" in line
        assert "nothing is cleared before 30 days after the first run" in line


def test_the_command_does_what_the_night_does(capsys: pytest.CaptureFixture[str]) -> None:
    """First it shows, a month later it clears; no name is printed."""
    closed.closed_file()
    with clock.moved_to(clock.now() + LONG):
        assert main(["retention"]) == 0
        out = capsys.readouterr().out
        assert "are only shown as yet" in out
        assert closed.NAME in closed.everything()
    with clock.moved_to(clock.now() + LONG + timedelta(days=31)):
        assert main(["retention"]) == 0
        out = capsys.readouterr().out
        assert "child file         1 cleared" in out
        assert closed.NAME not in out + closed.everything()
