"""A photo or scan of a paper that somebody sends: what it is by its first bytes, whatever its name
says, what of it is kept, and how it is given back. It is never a page of ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from flask import Response
from PIL import Image, ImageOps

FILE_MOST = 5 * 1024 * 1024  # a photo as a telephone takes it; shrunk on the phone it is a tenth
SIDE_MOST = 2400  # pixels: a page of A4 stays readable down to its small print
PIXELS_MOST = 64_000_000  # unfolded; few telephones take more


class UploadKind(StrEnum):
    """What may be kept."""

    jpeg = "jpeg"
    png = "png"
    pdf = "pdf"


class UploadFault(StrEnum):
    """Why a file is not kept."""

    missing = "missing"
    too_large = "too large"
    unknown_kind = "unknown kind"


# First bytes (ITU-T T.81 SOI and marker; ISO/IEC 15948; ISO 32000) and how the whole must end.
BEGINS = {
    UploadKind.jpeg: b"\xff\xd8\xff",
    UploadKind.png: b"\x89PNG\r\n\x1a\n",
    UploadKind.pdf: b"%PDF-",
}
MARKS = {UploadKind.png: b"IEND", UploadKind.pdf: b"%%EOF", UploadKind.jpeg: b"\xff\xd9"}
TYPES = {
    UploadKind.jpeg: "image/jpeg",
    UploadKind.png: "image/png",
    UploadKind.pdf: "application/pdf",
}


@dataclass(frozen=True)
class Upload:
    """What is kept of a file."""

    kind: UploadKind
    content: bytes


def look(content: bytes) -> UploadKind | UploadFault:
    """What a file is, or why it is not kept: empty, larger than 5 MB, cut off, or something
    else than its three kinds."""
    if not content:
        return UploadFault.missing
    if len(content) > FILE_MOST:
        return UploadFault.too_large
    for kind, begins in BEGINS.items():
        if content.startswith(begins):
            whole = MARKS[kind] in content[-4096:]
            return kind if whole else UploadFault.unknown_kind
    return UploadFault.unknown_kind


def taken(content: bytes) -> Upload | UploadFault:
    """What is kept of a file, or why nothing is. A photo is drawn anew, upright, at most 2,400
    pixels long and without what a telephone writes beside it: where it was taken, when, by which
    device. A PDF stays as it is."""
    kind = look(content)
    if isinstance(kind, UploadFault):
        return kind
    if kind is UploadKind.pdf:
        return Upload(kind, content)
    try:
        return Upload(kind, _drawn_anew(content, kind))
    # Image.open gives each of these for a file that only begins like a picture.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return UploadFault.unknown_kind


def portrait(content: bytes, wide: int, high: int) -> bytes | UploadFault:
    """A photo of a person as a JPEG of just this many pixels, its middle kept; what is no photo
    is not taken."""
    kept = taken(content)
    if isinstance(kept, UploadFault):
        return kept
    if kept.kind is UploadKind.pdf:
        return UploadFault.unknown_kind
    with Image.open(BytesIO(kept.content)) as upright:
        cut = ImageOps.fit(upright.convert("RGB"), (wide, high), centering=(0.5, 0.4))
    drawn = BytesIO()
    cut.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def _drawn_anew(content: bytes, kind: UploadKind) -> bytes:
    with Image.open(BytesIO(content), formats=[kind.value.upper()]) as sent:
        if sent.width * sent.height > PIXELS_MOST:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(sent)
        upright.thumbnail((SIDE_MOST, SIDE_MOST))
        plain = upright.convert("L" if upright.mode in ("1", "L") else "RGB")
    plain.info.clear()
    kept = BytesIO()
    plain.save(kept, kind.value.upper(), quality=85, optimize=kind is UploadKind.png)
    return kept.getvalue()


def answer(content: bytes, kind: UploadKind, name: str) -> Response:
    """The file for the reader: saved, never shown inside the portal's own pages, where what it
    holds could act. `name` has no ending and no person's name."""
    response = Response(content, mimetype=TYPES[kind])
    ending = "jpg" if kind is UploadKind.jpeg else kind.value
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
