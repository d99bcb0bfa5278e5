"""A photo or scan of a paper that somebody sends: what it is by its first bytes, whatever its name
says, and how it is given back. It is never opened here, and never a page of ours."""

from __future__ import annotations

from enum import StrEnum

from flask import Response

FILE_MOST = 5 * 1024 * 1024  # a photo as a telephone takes it; shrunk on the phone it is a tenth


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


def answer(content: bytes, kind: UploadKind, name: str) -> Response:
    """The file for the reader: saved, never shown inside the portal's own pages, where what it
    holds could act. `name` has no ending and no person's name."""
    response = Response(content, mimetype=TYPES[kind])
    ending = "jpg" if kind is UploadKind.jpeg else kind.value
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
