"""docs/stalls.md is true: every test it names is there.

Seen to fail: a line that names a test which was renamed.
"""

from __future__ import annotations

import re

from tests.house.tree import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_stall_names_tests_that_exist() -> None:
    lines = (ROOT / "docs/stalls.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line.startswith("| ")][2:]
    assert len(rows) >= 23
    missing = []
    for row in rows:
        tests = NAMED.findall(row[-1])
        assert tests or "missing: " in row[1], row[0]
        missing += [
            f"{path}::{name}"
            for path, name in tests
            if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
        ]
    assert missing == []
