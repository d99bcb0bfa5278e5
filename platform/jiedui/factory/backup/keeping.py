"""Copies in a folder: sealed, each with its checksum beside it, the oldest giving way."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from jiedui.core import crypto
from jiedui.core.sealed_file import seal_file, unseal_file
from jiedui.factory.backup.copying import BadBackup, copy_out
from jiedui.settings import Settings

PREFIX = "jiedui-"
PURPOSE = "backup"
SEALED = ".sealed"
KEEP = 14
DAY = 86400


def make(settings: Settings, folder: Path, keep: int = KEEP) -> Path:
    """Copy the database into a folder, sealed, with its checksum beside it; the oldest copies
    beyond `keep` are deleted. The plain copy lies for a moment beside the database, never in the
    folder; nothing that looks finished is left behind when it fails."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ending = ".db" if settings.sqlite else ".dump"
    target = folder / f"{PREFIX}{stamp()}{ending}{SEALED}"
    partial = target.with_name(f".{target.name}.partial")
    try:
        with _beside(settings) as plain:
            copy_out(settings, plain)
            seal_file(PURPOSE, plain, partial)
        _write_checksum(partial, target)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    for old in kept(folder)[:-keep]:
        old.unlink()
        checksum_file(old).unlink(missing_ok=True)
    return target


def stamp() -> str:
    """Now, as it stands in names of copies."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def kept(folder: Path) -> list[Path]:
    """The finished copies in a folder, oldest first; those from before copies were sealed too."""
    found = [p for p in folder.glob(f"{PREFIX}*") if p.suffix in (".db", ".dump", SEALED)]
    return sorted(p for p in found if checksum_file(p).is_file())


@contextmanager
def opened(settings: Settings, copy: Path) -> Iterator[Path]:
    """What lies in a copy, as a file beside the database that is gone afterwards. Raises
    BadBackup when these keys do not open it."""
    if copy.suffix != SEALED:
        yield copy
        return
    with _beside(settings) as plain:
        try:
            unseal_file(PURPOSE, copy, plain)
        except crypto.BadKeys as error:
            raise BadBackup(f"the key file does not fit this copy: {error}") from error
        yield plain


@contextmanager
def _beside(settings: Settings) -> Iterator[Path]:
    """A name for a plain copy, where the database itself lies; whatever it left is removed."""
    settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in settings.var.glob(".plain-*"):  # by somebody who was killed
        if left.stat().st_mtime < time.time() - DAY:
            left.unlink(missing_ok=True)
    plain = settings.var / f".plain-{secrets.token_hex(8)}"
    try:
        yield plain
    finally:
        for rest in settings.var.glob(f"{plain.name}*"):
            rest.unlink()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_file(path: Path) -> Path:
    """Where the checksum of a copy lies."""
    return path.with_name(f"{path.name}.sha256")


def _write_checksum(written: Path, target: Path) -> None:
    file = checksum_file(target)
    file.touch(mode=0o600)
    file.write_text(f"{digest(written)}  {target.name}\n", encoding="utf-8")
