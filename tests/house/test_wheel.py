"""The wheel holds all that the portal needs: it runs from there, without the tree around it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT

KINDS = {".py", ".html", ".css", ".js", ".svg", ".po", ".csv", ".mako"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an install of the wheel would lay down."""
    made = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(made / "site")
    return made / "site"


def test_everything_of_the_tree_is_in_the_wheel(unpacked: Path) -> None:
    """Templates, static files, migrations, translations, the demo's divisions, the engine."""
    places = {
        PACKAGE: unpacked / "jiedui",
        ROOT / "matching": unpacked / "matching",
        ROOT / "templates": unpacked / "jiedui" / "templates",
        ROOT / "static": unpacked / "jiedui" / "static",
    }
    missing = [
        str(path.relative_to(ROOT))
        for source, place in places.items()
        for path in source.rglob("*.*")
        if path.suffix in KINDS and not (place / path.relative_to(source)).is_file()
    ]
    assert missing == []


def test_the_portal_runs_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    """Keys, tables and the doctor; the code is the wheel's, not the tree's."""
    env = {**os.environ, "PYTHONPATH": str(unpacked), "JIEDUI_VAR": str(tmp_path)}
    steps = "upkeep.run_new_keys(None); commands.run_upgrade(None); upkeep.run_doctor(None)"
    code = f"from jiedui.factory import commands, upkeep; {steps}; print(commands.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout
    assert f"keys written to {tmp_path}" in told
    assert "ok   database  tables at version" in told
    assert str(unpacked) in told.splitlines()[-1]
