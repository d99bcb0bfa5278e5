"""Style sheets, scripts, pictures and icons: read into memory at start and served from there.

Ours lie in static/; Bootstrap, its icons and htmx come out of the wheels that carry them. Of the
icons only those named here are cut out, so that no page fetches two thousand pictures.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, url_for
from markupsafe import Markup

from jiedui.core.sketch import Sketch

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
FOREVER = "public, max-age=31536000, immutable"

# The parts of look.css, in the order in which later rules win.
STYLES = (
    "tokens", "frame", "header", "panels", "status", "forms", "picks", "lists", "pair", "steps",
    "home", "paper", "calendar", "old",
)  # fmt: skip
ICONS = (
    "alarm-fill", "archive", "arrow-down", "arrow-left", "arrow-left-right", "arrow-repeat",
    "arrow-return-right", "arrow-right", "arrow-right-circle-fill", "arrow-up", "award", "ban",
    "bar-chart",
    "bell", "book", "box-arrow-right", "box-arrow-up-right", "box-seam", "briefcase", "building",
    "bus-front", "calculator", "calendar-check", "calendar3", "camera", "car-front", "cash-coin",
    "chat-dots", "chat-left-text", "check-circle", "check-circle-fill", "check-lg",
    "chevron-down", "chevron-left", "chevron-right", "circle", "clipboard", "clipboard-check",
    "clock", "clock-history", "cloud-upload", "dash-circle", "diagram-3", "door-open", "download",
    "emoji-frown", "emoji-neutral", "emoji-smile",
    "envelope", "envelope-open", "exclamation-circle-fill", "exclamation-diamond-fill",
    "exclamation-octagon-fill", "exclamation-triangle", "exclamation-triangle-fill", "eye",
    "eye-slash", "file-earmark-pdf", "file-earmark-spreadsheet", "file-earmark-text", "files",
    "flag", "flag-fill", "gear", "geo-alt", "geo-alt-fill", "gift", "graph-up", "grid",
    "hand-thumbs-up", "handbag", "heart", "heart-pulse-fill", "hourglass-split", "house",
    "house-door", "house-exclamation", "house-heart", "inbox", "info-circle",
    "info-circle-fill", "journal-text", "key", "laptop", "lightning-charge-fill", "link-45deg",
    "list", "list-check", "lock", "map", "megaphone", "mortarboard", "patch-check", "pause-circle",
    "pencil", "people", "people-fill", "person", "person-badge", "person-check", "person-gear",
    "person-heart", "person-plus", "person-vcard", "person-x", "phone", "pin-angle",
    "pin-angle-fill", "play-circle", "plus-lg", "printer", "puzzle", "qr-code", "qr-code-scan",
    "question-circle", "record-circle", "search", "send", "shield-check", "shield-exclamation",
    "shield-lock", "signpost", "slash-circle", "star", "star-fill", "stopwatch", "table",
    "telephone", "telephone-fill", "telephone-forward", "telephone-x", "translate", "truck",
    "unlock", "upload", "wallet2", "x-circle", "x-circle-fill", "x-lg", "x-octagon-fill",
)  # fmt: skip
_SYMBOL = re.compile(
    r'<symbol[^>]*?viewBox="([^"]+)"[^>]*?id="([a-z0-9-]+)"[^>]*>(.*?)</symbol>', re.S
)
_MAP_NOTE = re.compile(rb"\s*/\*# sourceMappingURL=.*?\*/\s*$")
_SCRIPT = "application/javascript"
_TEXTS = ("text/", "application/javascript", "image/svg")


class UnknownAsset(LookupError):
    """A template names a file or an icon that is not served."""


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire."""

    body: bytes
    packed: bytes | None
    kind: str


def folder(name: str) -> Path:
    """templates or static: in the checkout where there is one, else in the installed package."""
    inside = (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / name).is_dir()
    return (_CHECKOUT if inside else _PACKAGE) / name


def wheel(package: str, path: str) -> bytes:
    """A file out of an installed wheel, found without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise UnknownAsset(package)
    return (Path(spec.submodule_search_locations[0]) / path).read_bytes()


def icon_sheet() -> bytes:
    """The named icons as SVG symbols, cut out of the wheel's sheet of all."""
    sheet = wheel("flask_bootstrap", "static/bootstrap5/icons/bootstrap-icons.svg").decode()
    found = {name: (box, drawing) for box, name, drawing in _SYMBOL.findall(sheet)}
    missing = [name for name in ICONS if name not in found]
    if missing:
        raise UnknownAsset(f"not in the wheel's icons: {', '.join(missing)}")
    symbols = "".join(
        f'<symbol id="{name}" viewBox="{found[name][0]}">{found[name][1].strip()}</symbol>'
        for name in ICONS
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()


def look(static: Path) -> bytes:
    """Our style sheet: its parts in one file, so that a page asks once."""
    return b"\n".join((static / "css" / f"{part}.css").read_bytes() for part in STYLES)


def gathered() -> dict[str, bytes]:
    """Every file that may be asked for, by name."""
    static = folder("static")
    ours = {
        path.relative_to(static).as_posix(): path.read_bytes()
        for part in ("img", "js")
        for path in sorted((static / part).rglob("*"))
        if path.is_file()
    }
    bootstrap = wheel("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css")
    return ours | {
        "look.css": look(static),
        "light.css": (static / "css" / "light.css").read_bytes(),
        "icons.svg": icon_sheet(),
        "bootstrap.min.css": _MAP_NOTE.sub(b"", bootstrap),
        "htmx.min.js": wheel("js_lib_htmx", "static/htmx/htmx.min.js"),
    }


def packed(name: str, body: bytes) -> Asset:
    """A file with its type, and compressed beforehand where that makes it smaller."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = _SCRIPT if name.endswith(".js") else kind
    small = gzip.compress(body, 9, mtime=0) if kind.startswith(_TEXTS) else None
    return Asset(body, small if small and len(small) < len(body) else None, kind)


@lru_cache(maxsize=1)
def shelf() -> tuple[str, Mapping[str, Asset]]:
    """The version of all files together, and the files."""
    files = gathered()
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name])
    return digest.hexdigest()[:12], {name: packed(name, body) for name, body in files.items()}


def asset(name: str) -> str:
    """The address of a file, which changes when any file does."""
    version, files = shelf()
    if name not in files:
        raise UnknownAsset(name)
    return url_for("assets.file", version=version, name=name)


def icon(name: str, more: str = "") -> Markup:
    """An icon beside its word; `more` is a class to add. It says nothing to a screen reader."""
    if name not in ICONS:
        raise UnknownAsset(f"icon {name}: add it to core.assets.ICONS")
    return Markup(
        '<svg class="jd-i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    ).format(f" {more}" if more else "", asset("icons.svg"), name)


def file(version: str, name: str) -> Response:
    """Serve a file; only the present version may be kept by the browser."""
    current, files = shelf()
    found = files.get(name)
    if found is None:
        abort(404)
    small = found.packed if request.accept_encodings.quality("gzip") > 0 else None
    response = Response(small or found.body, content_type=_typed(found.kind))
    if small:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOREVER if version == current else "no-cache"
    return response


def _typed(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind


file.transaction = None  # type: ignore[attr-defined]  # needs no database


def worker() -> Response:
    """The script that opens a page where there is no line. It answers for the whole site, so it
    has an address at the root, and the browser asks for it anew."""
    response = Response(shelf()[1]["js/worker.js"].body, content_type=_typed(_SCRIPT))
    response.headers["Cache-Control"] = "no-cache"
    return response


worker.transaction = None  # type: ignore[attr-defined]  # needs no database


def init(app: Flask) -> None:
    """Serve the files under /assets/ and give templates `asset`, `icon` and `sketch`."""
    shelf()
    pages = Blueprint("assets", __name__)
    pages.add_url_rule("/assets/<version>/<path:name>", "file", file)
    pages.add_url_rule("/worker.js", "worker", worker)
    app.register_blueprint(pages)
    app.jinja_env.globals.update(asset=asset, icon=icon, sketch=Sketch)
