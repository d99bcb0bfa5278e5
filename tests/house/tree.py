"""The house as files: where the rooms, templates and texts lie."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "platform" / "jiedui"
NOT_ROOMS = {"core", "demo", "factory", "migrations", "translations"}


def rooms() -> list[str]:
    """Every room, read from the folder."""
    folders = [p for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"]
    return sorted(p.name for p in folders if p.name not in NOT_ROOMS)


def python_files() -> Iterator[Path]:
    """Product code (not tests, not migrations' versions)."""
    for top in (PACKAGE, ROOT / "matching"):
        for path in sorted(top.rglob("*.py")):
            if "versions" not in path.parts:
                yield path
    yield ROOT / "app.py"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(node: ast.AST) -> int:
    """How many lines a piece of code has."""
    return (node.end_lineno or 0) - node.lineno + 1  # type: ignore[attr-defined]
