"""What is written for the people who run it is true: names of settings, commands and files."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jiedui.factory import commands
from jiedui.settings import Mode, Settings, from_environment
from tests.house.tree import PACKAGE, ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
PAPERS = [*sorted(DEPLOY.iterdir()), ROOT / "docs" / "operations.md", ROOT / "README.md"]


def known_commands() -> set[str]:
    """Every command of the command line, with its second word where it has one."""
    parser = argparse.ArgumentParser()
    commands.declare(parser.add_subparsers())
    found: set[str] = set()
    for name, sub in _choices(parser).items():
        found.add(name)
        found |= {f"{name} {second}" for second in _choices(sub)}
    return found


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def test_every_named_setting_is_read() -> None:
    """A misspelt variable would be set in vain."""
    source = (PACKAGE / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(JIEDUI_[A-Z0-9_]+|HOST|PORT)"', source))
    for path in PAPERS:
        named = set(re.findall(r"JIEDUI_[A-Z0-9_]+", path.read_text(encoding="utf-8")))
        assert named <= read, path.name


def test_every_setting_is_explained() -> None:
    """The page for operators names all that can be set."""
    source = (PACKAGE / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(JIEDUI_[A-Z0-9_]+)"', source))
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in read if name not in page} == set()


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.name)
def test_every_named_command_exists(path: Path) -> None:
    """`jiedui something` in a unit or on a page is one of the commands."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"bin/jiedui ([a-z]+)", text))
    named |= set(re.findall(r"`jiedui ([a-z]+(?: (?:new|rotate|reseal|retire|verify))?)", text))
    assert named <= known_commands()


def test_the_example_of_the_environment_is_a_production_one(tmp_path: Path) -> None:
    """Filled in as its comments say, it starts."""
    lines = (DEPLOY / "jiedui.env.example").read_text(encoding="utf-8").splitlines()
    env = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    keys = tmp_path / "keys.json"
    keys.write_text("{}")
    keys.chmod(0o600)
    filled = env | {"JIEDUI_SECRET_KEY": "s" * 48, "JIEDUI_KEY_FILE": str(keys)}
    settings: Settings = from_environment(filled)
    assert settings.mode is Mode.production
    assert settings.https
    assert settings.backups == Path("/var/backups/jiedui")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Every line of every unit, with a program that exists in the place of ours."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        text = re.sub(r"/opt/jiedui/\.venv/bin/jiedui", "/bin/true", text)
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "jiedui" in line]
    assert ours == []


def test_the_nightly_backup_writes_where_it_may() -> None:
    """The unit opens the two folders that the command writes to."""
    unit = (DEPLOY / "jiedui-backup.service").read_text(encoding="utf-8")
    example = (DEPLOY / "jiedui.env.example").read_text(encoding="utf-8")
    for name in ("JIEDUI_BACKUPS", "JIEDUI_VAR"):
        folder = re.search(rf"^{name}=(\S+)", example, re.M)
        assert folder is not None
        assert folder.group(1) in unit
