"""What a paper says, looked up: tables in Markdown, tests by path and name, files, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.house.tree import PACKAGE, ROOT, functions

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FILE = re.compile(
    r"`([\w.-]+(?:/[\w.-]+)*/?[\w-]*\.(?:py|js|html|css|md|toml|txt|csv|conf|service))`"
)
FILES = {"deploy/Caddyfile", "deploy/jiedui-admin", "Makefile"}
WHERE = (ROOT, PACKAGE, ROOT / "docs")


def paper(name: str) -> str:
    """A page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    rest = text.partition(f"\n## {title}\n")[2]
    assert rest, title
    return rest.partition("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every line of every table, heads and rules left out."""
    before = ""
    for line in text.splitlines():
        if line.startswith("| ") and not before.startswith("|"):
            before = line
            continue  # the head
        before = line
        if line.startswith("| ") and not line.startswith("| ---"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


@cache
def _tests_in(path: Path) -> frozenset[str]:
    return frozenset(node.name for node in functions(path))


def missing_tests(text: str) -> list[str]:
    """Tests that a text names and that are not there."""
    return [
        f"{path}::{name}"
        for path, name in TEST.findall(text)
        if not name.startswith("test_")
        or not (ROOT / path).is_file()
        or name not in _tests_in(ROOT / path)
    ]


def missing_files(text: str) -> list[str]:
    """Files that a text names, from the root, the package or docs/, and that are not there."""
    named = set(FILE.findall(text)) | {one for one in FILES if f"`{one}`" in text}
    return sorted(n for n in named if not any((top / n).is_file() for top in WHERE))


def value(dotted: str) -> Any:
    """What a name of the package holds: `access.rules.signing.TRIES`."""
    parts = ["jiedui", *dotted.split(".")]
    for cut in range(len(parts) - 1, 0, -1):
        folder = PACKAGE.joinpath(*parts[1:cut])
        if folder.with_suffix(".py").is_file() or (folder / "__init__.py").is_file():
            found: Any = import_module(".".join(parts[:cut]))
            for name in parts[cut:]:
                found = getattr(found, name)
            return found
    raise LookupError(dotted)
