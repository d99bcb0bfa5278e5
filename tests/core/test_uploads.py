"""What is kept of a photo that somebody sends.

Seen to fail: the file kept as it came (its place and device stayed in it), and no limit of pixels.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from jiedui.core.uploads import SIDE_MOST, Upload, UploadFault, UploadKind, taken
from tests.photos import DEVICE, photo


def kept(content: bytes) -> Upload:
    found = taken(content)
    assert isinstance(found, Upload)
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_does_not_say_where_it_was_taken(kind: str) -> None:
    sent = photo(kind=kind)
    assert DEVICE.encode() in sent
    one = kept(sent)
    assert one.kind.value == kind.lower()
    assert DEVICE.encode() not in one.content
    with Image.open(BytesIO(one.content)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (60, 40)


def test_a_photo_stands_upright_and_is_no_larger_than_a_page_needs() -> None:
    with Image.open(BytesIO(kept(photo(4000, 3000, turned=True)).content)) as picture:
        assert picture.size == (SIDE_MOST * 3 // 4, SIDE_MOST)


def test_a_pdf_stays_as_it_is() -> None:
    paper = b"%PDF-1.7\n...\n%%EOF"
    assert kept(paper) == Upload(UploadKind.pdf, paper)


def _png(width: int, height: int) -> bytes:
    """A small file that says it is a picture of that size."""
    said = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", said), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b"")]
    whole = b"\x89PNG\r\n\x1a\n"
    for name, data in chunks:
        whole += struct.pack(">I", len(data)) + name + data
        whole += struct.pack(">I", zlib.crc32(name + data))
    return whole


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("only begins like a photo", b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"),
        ("cut off", photo()[:-40]),
        ("unfolds to more than any telephone takes", _png(9_000, 9_000)),
        ("a page", b"<html>"),
    ],
)
def test_what_is_no_photo_is_not_kept(what: str, content: bytes) -> None:
    assert taken(content) is UploadFault.unknown_kind, what
