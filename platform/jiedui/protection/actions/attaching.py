"""What came with a report besides words is kept with it; what cannot be kept is left out, and the
words are kept all the same."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable

from jiedui.core import clock, db
from jiedui.core.uploads import UploadFault, UploadKind, taken
from jiedui.protection.models import Report, ReportFile
from jiedui.protection.rules.files import MOST, FileKind, sounds_like

Attached = tuple[str, str]  # kind, content in base64: so it can lie aside as text


def attached(files: Iterable[bytes]) -> tuple[tuple[Attached, ...], int]:
    """What of these is kept, and how many are left out: no photo and no voice message, cut off, too
    large, one too many. A photo loses what a telephone writes beside it."""
    sent = [one for one in files if one]
    kept = [said for said in map(_kept, sent[:MOST]) if said is not None]
    return tuple(kept), len(sent) - len(kept)


def _kept(content: bytes) -> Attached | None:
    voice = sounds_like(content)
    if voice is not None:
        return voice.value, b64encode(content).decode()
    picture = taken(content)
    if isinstance(picture, UploadFault) or picture.kind is UploadKind.pdf:
        return None
    return picture.kind.value, b64encode(picture.content).decode()


def keep(report: Report, files: Iterable[Iterable[str]]) -> None:
    """Lay the files beside their report. A step of its receiving."""
    for kind, text in files:
        content = b64decode(text)
        db.session.add(
            ReportFile(
                county_id=report.county_id,
                report=report,
                kind=FileKind(kind),
                size=len(content),
                at=clock.now(),
                content=content,
            )  # fmt: skip
        )
