"""What the code never does, read from its text: it runs nothing that somebody typed, puts no query
or pattern together from text, draws no secret from a guessable source, writes no markup from a
script, and speaks to nobody but whom the page for operators names.

Seen to fail: in core/words.py an `eval` and a `re.compile(f"...")`, a `text(f"...")` in
core/db/rows.py, `hashlib.md5` in core/assets.py, `import random` in core/once.py, an `innerHTML` in
page.js, `import pickle` and `import smtplib` in core/pages.py, an `app.run` in factory/serving.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.tree import PACKAGE, ROOT, python_files

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
RUNS = {"eval", "exec", "compile", "__import__", "system", "popen", "render_template_string"}
# Read objects, not data; parse markup with what it refers to; put threads to native memory.
UNFIT = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "joblib",
    "yaml",
    "xml",
    "lxml",
    "ctypes",
    "pylibmc",
}
NOT_SECRET = {"random"}
LINES_OUT = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "smtplib", "ftplib"}
# Who opens or looks at a line: the server's own port, the doctor, the map service's failures, and
# letters that leave the house.
MAY_SPEAK = {
    PACKAGE / "core" / "carriers" / "mail.py",
    PACKAGE / "core" / "carriers" / "webhook.py",
    PACKAGE / "factory" / "serving.py",
    PACKAGE / "factory" / "doctor" / "machine.py",
    PACKAGE / "regions" / "geocoding" / "service.py",
}
QUERIES = {"text", "exec_driver_sql"}
# BEGIN and PRAGMA with words of ours; a drill's own database; what steps do to a named table.
OWN_WORDS = {
    PACKAGE / "core" / "db" / "engines.py",
    PACKAGE / "factory" / "apart.py",
    PACKAGE / "migrations" / "remaking.py",
}
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
    r"postMessage|__proto__|\.setAttribute\(\s*[\"']on"
)


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    """Every file of the product, read once."""
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in python_files()]


def imported(tree: ast.Module) -> Iterator[str]:
    """The names of the modules a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def called(node: ast.Call) -> str:
    """The last word of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Every call of a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def place(path: Path, node: ast.AST) -> str:
    """Where to look."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def importers(modules: set[str]) -> set[Path]:
    """The files that import one of these, or something inside it."""
    return {
        path
        for path, tree in trees()
        if any(
            name == one or name.startswith(f"{one}.") for name in imported(tree) for one in modules
        )
    }


def test_nothing_is_run_that_somebody_typed() -> None:
    """No evaluation, no shell, no template made from text."""
    wrong = []
    for path, tree in trees():
        for node in calls(tree):
            owner = getattr(getattr(node.func, "value", None), "id", "")
            shell = any(k.arg == "shell" for k in node.keywords)
            if shell or (called(node) in RUNS and owner != "re"):
                wrong.append(place(path, node))
    assert wrong == []


def test_no_object_is_read_from_bytes_and_no_markup_parsed() -> None:
    """What comes in is text, a form, a sheet that was measured, or a picture that is drawn anew."""
    assert importers(UNFIT) == set()


def test_no_query_is_put_together_from_text() -> None:
    """Statements are built by SQLAlchemy; the few in words are constants. (A part of an index may
    be made from an enumeration, where a table is described.)"""
    wrong = []
    for path, tree in trees():
        if path in OWN_WORDS or "sqlalchemy" not in {name.split(".")[0] for name in imported(tree)}:
            continue
        described = {
            id(node) for one in tree.body if isinstance(one, ast.Assign) for node in ast.walk(one)
        }
        for node in calls(tree):
            said = node.args[0] if node.args else None
            constant = isinstance(said, ast.Constant) or id(node) in described
            if called(node) in QUERIES and not constant:
                wrong.append(place(path, node))
    assert wrong == []


def test_no_pattern_is_made_from_what_somebody_typed() -> None:
    """Regular expressions are constants; what is put into one is escaped."""
    wrong = []
    for path, tree in trees():
        for node in calls(tree):
            if getattr(getattr(node.func, "value", None), "id", "") != "re" or not node.args:
                continue
            put_in = [
                part for part in ast.walk(node.args[0]) if isinstance(part, ast.FormattedValue)
            ]
            escaped = [
                p for p in put_in if isinstance(p.value, ast.Call) and called(p.value) == "escape"
            ]
            if put_in != escaped or isinstance(node.args[0], ast.BinOp | ast.Call):
                wrong.append(place(path, node))
    assert wrong == []


def test_secrets_come_from_the_system_and_hashes_are_good_ones() -> None:
    """Only the demo may draw lots; nothing is hashed with what can be forged."""
    demo = PACKAGE / "demo"
    assert {path for path in importers(NOT_SECRET) if demo not in path.parents} == set()
    weak = [
        place(path, node)
        for path, tree in trees()
        for node in calls(tree)
        if called(node) in {"md5", "sha1", "uuid1", "uuid4", "ECB", "PKCS1v15"}
    ]
    assert weak == []


def test_scripts_write_text_and_never_markup() -> None:
    """Nor do they listen to other windows, or run text."""
    assert SCRIPTS
    wrong = [path.name for path in SCRIPTS if MARKUP.search(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_the_portal_speaks_to_nobody_else() -> None:
    """Lines out are opened in few places, which the page for operators explains."""
    assert importers(LINES_OUT) == MAY_SPEAK
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name in (
        "JIEDUI_GEOCODER_DOMAIN",
        "JIEDUI_SMTP_HOST",
        "JIEDUI_SMS_URL",
        "JIEDUI_WECOM_URL",
    ):
        assert name in page


def test_nothing_runs_in_debug_mode() -> None:
    """Neither Flask's own server nor its debugger is ever started."""
    wrong = [
        place(path, node)
        for path, tree in trees()
        for node in calls(tree)
        if any(word.arg in {"debug", "use_debugger"} for word in node.keywords)
        or (called(node) == "run" and getattr(getattr(node.func, "value", None), "id", "") == "app")
    ]
    assert wrong == []
