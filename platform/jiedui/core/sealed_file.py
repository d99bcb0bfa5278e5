"""A whole file sealed with the key ring, in parts, so that it need not fit into memory.

Each part is AES-256-GCM under a key derived for the purpose, with a nonce of eight random bytes of
the file and the part's number; whether a part is the last is bound to it. So nothing can be
changed, cut off, put on or moved (the STREAM construction: Hoang, Reyhanitabar, Rogaway and Vizár,
Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from jiedui.core import crypto

MARK = b"JDSEALED1"
PREFIX, TAG = 8, 16
PART = 1 << 20


def seal_file(purpose: str, source: Path, target: Path) -> None:
    """Write `source` sealed into `target`, which is made for its owner only and must not exist."""
    prefix = os.urandom(PREFIX)
    head = MARK + crypto.ring().current.to_bytes(2, "big") + prefix
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as plain, os.fdopen(handle, "wb") as sealed:
        sealed.write(head)
        for number, (part, last) in enumerate(_parts(plain, PART)):
            nonce, bound = _nonce(prefix, number), _bound(head, last)
            sealed.write(crypto.seal_part(purpose, nonce, part, bound))
        sealed.flush()
        os.fsync(sealed.fileno())


def unseal_file(purpose: str, source: Path, target: Path) -> None:
    """Write what lies sealed in `source` into `target`, which must not exist; raise BadKeys when
    it is no such file, was sealed with other keys, or was changed. Nothing is left then."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with source.open("rb") as sealed, os.fdopen(handle, "wb") as plain:
            for part in _opened(purpose, sealed):
                plain.write(part)
    except BaseException:
        target.unlink()
        raise


def key_of(source: Path) -> int:
    """The number of the key a file was sealed with; 0 when it is no sealed file."""
    with source.open("rb") as sealed:
        head = sealed.read(len(MARK) + 2)
    return int.from_bytes(head[len(MARK) :], "big") if head.startswith(MARK) else 0


def _opened(purpose: str, sealed: BinaryIO) -> Iterator[bytes]:
    head = sealed.read(len(MARK) + 2 + PREFIX)
    if not head.startswith(MARK) or len(head) < len(MARK) + 2 + PREFIX:
        raise crypto.BadKeys("this is not a sealed file")
    key = int.from_bytes(head[len(MARK) : len(MARK) + 2], "big")
    for number, (part, last) in enumerate(_parts(sealed, PART + TAG)):
        nonce, bound = _nonce(head[-PREFIX:], number), _bound(head, last)
        yield crypto.unseal_part(key, purpose, nonce, part, bound)


def _parts(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The file in parts, each with whether it is the last; an empty file is one empty part."""
    part = file.read(size)
    while True:
        following = file.read(size)
        yield part, not following
        if not following:
            return
        part = following


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _bound(head: bytes, last: bool) -> bytes:
    return head + (b"\x01" if last else b"\x00")
