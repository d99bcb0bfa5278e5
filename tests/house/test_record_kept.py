"""The record against its own past: whoever has keys and database can put an older record in the
place of the present one, and the chain still holds; what was carried away tells.

Made to catch: an end that is not compared (kept ignored in the walk), a shorter record that passes
(the last comparison left out), ends that a backup does not write down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from jiedui.__main__ import main
from jiedui.core import audit, db
from jiedui.core.actors import SYSTEM
from jiedui.core.audit import AuditEntry
from jiedui.factory.record import HEADS
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from jiedui.settings import Settings
from tests import people


@pytest.fixture
def backups(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The commands speak of this test's portal."""
    known: Settings = app.config["SETTINGS"]
    for name, value in (
        ("VAR", known.var), ("DATABASE_URL", known.database_url), ("KEY_FILE", known.key_file),
        ("BACKUPS", known.var / "backups"), ("MODE", "test"), ("SECRET_KEY", known.secret_key),
    ):  # fmt: skip
        monkeypatch.setenv(f"JIEDUI_{name}", str(value))
    yield known.var / "backups"
    db.database().close()


def acts(*numbers: int) -> None:
    """Something is done, and stands in the record."""
    for number in numbers:
        with db.write():
            county = people.region(people.COUNTY)
            regions.set_for_county(county, Setting.trial_days, number, by=SYSTEM)


def test_an_older_record_in_the_place_of_the_present_one_is_noticed(
    app: Flask, backups: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acts(10, 11)
    live, old = Path(app.config["SETTINGS"].database_url.removeprefix("sqlite:///")), tmp_path / "a"
    db.database().close()
    shutil.copy(live, old)
    acts(12, 13)
    assert main(["backup"]) == 0
    assert main(["audit", "verify"]) == 0
    assert "1 kept ends agree" in capsys.readouterr().out
    db.database().close()
    for rest in live.parent.glob(f"{live.name}-*"):
        rest.unlink()
    shutil.copy(old, live)
    assert main(["audit", "verify"]) == 1
    assert "shorter than it was kept" in capsys.readouterr().out
    acts(14, 15, 16)
    assert main(["audit", "verify"]) == 1
    assert "not as it was kept" in capsys.readouterr().out


def test_ends_can_be_carried_away_on_paper_or_in_a_letter(
    app: Flask, backups: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acts(10)
    assert main(["audit", "head"]) == 0
    carried = tmp_path / "ends.txt"
    carried.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["audit", "verify", "--kept", str(carried)]) == 0
    carried.write_text(carried.read_text().replace(" ", " 9", 1), encoding="utf-8")
    assert main(["audit", "verify", "--kept", str(carried)]) == 1
    carried.write_text("nonsense\n", encoding="utf-8")
    assert main(["audit", "verify", "--kept", str(carried)]) == 2
    assert "not an end of the record" in capsys.readouterr().err


def test_after_a_copy_was_put_back_ends_begin_anew(
    app: Flask, backups: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written down since stays, in a file of its own."""
    acts(10)
    assert main(["backup"]) == 0
    (first,) = [p for p in backups.iterdir() if p.name.endswith(".sealed")]
    acts(11)
    assert main(["backup"]) == 0
    assert main(["restore", str(first)]) == 0
    assert main(["audit", "verify"]) == 0
    assert not (backups / HEADS).exists()
    assert len(list(backups.glob("record-heads-before-*.txt"))) == 1


def test_a_line_taken_out_is_named_as_before(app: Flask) -> None:
    acts(10, 11, 12)
    with db.write():
        county = people.region(people.COUNTY).id
        second = delete(AuditEntry).where(AuditEntry.county_id == county, AuditEntry.seq == 2)
        db.session.execute(second)
    with db.read():
        assert "missing" in {fault.what for fault in audit.verify(county)}
