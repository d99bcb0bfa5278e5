"""Languages: Simplified Chinese by default, English complete, one catalogue file a room.

Message ids are the English text. The catalogues are read into memory at start; nothing is
compiled, so nothing can be stale or missing from a package.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale, gettext, lazy_gettext, ngettext

__all__ = [
    "COOKIE",
    "LOCALES",
    "PAPER",
    "chosen",
    "force_locale",
    "get_locale",
    "gettext",
    "lazy_gettext",
    "ngettext",
    "said_in",
]

FOLDER = Path(__file__).resolve().parents[1] / "translations"
LOCALES = ("zh_CN", "en")
DEFAULT = "zh_CN"
COOKIE = "language"


class Contradiction(Exception):
    """Two rooms translate the same text differently."""


def room_catalogues(locale: str = DEFAULT) -> dict[str, Catalog]:
    """Each room's catalogue, by the room's name."""
    found = {}
    for path in sorted((FOLDER / locale).glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = read_po(file, locale=locale)
    return found


@lru_cache(maxsize=4)
def merged(locale: str = DEFAULT) -> Catalog:
    """All rooms' catalogues as one; raise Contradiction when two disagree."""
    whole = Catalog(locale=locale, charset="utf-8")
    for room, catalogue in room_catalogues(locale).items():
        for message in catalogue:
            if not message.id:
                continue
            before = whole.get(message.id, message.context)
            if before is not None and before.string != message.string:
                raise Contradiction(f"{room}: {message.id!r}")
            whole.add(message.id, message.string, context=message.context, flags=message.flags)
    return whole


@lru_cache(maxsize=4)
def translations(locale: str) -> NullTranslations:
    """The catalogue as gettext wants it; English needs none."""
    if locale == "en":
        return NullTranslations()
    buffer = BytesIO()
    write_mo(buffer, merged(locale))
    buffer.seek(0)
    return Translations(buffer)


class InMemory(Domain):
    """A domain whose catalogues are ours, by locale."""

    def get_translations(self) -> NullTranslations:
        # Babel writes zh_CN in full, as zh_Hans_CN: the language alone decides.
        locale = get_locale()
        return translations("en" if locale and locale.language == "en" else DEFAULT)


# For papers that the worker writes, where nobody reads along: in the county's language.
PAPER = InMemory()


def chosen() -> str:
    """The reader's language: what they chose, else Chinese."""
    if not has_request_context():
        return DEFAULT
    cookie = request.cookies.get(COOKIE)
    return cookie if cookie in LOCALES else DEFAULT


def said_in(locale: str, text: Any, **facts: Any) -> str:
    """A (lazy) text in somebody's language, wherever it is asked for: on another's page, or in the
    worker, where there is none."""
    with force_locale("en"):
        message = str(text)  # the English is the message's name
    said = translations(locale).gettext(message)
    return said % facts if facts else said


def init(app: Flask) -> None:
    """Plug languages into the application; a broken catalogue fails here, at start."""
    merged()
    babel = Babel(app, locale_selector=chosen, default_locale=DEFAULT)
    babel.domain_instance = InMemory()
