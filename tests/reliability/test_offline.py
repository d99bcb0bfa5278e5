"""Set up on a server without internet, from a folder that was carried over. Made to catch: a
package that comes for one kind of machine only or has no wheel (--only-binary), a set-up that asks
the network all the same (--no-index left out)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.reliability
KEPT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "wheelhouse", "__pycache__", ".*_cache")


def made(folder: Path, *command: str) -> str:
    """What a command says; the test fails when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=_plain())
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _plain() -> dict[str, str]:
    """Nothing of the environment in which the tests run leads to another Python."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL", "MAKE"))}


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree with what was fetched for both kinds of machine."""
    folder = tmp_path_factory.mktemp("usb") / "jiedui"
    shutil.copytree(ROOT, folder, ignore=KEPT_OUT)
    made(folder, "make", "wheelhouse")
    return folder


def test_both_kinds_of_machine_get_the_same_packages(carried: Path) -> None:
    lists = [
        {wheel.name.partition("-")[0] for wheel in (carried / "wheelhouse" / arch).glob("*.whl")}
        for arch in ("x86_64", "aarch64")
    ]
    assert lists[0] == lists[1]
    assert len(lists[0]) > 50
    made(carried / "wheelhouse", "sha256sum", "-c", "--quiet", "SHA256SUMS")


def test_a_server_without_a_line_is_set_up_from_them(carried: Path) -> None:
    """In a network namespace of its own, where nothing can be reached."""
    alone = ("unshare", "--map-root-user", "--net")
    if subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("no network namespace can be made here")
    reach = "import socket; socket.create_connection(('127.0.0.1', 5432), 2)"
    line = subprocess.run([*alone, "python3", "-c", reach], capture_output=True, env=_plain())
    assert line.returncode != 0, "there is a line after all"
    made(carried, *alone, "make", "setup")
    python = str(carried / ".venv" / "bin" / "python")
    made(carried, *alone, python, "-m", "jiedui", "keys", "new")
    made(carried, *alone, python, "-m", "jiedui", "upgrade")
    pages = "from jiedui.factory import create_app; from jiedui.settings import from_environment"
    asked = "print(create_app(from_environment()).test_client().get('/sign-in').status_code)"
    assert made(carried, *alone, python, "-c", f"{pages}; {asked}").strip().endswith("200")
