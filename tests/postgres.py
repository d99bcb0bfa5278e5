"""A PostgreSQL server of the tests' own, where its programs are installed: in memory and without
waiting for a disk, for a copy is made and dropped for each test. Nothing of it is left behind."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

USER = "postgres"  # who serves where root runs the tests: the server refuses root
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108
NAME = "jiedui_pg_"
FAST = {
    "fsync": "off",  # nothing here outlives the power
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "300",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
STARTS_WITHIN = 60.0  # seconds
TRIES = 3


def programs() -> Path | None:
    """The folder with the server's programs, the newest of several; None where there are none, or
    nobody could run them."""
    if os.getuid() == 0 and (shutil.which("setpriv") is None or not _is_user(USER)):
        return None
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    there = sorted(installed, key=lambda found: int(found.parts[4]), reverse=True)
    return there[0].parent if there else None


def _is_user(name: str) -> bool:
    return name in {one.pw_name for one in pwd.getpwall()}


def _as_user(*command: str) -> list[str]:
    """The same as who may serve; what is started ends with us."""
    if os.getuid() != 0:
        return list(command)
    switch = f"--reuid={USER}", f"--regid={USER}", "--init-groups", "--pdeathsig", "INT"
    return ["setpriv", *switch, *command]


def _folder() -> Path:
    """In memory where there is room for it."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    parent = MEMORY if roomy else Path(gettempdir())
    for old in parent.glob(f"{NAME}*"):
        if _left_behind(old):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(mkdtemp(prefix=NAME, dir=parent))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)
    return folder


def _left_behind(folder: Path) -> bool:
    """Whether a run that was killed left it: its server is gone, and it is not just being made."""
    try:
        pid = int((folder / "rows" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        with suppress(OSError):
            return time.time() - folder.stat().st_mtime > STARTS_WITHIN
    return False


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class NotThere(Exception):
    """No server of our own can be had here."""


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """The address of a new server, until we leave. Raise NotThere where it does not start."""
    folder = _folder()
    rows, quiet = folder / "rows", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = (
        str(bin_folder / "initdb"), "-D", str(rows), "-U", "root", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync",
    )  # fmt: skip
    process = None
    try:
        if subprocess.run(_as_user(*made), cwd=folder, check=False, **quiet).returncode:
            raise NotThere
        for _ in range(TRIES):
            port = _free_port()  # which somebody else may have taken by now
            process = subprocess.Popen(_serving(bin_folder, rows, port), cwd=folder, **quiet)
            if _answers(_address(port), process):
                break
        else:
            raise NotThere
        yield _address(port)
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # whoever is still connected is not waited for
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _serving(bin_folder: Path, rows: Path, port: int) -> list[str]:
    says = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
    return _as_user(str(bin_folder / "postgres"), "-D", str(rows), "-p", str(port), *says)


def _address(port: int) -> str:
    return f"postgresql+psycopg://root@127.0.0.1:{port}/postgres"


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether it comes up; it gives up by itself where its port is taken."""
    engine, until = create_engine(url), time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.05)
        else:
            engine.dispose()
            return process.poll() is None
    return False
