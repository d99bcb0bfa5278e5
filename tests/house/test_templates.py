"""What every template and style sheet keeps: the page policy, plain words through gettext, old
browsers, and only pictures that are served."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import pytest

import jiedui
from jiedui.core import assets
from jiedui.core.jobs import JobState

TEMPLATES = assets.folder("templates")
STATIC = assets.folder("static")
PAGES = sorted(TEMPLATES.rglob("*.html"))
STYLES = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))
COMMENT = re.compile(r"\{#.*?#\}", re.S)
# Blocks that hold class names, not words.
CLASSES = re.compile(r"\{% block (?:body_class|width) %\}.*?\{% endblock %\}", re.S)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
TAG = re.compile(r"<(?:script|title)\b.*?</(?:script|title)>|<[^>]*>", re.S)
HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
# How enumerations that are shown as a state are called.
STATES = ("State", "Evidence", "Answer", "CallOutcome")
# Words that are the same in every language: names of languages, numbers to call.
SAME_EVERYWHERE = {"English"}


def name(path: Path) -> str:
    """A template as the reader of a failure looks for it."""
    root = TEMPLATES if path.is_relative_to(TEMPLATES) else STATIC
    return path.relative_to(root).as_posix()


def code(path: Path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def states() -> list[type[StrEnum]]:
    """Every enumeration of states in the rooms' rules."""
    found: list[type[StrEnum]] = [JobState]
    for room in pkgutil.iter_modules(jiedui.__path__):
        if room.ispkg and importlib.util.find_spec(f"jiedui.{room.name}.rules"):
            rules = vars(importlib.import_module(f"jiedui.{room.name}.rules"))
            found += [kind for word, kind in rules.items() if word.endswith(STATES)]
    return found


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_obeys_the_page_policy(path: Path) -> None:
    text = code(path)
    assert not re.search(r"\sstyle\s*=", text), "no style attribute: the policy drops it"
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "scripts are files"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "no handler in the markup"
    assert "data:" not in text
    assert "javascript:" not in text
    assert not re.search(r"https?://", text), "nothing from elsewhere"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_escapes_what_it_shows(path: Path) -> None:
    text = code(path)
    assert not re.search(r"\|\s*safe\b", text)
    assert "autoescape" not in text


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_says_everything_through_the_catalogue(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not HAN.search(text), "Chinese stands in the catalogues"
    bare = TAG.sub(" ", JINJA.sub(" ", CLASSES.sub(" ", text)))
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"&#?\w+;", " ", bare)))
    assert words <= SAME_EVERYWHERE


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_words_in_attributes_go_through_the_catalogue(path: Path) -> None:
    bare = JINJA.sub("", code(path))
    spoken = re.findall(r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"', bare)
    assert not [words for words in spoken if re.search(r"[A-Za-z]{2,}", words)]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_form_that_changes_something_is_guarded(path: Path) -> None:
    text = code(path)
    free = ('method="get"', "access.language")  # asks only, or is laid to nobody
    forms = [f for f in re.findall(r"<form\b[^>]*", text) if not any(word in f for word in free)]
    assert len(forms) <= text.count("csrf_token()"), "form_open() gives a form its guard"


def test_every_page_names_itself_and_stands_in_a_layout() -> None:
    inside = ("layout", "macros")
    pages = [p for p in PAGES if p.relative_to(TEMPLATES).parts[0] not in inside]
    assert pages
    for path in pages:
        text = code(path)
        if path.name.startswith("_"):
            continue  # a fragment, or the frame that a room's pages share
        assert re.search(r'\{% extends "(layout/\w+|\w+/_?\w+)\.html"', text), name(path)
        assert "{% block title %}" in text, name(path)


def test_every_icon_a_template_names_is_served() -> None:
    named = {
        icon: name(path)
        for path in PAGES
        for icon in re.findall(r'\bicon\("([a-z0-9-]+)"', code(path))
    }
    tables = code(TEMPLATES / "macros" / "state.html") + code(TEMPLATES / "macros" / "steps.html")
    looks = re.findall(r'\("(?:ok|warn|bad|info|none)", "([a-z0-9-]+)"\)', tables)
    named |= dict.fromkeys(looks, "a table of looks")
    assert len(named) > 40
    assert {i: where for i, where in named.items() if i not in assets.ICONS} == {}


def test_every_state_has_a_look() -> None:
    table = code(TEMPLATES / "macros" / "state.html")
    known = set(re.findall(r'"(\w+)": \("(?:ok|warn|bad|info|none)"', table))
    for kind in states():
        plain = {member.value for member in kind} - known
        assert not plain, f"{kind.__name__}: give these a look in macros/state.html: {plain}"


def test_every_named_icon_is_in_the_wheel_once() -> None:
    sheet = assets.icon_sheet().decode()
    assert sorted(re.findall(r'<symbol id="([^"]+)"', sheet)) == sorted(assets.ICONS)
    assert len(set(assets.ICONS)) == len(assets.ICONS)


def test_every_file_a_template_asks_for_is_served() -> None:
    served = assets.gathered()
    asked = {a for path in PAGES for a in re.findall(r'\basset\("([^"]+)"\)', code(path))}
    assert {"bootstrap.min.css", "look.css", "js/page.js"} <= asked
    assert asked <= set(served)


def test_every_part_of_the_look_is_used() -> None:
    parts = {path.stem for path in STYLES}
    assert parts == {*assets.STYLES, "light"}


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_works_under_the_policy_and_in_old_browsers(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert "data:" not in text
    assert "@import" not in text
    assert not re.search(r"https?://", text)
    assert "!ie" not in text
    for unknown in (":has(", ":is(", ":where(", "padding-inline", "padding-block", "margin-inline"):
        assert unknown not in text, f"Chromium 80 does not know {unknown}"
    assert not re.search(r"[;{]\s*inset\s*:", text.replace("(inset:0)", "")), "use the four sides"
    served = assets.gathered()
    for file in re.findall(r"url\(([^)]+)\)", text):
        assert file.strip("\"'") in served


def test_no_bootstrap_part_that_draws_with_data_addresses_is_used() -> None:
    blocked = ("btn-close", "navbar-toggler", "accordion", "form-switch", "carousel")
    for path in PAGES:
        assert not [part for part in blocked if part in code(path)], name(path)


def test_every_shared_macro_is_described_in_its_file() -> None:
    for path in sorted((TEMPLATES / "macros").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        said = " ".join(COMMENT.findall(text))
        assert said, name(path)
        if path.stem == "frame":
            continue  # the layouts' own pieces, described together
        public = re.findall(r"\{%-? macro ([a-z]\w*)\(", text)
        assert not [macro for macro in public if f"{macro}(" not in said], name(path)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_on_every_ground() -> None:
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--jd-([a-z0-9-]+):(#[0-9a-f]{6})", text)) | {"surface": "#ffffff"}
    grounds = ("surface", "paper")
    words = ("ink", "ink-2", "ink-3", "pine", "tang-deep", "ok", "warn", "bad", "info")
    for word in words:
        for ground in grounds:
            assert contrast(colours[word], colours[ground]) >= 4.5, (word, ground)
    for state in ("ok", "warn", "bad", "info"):
        assert contrast(colours[state], colours[f"{state}-soft"]) >= 4.5, state
    for mark in ("edge", "focus", "tang"):
        assert contrast(colours[mark], colours["paper"]) >= 3, mark
