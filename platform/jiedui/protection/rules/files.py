"""What may be sent with a report besides words: a photo, and a voice message, by first bytes."""

from __future__ import annotations

from enum import StrEnum

FILES_MOST = 60 * 1024 * 1024  # what one report may bring, so that its words are never turned away
VOICE_MOST = 8 * 1024 * 1024  # a minute as the heaviest recorder writes it
MOST = 4  # files of one report


class FileKind(StrEnum):
    """What a kept file is."""

    jpeg = "jpeg"
    png = "png"
    mp3 = "mp3"
    mp4 = "mp4"
    ogg = "ogg"
    webm = "webm"
    wav = "wav"
    amr = "amr"
    aac = "aac"


PICTURES = frozenset({FileKind.jpeg, FileKind.png})
TYPES = {
    FileKind.jpeg: "image/jpeg",
    FileKind.png: "image/png",
    FileKind.mp3: "audio/mpeg",
    FileKind.mp4: "audio/mp4",
    FileKind.ogg: "audio/ogg",
    FileKind.webm: "audio/webm",
    FileKind.wav: "audio/wav",
    FileKind.amr: "audio/amr",
    FileKind.aac: "audio/aac",
}
# First bytes: ID3, ISO/IEC 14496-12 (at the fifth byte), RFC 3533, Matroska, RIFF, RFC 4867, and
# the syncwords of ISO/IEC 13818-7 and 11172-3.
_BEGINS = (
    (0, b"ID3", FileKind.mp3),
    (4, b"ftyp", FileKind.mp4),
    (0, b"OggS", FileKind.ogg),
    (0, b"\x1a\x45\xdf\xa3", FileKind.webm),
    (8, b"WAVE", FileKind.wav),
    (0, b"#!AMR", FileKind.amr),
    (0, b"\xff\xf1", FileKind.aac),
    (0, b"\xff\xf9", FileKind.aac),
    (0, b"\xff\xfb", FileKind.mp3),
    (0, b"\xff\xf3", FileKind.mp3),
    (0, b"\xff\xf2", FileKind.mp3),
)


def sounds_like(content: bytes) -> FileKind | None:
    """Which kind of voice message this is; None: none, or too long a one."""
    if len(content) > VOICE_MOST:
        return None
    return next((kind for at, mark, kind in _BEGINS if content[at:].startswith(mark)), None)
