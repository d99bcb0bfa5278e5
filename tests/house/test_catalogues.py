"""Every text a person reads stands in the Chinese catalogue, and no text stands there in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from jiedui.core import i18n
from tests.house.tree import PACKAGE, ROOT

KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Places where Chinese is data, not a text of a page.
CHINESE_IS_DATA = (
    "demo/",
    "translations/",
    "regions/actions.py",  # names of the hotlines
    "regions/geocoding/gazetteer.py",  # how names of divisions end
    "counselling/rules/screening.py",  # how a school's list says what was found
    "core/identity.py",  # how a house number is written
    "core/pages.py",  # how a date is written
    "core/forms/text.py",  # marks of a date that is read
    "intake/exchange/cells.py",  # the same, and signs for an empty cell
    "factory/",  # the name of the house on a terminal
)


def _from_python(path: Path) -> Iterator[str | tuple[str, ...]]:
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract("python", file, KEYWORDS):
            yield message


def _from_template(path: Path) -> Iterator[str | tuple[str, ...]]:
    with path.open("rb") as file:
        options = {"newstyle_gettext": "true", "trimmed": "true"}
        for _line, _function, message, _comments in babel_extract(
            file, ("_", "gettext", "ngettext"), (), options
        ):
            yield message


def used() -> set[str]:
    """Every message id in code and templates."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if "versions" not in path.parts:
            found |= {_first(m) for m in _from_python(path)}
    for path in (ROOT / "templates").rglob("*.html"):
        found |= {_first(m) for m in _from_template(path)}
    return found - {""}


def _first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else str(message[0])


def test_every_text_is_translated() -> None:
    """The Chinese view shows no English."""
    catalogue = i18n.merged("zh_CN")
    missing = []
    for message in sorted(used()):
        entry = catalogue.get(message)
        strings = [] if entry is None else entry.string
        texts = [strings] if isinstance(strings, str) else list(strings)
        if not texts or not all(texts) or "fuzzy" in entry.flags:
            missing.append(message)
    assert missing == []


def test_placeholders_survive_translation() -> None:
    """A %(name)s that is missing or new in the translation would fail when a person reads it."""
    broken = []
    for entry in i18n.merged("zh_CN"):
        if not entry.id:
            continue
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        wanted = set(re.findall(r"%\((\w+)\)", ids[-1]))
        texts = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        for text in texts:
            if set(re.findall(r"%\((\w+)\)", text)) - wanted or (
                set(re.findall(r"%\((\w+)\)", text)) != wanted and "num" not in wanted
            ):
                broken.append(ids[0])
    assert broken == []


def test_nothing_is_translated_in_vain() -> None:
    """An entry nobody asks for is a sentence somebody changed in one place only."""
    asked = used()
    vain = [
        str(entry.id if isinstance(entry.id, str) else entry.id[0])
        for entry in i18n.merged("zh_CN")
        if entry.id and (entry.id if isinstance(entry.id, str) else entry.id[0]) not in asked
    ]
    assert vain == []


def test_no_chinese_outside_the_catalogue() -> None:
    """Texts in code or templates would be Chinese in the English view too."""
    wrong = []
    for path in [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*.html")]:
        name = path.relative_to(ROOT).as_posix()
        if any(part in name for part in CHINESE_IS_DATA):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            bare = re.sub(r"#.*", "", re.sub(r'"""[\s\S]*?"""', "", text))
        else:
            bare = re.sub(r"\{#[\s\S]*?#\}", "", text)
        if CHINESE.search(bare):
            wrong.append(name)
    assert wrong == []
