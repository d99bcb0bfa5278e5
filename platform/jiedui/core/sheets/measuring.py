"""A file from outside is measured and looked through before anything opens it: a small one can
unfold into gigabytes, its own table of contents may lie about that, and it can carry programs,
formulas and threads to other files."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from jiedui.core.sheets.limits import SMALL, BadFile, FileFault, Limits

MEMBERS_MOST = 200
LOCAL_HEADER = 30  # bytes before the name in a zip's local header (APPNOTE 4.3.7)
PIECE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
OVERLAP = 64
OUTSIDE = ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/", "xl/embeddings/")


def measure(data: bytes, limits: Limits = SMALL) -> None:
    """Look a file through without opening it; raise BadFile for what may not come in."""
    if not data:
        raise BadFile(FileFault.missing)
    if len(data) > limits.file:
        raise BadFile(FileFault.too_large, limits=limits)
    if data.startswith(OLE):
        raise BadFile(FileFault.protected if PROTECTED in data else FileFault.old_xls)
    if not data.startswith(b"PK\x03\x04"):
        raise BadFile(FileFault.not_xlsx)
    try:
        members = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise BadFile(FileFault.not_xlsx) from error
    _check_names({m.filename for m in members})
    if len(members) > MEMBERS_MOST or sum(m.file_size for m in members) > limits.unfolded:
        raise BadFile(FileFault.unfolds_too_large, limits=limits)
    room = limits.unfolded
    for member in members:
        size = _unfolded(data, member, room)
        if size is None:
            raise BadFile(FileFault.unfolds_too_large, limits=limits)
        room -= size


def _check_names(names: set[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise BadFile(FileFault.not_xlsx)
    if any(name.lower().endswith((".bin", ".vba")) and "vba" in name.lower() for name in names):
        raise BadFile(FileFault.macros)
    if any(name.startswith(OUTSIDE) for name in names):
        raise BadFile(FileFault.outside)


def _unfolded(data: bytes, member: ZipInfo, room: int) -> int | None:
    """How many bytes a member really becomes; None when it is more than there is room for or more
    than it says. Raise BadFile when it holds what may not come in."""
    start = member.header_offset
    lengths = data[start + 26 : start + LOCAL_HEADER]
    name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    begin = start + LOCAL_HEADER + name + extra
    packed = data[begin : begin + member.compress_size]
    size, before = 0, b""
    for piece in _pieces(packed, member.compress_type):
        size += len(piece)
        if size > min(room, member.file_size):
            return None
        _look(member.filename, before + piece)
        before = piece[-OVERLAP:]
    return size


def _pieces(packed: bytes, how: int) -> Iterator[bytes]:
    if how == 0:
        yield packed
        return
    if how != 8:
        raise BadFile(FileFault.not_xlsx)
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = packed
    try:
        while rest and not unpack.eof:
            yield unpack.decompress(rest, PIECE)
            rest = unpack.unconsumed_tail
    except zlib.error as error:
        raise BadFile(FileFault.unreadable) from error


def _look(name: str, piece: bytes) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if DECLARED.search(piece):
        raise BadFile(FileFault.entities)
    if name.startswith("xl/worksheets/") and FORMULA.search(piece):
        raise BadFile(FileFault.formulas)
    if name == "[Content_Types].xml" and b"macroEnabled" in piece:
        raise BadFile(FileFault.macros)
