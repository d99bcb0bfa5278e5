"""Every action that somebody does is on record."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import PACKAGE, ROOT, functions, rooms


def _action_files() -> list[Path]:
    found = []
    for room in rooms():
        folder = PACKAGE / room
        found += [folder / "actions.py"] if (folder / "actions.py").exists() else []
        found += sorted((folder / "actions").glob("*.py"))
    return found


def _calls(node: ast.AST) -> set[str]:
    names = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            target = inner.func
            if isinstance(target, ast.Attribute):
                names.add(target.attr)
                if target.attr == "record" and getattr(target.value, "id", "") == "audit":
                    names.add("audit.record")
            elif isinstance(target, ast.Name):
                names.add(target.id)
    return names


def _has_by(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(argument.arg == "by" for argument in node.args.kwonlyargs)


def unrecorded() -> list[str]:
    """Actions with an actor that neither record nor lead to an action that does."""
    calls: dict[str, set[str]] = {}
    where: dict[str, str] = {}
    for path in _action_files():
        for node in functions(path):
            calls.setdefault(node.name, set()).update(_calls(node))
            if _has_by(node) and not node.name.startswith("_"):
                where[node.name] = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
    recording = {name for name, called in calls.items() if "audit.record" in called}
    while more := {n for n, c in calls.items() if n not in recording and c & recording}:
        recording |= more
    # What a recording act calls is a step of it, not an act of its own.
    steps = set().union(*(calls[name] for name in recording))
    return sorted(p for name, p in where.items() if name not in recording | steps)


def test_every_action_records() -> None:
    """An act without an entry could not be laid to anybody."""
    assert unrecorded() == []


def test_no_action_commits_or_translates() -> None:
    """Actions leave the commit to the edge and the words to the reader's language."""
    wrong = []
    for path in _action_files():
        text = path.read_text(encoding="utf-8")
        for mark in (".commit()", "flash(", "gettext(", "request."):
            if mark in text:
                wrong.append(f"{path.relative_to(ROOT)}: {mark}")
    assert wrong == []
