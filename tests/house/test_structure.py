"""The shape of the house: names that must not be shadowed, rooms, sizes, imports."""

from __future__ import annotations

import ast
import platform
import tomllib
from pathlib import Path

import matching
from tests.house.tree import PACKAGE, ROOT, functions, lines, python_files, rooms

FILE_MOST, FUNCTION_MOST, VIEW_MOST, TEMPLATE_MOST = 320, 45, 20, 120
# Lists that say one thing a line, and must stay in one place to be one list.
LISTS = {"core/acts.py": 500, "policy/table.py": 450}


def test_platform_is_the_standard_librarys() -> None:
    """An __init__.py in platform/ would shadow it and break half of Python."""
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.python_version_tuple()[0] == "3"


def test_matching_is_ours() -> None:
    """There is another distribution of that name."""
    assert Path(matching.__file__).resolve().is_relative_to(ROOT)


def test_every_room_is_in_the_contract() -> None:
    """The vocabulary contract lists exactly the rooms there are, and the order knows them all."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    order, vocabulary = contracts["contracts"][:2]
    assert sorted(vocabulary["containers"]) == [f"jiedui.{room}" for room in rooms()]
    known = " ".join(order["layers"]).replace("(", "").replace(")", "").replace("|", " ").split()
    assert set(rooms()) <= set(known)


def test_no_folder_without_init() -> None:
    """A folder without __init__.py would escape the contracts."""
    folders = {p.parent for top in (PACKAGE, ROOT / "matching") for p in top.rglob("*.py")}
    bare = [f for f in folders if f.name != "versions" and not (f / "__init__.py").exists()]
    assert bare == []


def test_nothing_is_too_long() -> None:
    """Files, functions, views and templates stay within their bounds."""
    long = [
        f"{p.name}: {n}"
        for p in python_files()
        if (n := _count(p)) > LISTS.get("/".join(p.parts[-2:]), FILE_MOST)
    ]
    for path in python_files():
        most = VIEW_MOST if _is_view(path) else FUNCTION_MOST
        for node in functions(path):
            if _length(node, view=_is_view(path)) > most:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    for path in (ROOT / "templates").rglob("*.html"):
        if _count(path) > TEMPLATE_MOST:
            long.append(f"{path.relative_to(ROOT)}: {_count(path)}")
    assert long == []


def _count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _is_view(path: Path) -> bool:
    return "views" in path.parts or path.name == "views.py"


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef, *, view: bool) -> int:
    # A view's decorators and docstring are its label, not its work.
    return lines(node) - (2 if view and ast.get_docstring(node) else 0)


def test_no_import_inside_a_function() -> None:
    """An import hidden in a function is the mark of a wrong direction."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in python_files()
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    # The engine may reach for what is optional (numba, dask) where it uses it.
    assert [h for h in hidden if not h.startswith("matching/")] == []


def test_every_module_says_what_it_is_for() -> None:
    """A docstring on every module."""
    mute = [
        str(p.relative_to(ROOT))
        for p in python_files()
        if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]
    assert [m for m in mute if not m.endswith("core/__init__.py")] == []


def test_nothing_names_a_host_or_this_machine() -> None:
    """No address of another host in what ships, no path of a builder's machine."""
    wrong = []
    shipped = [*python_files(), *(ROOT / "templates").rglob("*.html"), ROOT / "requirements.txt"]
    shipped += [ROOT / "requirements-dev.txt", *(ROOT / "static").rglob("*.*")]
    for path in shipped:
        text = path.read_text(encoding="utf-8", errors="ignore")
        for harmless in ("http://www.w3.org/", "http://{", "https://{", "http://127.0.0.1"):
            text = text.replace(harmless, "")
        for mark in ("http://", "https://", "/work/", "/root/"):
            if mark in text:
                wrong.append(f"{path.relative_to(ROOT)}: {mark}")
    assert wrong == []
