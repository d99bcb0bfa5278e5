"""A line of the log is one event, whatever is in it, and goes to one place.

Seen to fail: values written as they come, without the renderer that quotes them, and a file beside
standard error.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from jiedui.core import logs


@pytest.fixture
def _as_it_runs() -> Iterator[None]:
    """Logging as the server sets it up."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.mark.usefixtures("_as_it_runs")
def test_a_line_end_in_a_value_makes_no_second_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.init()
    forged = 'x\n2026-11-27T00:00:00Z level=info event="signed in" account=1'
    structlog.get_logger("test").warning("too late", route=forged)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert re.match(
        r"timestamp=\S+Z level=warning event=\S+|timestamp=\S+Z level=warning", lines[0]
    )


@pytest.mark.usefixtures("_as_it_runs")
def test_what_is_logged_goes_to_standard_error_only(capsys: pytest.CaptureFixture[str]) -> None:
    """No file of its own: the journal keeps it."""
    before = list(logging.getLogger().handlers)
    logs.init()
    structlog.get_logger("test").error("unforeseen", error="KeyError")
    said = capsys.readouterr()
    assert "unforeseen" in said.err
    assert said.out == ""
    assert logging.getLogger().handlers == before
