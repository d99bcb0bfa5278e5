"""A served portal and a real browser for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import waitress.server
from flask import Flask

from jiedui.core import clock
from tests.conftest import REQUIRED

CHROMIUM = os.environ.get("JIEDUI_CHROMIUM") or shutil.which("chromium") or ""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run --disable-dev-shm-usage"
).split()
ItIs = Callable[..., None]
# Played on both databases by `make test`; the others play theirs on PostgreSQL in the longer runs.
ON_BOTH = ("test_journey.py",)
# Minutes of clicks: played on both in the longer runs only.
LONG = ("test_pairing_journey.py", "test_quarter_journey.py", "test_start_journey.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What was seen on SQLite is seen on PostgreSQL too, but not at every `make test`."""
    for item in items:
        here = item.path.parent == Path(__file__).parent
        other = item.path.name not in ON_BOTH and item.get_closest_marker("postgres")
        if here and (other or item.path.name in LONG):
            item.add_marker(pytest.mark.reliability)


class Served:
    """An application served on a port of its own."""

    def __init__(self, app: Flask) -> None:
        self.server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=6)
        self.url = f"http://127.0.0.1:{self.server.effective_port}"
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        with suppress(OSError):  # closed while it waited for the next request
            self.server.run()

    def close(self) -> None:
        """Stop serving."""
        self.server.close()
        self.thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium; without one the test is skipped loudly, or fails in CI."""
    if not CHROMIUM:
        if "browser" in REQUIRED:
            pytest.fail("a Chromium is required and not there")
        pytest.skip("no Chromium on this machine: browser tests are not run")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A phone in Chinese, as most of our people hold it."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 390, "height": 844},
    }


@pytest.fixture
def served(either_app: Flask) -> Iterator[Served]:
    """The portal on either database, served."""
    either_app.config["PROPAGATE"] = False
    running = Served(either_app)
    yield running
    running.close()


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> ItIs:
    """Let it be another day at nine, or another hour, in China, for the portal's threads too."""

    def turn(day: date, hour: int = 9) -> None:
        ahead = clock.at(day, hour) - datetime.now(UTC)
        monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + ahead)

    return turn


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo county for this worker; it is loaded once for the whole run, by whichever
    worker asks first."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder, lock, ready = shared / "demo", shared / "demo.lock", shared / "demo.ready"
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        while not ready.exists():
            time.sleep(0.2)
    else:
        _load_demo(folder)
        ready.touch()
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("county") / "demo"))


def _load_demo(folder: Path) -> None:
    env = {**os.environ, "JIEDUI_VAR": str(folder), "JIEDUI_MODE": "demo"}
    command = [sys.executable, "-m", "jiedui", "demo", "--if-empty"]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
