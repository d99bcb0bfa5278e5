"""What must not be lost when the database cannot be written: one sealed file each, in a folder of
its own, until the sweep has taken it in."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jiedui.core import crypto

FOLDER = "spool"
STUCK_AFTER = timedelta(minutes=10)
_folder: list[Path] = []


def use(var: Path) -> None:
    """The folder lies beside the portal's data."""
    _folder[:] = [var / FOLDER]


def put(kind: str, name: str, said: dict[str, Any]) -> None:
    """Keep something under a name; the same name again is the same thing, and keeps the first.
    On the disk for good when this returns; raises OSError when it could not be."""
    folder = _folder[0]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.{kind}"
    if path.exists():
        return
    blob = crypto.seal(f"spool.{kind}", json.dumps(said, ensure_ascii=False).encode())
    fresh = folder / f".{secrets.token_hex(8)}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _settle(folder)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)  # the name, too, must outlive a power cut
    finally:
        os.close(handle)


def waiting(kind: str = "*", folder: Path | None = None) -> Sequence[Path]:
    """What has not been taken in, oldest first."""
    found = (folder or _folder[0]).glob(f"[!.]*.{kind}")
    return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))


def read(path: Path) -> dict[str, Any]:
    """What was kept; raise BadKeys when it cannot be opened."""
    said: dict[str, Any] = json.loads(crypto.unseal(f"spool{path.suffix}", path.read_bytes()))
    return said


def done(path: Path) -> None:
    """It is in the database."""
    path.unlink(missing_ok=True)


def stuck(folder: Path, now: datetime) -> Sequence[Path]:
    """What has waited for longer than a sweep takes."""
    late = (now - STUCK_AFTER).timestamp()
    return [path for path in waiting(folder=folder) if path.stat().st_mtime < late]
